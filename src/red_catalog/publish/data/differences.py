"""What tells the N-Quads of a release from those of the one before it."""

import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from red_catalog.publish.data.dumps import FOLDER, NQUADS, Index


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines of the members that went and that came."""

    gone: bytes
    come: bytes


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file a member is, and how many statements are in it."""

    start: int
    size: int
    statements: int


class _Damaged(Exception):  # noqa: N818  no error: there is another way
    """A file is not what its manifest says."""


def find_difference(
    before: Path, old: Mapping[str, object], after: Path, new: Mapping[str, object], most: float
) -> Difference | None:
    """What tells the folder of a release with its manifest from another; None where that is much.

    `most`: the share of the statements that may be in members that came. Only those members are
    read: each brings a sum of its own. None as well where the older file is damaged.
    """
    try:
        gone, come = _places(before, old), _places(after, new)
        statements = sum(place.statements for place in come.values())
        coming = [place for key, place in come.items() if key not in gone]
        if sum(place.statements for place in coming) > most * max(statements, 1):
            return None
        going = [place for key, place in gone.items() if key not in come]
        return Difference(_read(before, going), _read(after, coming))
    except _Damaged:
        return None


def _places(folder: Path, manifest: Mapping[str, object]) -> dict[str, _Place]:
    """The members of a release's file by key."""
    index: Index = manifest.get("members", {})  # type: ignore[assignment]
    found, start = {}, 0
    for key, statements, size in index.get(NQUADS, ()):
        found[key] = _Place(start, size, statements)
        start += size
    try:
        whole = (folder / FOLDER / NQUADS).stat().st_size
    except OSError:
        raise _Damaged from None
    if whole != start:
        raise _Damaged
    return found


def _read(folder: Path, places: Iterable[_Place]) -> bytes:
    found = []
    with (folder / FOLDER / NQUADS).open("rb") as file:
        for place in places:
            file.seek(place.start)
            found.append(_unpack(file.read(place.size)))
    return b"".join(found)


def _unpack(packed: bytes) -> bytes:
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        raise _Damaged from None
