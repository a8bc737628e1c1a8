"""Copies of the register: taken while it is in use, and put back."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from red_catalog.errors import RedError
from red_catalog.register.carrying import carry_over
from red_catalog.register.schema import connect, make_private

# How a database begins, and what every version of a register has.
_SQLITE: Final = b"SQLite format 3\0"
_TABLES: Final = frozenset({"record", "version"})


def back_up(path: Path, file: Path) -> None:
    """Copies a register that is in use to a file, which replaces an older one when complete.

    Raises RedError where the copy cannot be written, is not whole, or would replace anything else.
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
        raise RedError(f"{file} cannot be written ({error}): choose another place.") from error
    except RedError:
        unfinished.unlink(missing_ok=True)
        raise
    if state != "ok":
        unfinished.unlink()
        raise RedError(f"{path} is damaged ({state}): restore an earlier backup.")
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
    there. Raises RedError where the copy is no whole register, and then changes nothing.
    """
    prepared = path.with_name(f"{path.name}.restoring")
    path.parent.mkdir(parents=True, exist_ok=True)
    _prepare(file, prepared)
    goes_on = False
    try:
        if path.exists() and _set_aside(path, aside):
            goes_on = carry_over(prepared, aside, now)
            _overwrite(path, prepared)
        elif path.exists():
            _move(path, aside)
        if not path.exists():
            prepared.replace(path)
    finally:
        _remove(prepared)
    return goes_on


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
        raise RedError(f"{file} cannot be read as a backup ({error}): give another.") from error
    if not version or not tables.issuperset(_TABLES):
        raise RedError(f"{file} is no register: give another backup.")
    if state != "ok":
        raise RedError(f"{file} is damaged: give another backup.")


def _set_aside(path: Path, aside: Path) -> bool:
    """Whether the register could be read, and a copy of it be put aside."""
    try:
        back_up(path, aside)
    except RedError:
        return False
    return True


def _overwrite(path: Path, prepared: Path) -> None:
    with closing(connect(path)) as live, closing(sqlite3.connect(prepared)) as copy:
        copy.backup(live)


def _move(path: Path, aside: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))


def _remove(prepared: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        prepared.with_name(prepared.name + suffix).unlink(missing_ok=True)
