"""The live release: where it lies, which datasets it holds, when another takes its place."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from red_catalog.errors import RedError

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Release:
    """One published folder. `slugs`: page name by dataset IRI; `gone`: withdrawn pages."""

    folder: Path
    slugs: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    @property
    def site(self) -> Path:
        """The folder of the pages and files."""
        return self.folder / "site"

    @property
    def store(self) -> Path:
        """The folder of the SPARQL snapshot."""
        return self.folder / "store"


class Releases:
    """What `public/current` leads to, looked up at each request and read when it changes."""

    def __init__(self, public: Path) -> None:
        self._link = public / "current"
        self._release: Release | None = None
        self._looked_at: Path | None = None

    def current(self) -> Release | None:
        """The live release, or the one before where it is damaged; None before the first.

        Raises RedError where the first one is damaged.
        """
        try:
            folder = self._link.resolve(strict=True)
        except OSError:
            return None
        if folder != self._looked_at:
            self._release = self._read(folder)
            self._looked_at = folder
        return self._release

    def _read(self, folder: Path) -> Release:
        try:
            return read_release(folder)
        except ValueError:
            told = f"The release {folder.name} is damaged: run `red-catalog publish --afresh`."
            if self._release is None:
                raise RedError(told) from None
            _LOG.error(told)
            return self._release


def read_release(folder: Path) -> Release:
    """Reads a release's `release.json`, whose lists may be absent.

    Raises ValueError for what is none.
    """
    try:
        about = json.loads((folder / "release.json").read_bytes())
    except FileNotFoundError:
        about = {}
    if not isinstance(about, dict):
        raise ValueError(about)  # noqa: TRY004 (of the file, not of the caller)
    datasets = about.get("datasets", {})
    return Release(
        folder,
        {_iri(value): slug for slug, value in datasets.items()},
        frozenset(about.get("gone", ())),
    )


def _iri(value: Any) -> str:
    return str(value["iri"] if isinstance(value, dict) else value)
