"""Release folders on disk: written whole beside the live one, then switched to."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PREPARING: Final = ".preparing-"
MANIFEST: Final = "release.json"
# Left in a release when it is made live: one without it was abandoned on the way.
SWITCHED: Final = ".switched"


@dataclass(frozen=True, slots=True)
class Live:
    """The release that readers see."""

    folder: Path
    manifest: Mapping[str, Any]


def live(public: Path) -> Live | None:
    """The live release, None before the first one or where its manifest is unreadable."""
    try:
        folder = (public / "current").resolve(strict=True)
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return Live(folder, manifest) if isinstance(manifest, dict) else None


class Draft:
    """A release being written; files equal to the live one's are hard links to them."""

    def __init__(self, public: Path, previous: Live | None) -> None:
        releases = public / "releases"
        releases.mkdir(parents=True, exist_ok=True)
        self.folder = releases / f"{PREPARING}{secrets.token_hex(8)}"
        self.folder.mkdir()
        self._previous = previous.folder if previous else None
        self._made: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        """Writes a file, or links it where the live release has the same one."""
        before = f"{self._previous}/{path}" if self._previous else ""
        if before and _holds(Path(before), content) and self._link(before, path):
            return
        Path(self._target(path)).write_bytes(content)

    def keep(self, paths: Sequence[str]) -> bool:
        """Takes over files of the live release as they are; False where one is missing."""
        if self._previous is None:
            return False
        # Strings, not Path objects, here and below: most of a release is taken over, file by file.
        before = [(f"{self._previous}/{path}", path) for path in paths]
        # All or none: a file linked here and then written again would change the live one.
        if not all(os.path.isfile(old) for old, _ in before):  # noqa: PTH113
            return False
        return all(self._link(old, path) for old, path in before)

    def finish(self, name: str) -> Path:
        """Gives the whole folder its final name, one that `vacant` found."""
        final = self.folder.parent / name
        if final.exists():
            # Prepared before but never switched to: nobody has seen it.
            shutil.rmtree(final)
        return self.folder.rename(final)

    def drop(self) -> None:
        """Removes what was written."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _link(self, before: str, path: str) -> bool:
        target = self._target(path)
        try:
            os.link(before, target)
        except OSError:
            # A file system without hard links, or too many of them.
            shutil.copyfile(before, target)
        return True

    def _target(self, path: str) -> str:
        target = f"{self.folder}/{path}"
        parent = target.rpartition("/")[0]
        if parent not in self._made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        return target


def vacant(public: Path, name: str) -> str:
    """The name itself, or one like it where a release that was live has it."""
    found, number = name, 1
    while (public / "releases" / found / SWITCHED).exists():
        number += 1
        found = f"{name}-{number}"
    return found


def point(public: Path, folder: Path) -> None:
    """Makes `current` point at a release folder, at once and for good."""
    (folder / SWITCHED).touch()
    # What the link names must be on disk before the link is.
    os.sync()
    link = public / f".current-{secrets.token_hex(8)}"
    link.symlink_to(Path("releases") / folder.name)
    link.replace(public / "current")
    _sync(public)


def clear(public: Path, keep: int) -> list[str]:
    """Removes abandoned folders, and old releases until `keep` are left with the live one."""
    releases = public / "releases"
    for link in public.glob(".current-*"):
        link.unlink()
    if not releases.is_dir():
        return []
    names = sorted(p.name for p in releases.iterdir() if p.is_dir())
    # By the link alone: a live release whose manifest is broken stays, too.
    safe = (public / "current").resolve().name
    whole = [n for n in names if (releases / n / SWITCHED).exists() and n != safe]
    kept = {safe, *whole[len(whole) - max(keep - 1, 0) :]}
    gone = [n for n in names if n not in kept]
    for name in gone:
        _remove(releases / name)
    return gone


def _remove(folder: Path) -> None:
    # Renamed first: a folder half removed must not look like a release.
    doomed = folder
    if not folder.name.startswith(PREPARING):
        doomed = folder.with_name(f"{PREPARING}{secrets.token_hex(8)}")
        folder.rename(doomed)
    shutil.rmtree(doomed)


def _holds(path: Path, content: bytes) -> bool:
    try:
        if path.stat().st_size != len(content):
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest() == hashlib.sha256(content).digest()
    except OSError:
        return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
