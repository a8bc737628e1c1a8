"""Copies of the register: taken while it is in use, and put back."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from red_catalog.errors import BusyError, RedError
from red_catalog.register.carrying import carry_over
from red_catalog.register.schema import (
    DamagedError,
    connect,
    explain,
    is_damage,
    lacks_room,
    make_private,
)

# How a database begins, and what every version of a register has.
_SQLITE: Final = b"SQLite format 3\0"
_TABLES: Final = frozenset({"record", "version"})
_TURNS: Final = 5  # how often a restore begins again, as somebody wrote meanwhile


class _ChangedError(Exception):
    """Somebody wrote in the register after its copy was put aside."""


def back_up(path: Path, file: Path) -> None:
    """Copies a register that is in use to a file, which replaces an older one when complete.

    Raises DamagedError where the register is not whole, RedError where the copy cannot be written
    or would replace anything else.
    """
    # Where a link leads: the link stays one.
    file = Path(os.path.realpath(file))
    _check_place(path, file)
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        make_private(unfinished)
        with closing(connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
            (state,) = target.execute("PRAGMA integrity_check").fetchone()
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error) and is_damage(error):
            raise DamagedError(explain(path, error)) from error
        raise RedError(
            f"{file} cannot be written ({error}): make room there, or choose another place."
        ) from error
    except RedError:
        unfinished.unlink(missing_ok=True)
        raise
    if state != "ok":
        unfinished.unlink()
        raise DamagedError(f"{path} is damaged ({state}): restore an earlier backup.")
    unfinished.replace(file)


def _check_place(path: Path, file: Path) -> None:
    """Raises RedError where a copy would replace what is no earlier one."""
    if not os.path.lexists(file):
        return
    if not file.is_file():
        raise RedError(f"{file} is no file, but a device, a folder or such: name a file.")
    if file.samefile(path):
        raise RedError(f"{file} is the register itself: name another file for its copy.")
    with file.open("rb") as opened:
        head = opened.read(len(_SQLITE))
    if head and not (head == _SQLITE and _is_copy(file)):
        raise RedError(f"{file} is no backup, and would be lost: name another file for the copy.")


def _is_copy(file: Path) -> bool:
    """Whether a database is a register's, or one too damaged to tell."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    except sqlite3.Error:
        return True
    return {name for (name,) in tables} >= _TABLES


def restore(path: Path, file: Path, aside: Path, now: datetime) -> bool:
    """Puts a copy in the register's place, and what was there aside.

    A register that can be read is overwritten in one transaction, which whoever has it open
    sees; a damaged one is moved. Tells whether events go on from those of the register that was
    there. Raises RedError where the copy is no whole register, or what is there can neither be
    put aside nor is damaged, and then changes nothing.
    """
    prepared = path.with_name(f"{path.name}.restoring")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        for _ in range(_TURNS):
            _prepare(file, prepared)
            if not path.exists():
                break
            try:
                return _displace(path, prepared, aside, now)
            except DamagedError:
                break
            except _ChangedError:
                continue
        else:
            raise BusyError(f"Others write in {path} all the time: stop the server, then restore.")
        # Where only the register itself is gone: what was beside it does not belong to the copy.
        _move(path, aside)
        prepared.replace(path)
    finally:
        _remove(prepared)
    return False


def _prepare(file: Path, prepared: Path) -> None:
    """A checked copy of the copy, brought up to date. Raises RedError, and leaves nothing."""
    _remove(prepared)
    make_private(prepared)
    try:
        _copy(file, prepared)
        with closing(connect(prepared)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
    except RedError as error:
        _remove(prepared)
        # The operator gave the one file, and knows nothing of the other.
        raise RedError(str(error).replace(str(prepared), str(file))) from error


def _copy(file: Path, prepared: Path) -> None:
    """A copy of what is a register, and whole. Raises RedError."""
    try:
        with (
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(prepared)) as target,
        ):
            tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
            (version,) = source.execute("PRAGMA user_version").fetchone()
            source.backup(target)
            (state,) = target.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        if lacks_room(error):
            told = f"{file} finds no room beside the register ({error}): make room"
            raise RedError(f"{told} in {prepared.parent}, then restore it.") from error
        raise RedError(f"{file} cannot be read as a backup ({error}): give another.") from error
    if not version or not tables.issuperset(_TABLES):
        raise RedError(f"{file} is no register: give another backup.")
    if state != "ok":
        raise RedError(f"{file} is damaged: give another backup.")


def _displace(path: Path, prepared: Path, aside: Path, now: datetime) -> bool:
    """Puts the register aside and overwrites it, and tells whether events go on.

    Raises _ChangedError, and changes nothing, where somebody wrote in it between the two.
    """
    with closing(connect(path)) as seen:
        before = _data_version(seen)
        back_up(path, aside)
        goes_on = carry_over(prepared, aside, now)
        _overwrite(path, prepared, lambda: _data_version(seen) == before)
    return goes_on


def _overwrite(path: Path, prepared: Path, is_unchanged: Callable[[], bool]) -> None:
    def check(_: int, left: int, __: int) -> None:
        if left and not is_unchanged():
            raise _ChangedError

    with closing(connect(path)) as live, closing(sqlite3.connect(prepared)) as copy:
        (pages,) = copy.execute("PRAGMA page_count").fetchone()
        try:
            # In two steps: from the first one on nobody else can write, and the second is the end.
            copy.backup(live, pages=max(pages // 2, 1), progress=check)
        except sqlite3.Error as error:
            raise RedError(explain(path, error)) from error


def _data_version(db: sqlite3.Connection) -> int:
    """A number that is another one after somebody else has written."""
    (number,) = db.execute("PRAGMA data_version").fetchone()
    return int(number)


def _move(path: Path, aside: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))


def _remove(prepared: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        prepared.with_name(prepared.name + suffix).unlink(missing_ok=True)
