"""The files of each dataset in a release, and the digest of all that they depend on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = "datasets.json"


@dataclass(frozen=True, slots=True)
class Holding:
    """A dataset's key and the names of its files, below `site`; many share these names.

    `*` stands in them for the dataset's own name.
    """

    key: str
    stems: tuple[str, ...]

    def files(self, slug: str) -> list[str]:
        """The files, below the release's folder."""
        return [f"site/{stem.replace('*', slug)}" for stem in self.stems]


def hold(slug: str, key: str, names: list[str]) -> Holding:
    """The holding of a dataset with these files below `site`."""
    return Holding(key, tuple(name.replace(slug, "*") for name in names))


def write(holdings: Mapping[str, Holding]) -> bytes:
    """All holdings as JSON."""
    kinds: dict[tuple[str, ...], int] = {}
    told = {
        slug: [one.key, kinds.setdefault(one.stems, len(kinds))] for slug, one in holdings.items()
    }
    return json.dumps({"files": list(kinds), "datasets": told}).encode() + b"\n"


def read(release: Path) -> dict[str, Holding]:
    """The holdings of a release by page name; none where they cannot be read."""
    try:
        plain = json.loads((release / FILE).read_bytes())
        kinds = [tuple(stems) for stems in plain["files"]]
        return {slug: Holding(key, kinds[n]) for slug, (key, n) in plain["datasets"].items()}
    except (OSError, ValueError, LookupError, TypeError):
        return {}
