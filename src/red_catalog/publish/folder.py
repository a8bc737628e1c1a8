"""Release folders on disk: written whole beside the live one, then switched to."""

import errno
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PREPARING: Final = ".preparing-"
MANIFEST: Final = "release.json"
# Left in a release when it is made live: one without it was abandoned on the way.
SWITCHED: Final = ".switched"
# Left in a release that is not to be trusted: nothing is taken over from it.
DOUBTED: Final = ".doubted"
# Beside the releases: the last one that is no longer kept, for the next to be written over.
SPARE: Final = ".spare"


@dataclass(frozen=True, slots=True)
class Live:
    """The release that readers see."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def bugs(self) -> Mapping[str, str]:
        """What some of its datasets met, by IRI."""
        found: Mapping[str, str] = self.manifest.get("bugs", {})
        return found


def live(public: Path) -> Live | None:
    """The live release, None before the first one or where its manifest is unreadable."""
    try:
        folder = (public / "current").resolve(strict=True)
    except OSError:
        return None
    return read(folder)


def read(folder: Path) -> Live | None:
    """A release, None where its manifest is unreadable."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return Live(folder, manifest) if isinstance(manifest, dict) and "id" in manifest else None


def trusted(public: Path) -> Live | None:
    """The live release, None where nothing may be taken over from it."""
    found = live(public)
    return None if found is None or (found.folder / DOUBTED).exists() else found


def doubt(public: Path) -> None:
    """Has the next release written from nothing, and no release of before be written over."""
    for name in _names(public):
        (public / "releases" / name / DOUBTED).touch()
    if (public / SPARE).exists():
        _remove(public / SPARE)


class Draft:
    """A release being written; files equal to the live one's are hard links to them.

    `spare`: a release that is no longer kept, whose folder is written over: what is in it
    already costs nothing, however much that is. Files are replaced, never written into.
    """

    def __init__(self, public: Path, previous: Live | None, spare: Live | None = None) -> None:
        releases = public / "releases"
        releases.mkdir(parents=True, exist_ok=True)
        self.folder = releases / f"{PREPARING}{secrets.token_hex(8)}"
        # Once moved, nobody takes it for a release.
        self.spare = spare if spare and _move(spare.folder, self.folder) else None
        if self.spare is None:
            self.folder.mkdir()
        self._previous = previous.folder if previous else None
        self._made: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        """Writes a file, or links it where the live release has the same one."""
        if self.spare is not None and _holds(self.folder / path, content):
            return
        before = f"{self._previous}/{path}" if self._previous else ""
        if before and _holds(Path(before), content) and self._link(before, path):
            return
        target = self._target(path)
        if self.spare is not None:
            # It may be a link to a file of the live release.
            Path(target).unlink(missing_ok=True)
        Path(target).write_bytes(content)

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

    def remove(self, paths: Iterable[str]) -> None:
        """Removes files that came with the spare folder."""
        for path in paths:
            Path(f"{self.folder}/{path}").unlink(missing_ok=True)

    def clear(self, kept: Container[str]) -> None:
        """Removes from the spare folder whatever is not in these files and folders of `site`."""
        for path in [*self.folder.iterdir(), *(self.folder / "site").iterdir()]:
            if path.name == "site" or (path.parent.name == "site" and path.name in kept):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

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
        if self.spare is not None:
            Path(target).unlink(missing_ok=True)
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


def spare(public: Path) -> Live | None:
    """The release that was the last to be no longer kept, where its folder is whole."""
    return read(public / SPARE)


def vacant(public: Path, name: str) -> str:
    """The name itself, or one like it where a release that was live has it."""
    found, number = name, 1
    while (public / "releases" / found / SWITCHED).exists():
        number += 1
        found = f"{name}-{number}"
    return found


def point(public: Path, folder: Path, finish: Callable[[], object] = lambda: None) -> None:
    """Makes `current` point at a release folder, at once and for good.

    `finish`: what is done right before, and puts on disk what it writes.
    """
    # What the link names must be on disk before the link is. That may take long.
    os.sync()
    finish()
    # Only now, for it may fail: a folder with this mark was live once.
    (folder / SWITCHED).touch()
    _sync(folder)
    link = public / f".current-{secrets.token_hex(8)}"
    link.symlink_to(Path("releases") / folder.name)
    link.replace(public / "current")
    _sync(public)


def abandon(folder: Path) -> None:
    """Removes a release that nobody has seen: what it takes is what the next one needs."""
    # With the mark it may be live already, whatever failed then.
    if not (folder / SWITCHED).exists():
        with suppress(OSError):
            _remove(folder)


def clear(public: Path, keep: int) -> list[str]:
    """Removes abandoned folders, and old releases until `keep` are left with the live one.

    The one that was live before it stays whatever `keep` is: answers from it are under way.
    """
    releases = public / "releases"
    for link in public.glob(".current-*"):
        link.unlink()
    if not releases.is_dir():
        return []
    names = _names(public)
    # By the link alone: a live release whose manifest is broken stays, too.
    safe = (public / "current").resolve().name
    whole = _order(releases, names, safe)
    kept = {safe, *whole[-max(keep - 1, 1) :]}
    gone = [n for n in names if n not in kept]
    once = [n for n in whole if n not in kept]
    for name in gone:
        if once and name == once[-1] and not (releases / name / DOUBTED).exists():
            _put_by(public, releases / name)
        else:
            _remove(releases / name)
    return gone


def _order(releases: Path, names: Iterable[str], live: str) -> list[str]:
    """The releases that were live before the live one, the oldest first.

    Those that a clock which was ahead dated after it are dated just before it.
    """
    # Not by name: a release written afresh has that of its day, however late it came.
    moments = {n: m for n in names if n != live and (m := _switched(releases / n)) is not None}
    ordered = sorted(moments, key=lambda n: (moments[n], n))
    now = _switched(releases / live)
    if now is not None:
        late = [n for n in ordered if moments[n] >= now]
        for back, name in enumerate(reversed(late), 1):
            os.utime(releases / name / SWITCHED, ns=(now - back, now - back))
    return ordered


def _switched(folder: Path) -> int | None:
    """When a release was last made live, None where it never was."""
    try:
        return (folder / SWITCHED).stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _put_by(public: Path, folder: Path) -> None:
    """Leaves a folder for the next release to be written over, where both are on one disk."""
    spare = public / SPARE
    if spare.exists() and not _move(spare, folder.parent / f"{PREPARING}{secrets.token_hex(8)}"):
        shutil.rmtree(spare)
    if not _move(folder, spare):
        _remove(folder)
    for left in folder.parent.glob(f"{PREPARING}*"):
        shutil.rmtree(left)


def _move(folder: Path, place: Path) -> bool:
    """Moves a folder; False where its place is on another disk."""
    try:
        folder.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


def _names(public: Path) -> list[str]:
    releases = public / "releases"
    return sorted(p.name for p in releases.iterdir() if p.is_dir()) if releases.is_dir() else []


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
