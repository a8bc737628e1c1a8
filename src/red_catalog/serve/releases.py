"""The live release: where it lies, which datasets it holds, when another takes its place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


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

    def current(self) -> Release | None:
        """The live release; None before the first."""
        try:
            folder = self._link.resolve(strict=True)
        except OSError:
            return None
        if self._release is None or self._release.folder != folder:
            self._release = read_release(folder)
        return self._release


def read_release(folder: Path) -> Release:
    """Reads a release's `release.json`, whose lists may be absent."""
    try:
        about = json.loads((folder / "release.json").read_bytes())
    except FileNotFoundError:
        about = {}
    datasets = about.get("datasets", {})
    return Release(
        folder,
        {_iri(value): slug for slug, value in datasets.items()},
        frozenset(about.get("gone", ())),
    )


def _iri(value: Any) -> str:
    return str(value["iri"] if isinstance(value, dict) else value)
