"""Opening the register, and bringing an older file up to date."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from red_catalog.errors import RedError
from red_catalog.register import identifiers
from red_catalog.register.migrations import MIGRATIONS

_PATIENCE: Final = 30.0  # seconds for which another process may hold the register


class DamagedError(RedError):
    """The file itself cannot be used, whatever the disk, the rights or other programs do."""


def make_private(path: Path) -> None:
    """Makes an empty file for its owner alone, as are those that SQLite lays beside it.

    One that is there keeps its mode: an operator may have let a group in. What cannot be made
    SQLite tells.
    """
    with suppress(OSError):
        path.touch(0o600, exist_ok=False)


def connect(path: Path) -> sqlite3.Connection:
    """Opens the register, made or migrated as needed.

    Raises DamagedError where the file is no register, or a newer program's; RedError where it
    cannot be used.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private(path)
        connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
    except OSError as error:
        told = error.strerror or error
        raise RedError(f"{path.parent} cannot be made ({told}): choose another place.") from error
    except sqlite3.Error as error:
        raise RedError(explain(path, error)) from error
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("identifiers", 2, identifiers.to_json, deterministic=True)
        _migrate(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        kind = DamagedError if is_damage(error) else RedError
        raise kind(explain(path, error)) from error
    except BaseException:
        connection.close()
        raise
    return connection


def explain(path: Path, error: sqlite3.Error) -> str:
    """Why a register cannot be used, and what to do: only a damaged one is to be replaced."""
    code = _code(error)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return (
            f"{path} cannot be opened as a register ({error}): restore it from a backup, "
            "or move it away and harvest again."
        )
    return f"{path} {_WRONG.get(code, _OTHERWISE).format(error=error)}"


def find_trouble(db: sqlite3.Connection, error: BaseException) -> RedError | None:
    """What an operator can do about an error in the use of a register; None for what is a bug."""
    known = {*_WRONG, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    if not isinstance(error, sqlite3.Error) or _code(error) not in known:
        return None
    _, _, path = db.execute("PRAGMA database_list").fetchone()
    return RedError(explain(Path(path), error))


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the fault lies in the file itself: no room, rights or patience would help."""
    return _code(error) not in {*_WRONG, sqlite3.SQLITE_NOMEM}


def lacks_room(error: sqlite3.Error) -> bool:
    """Whether the disk takes no more."""
    return _code(error) in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


def _code(error: sqlite3.Error) -> int:
    # The last byte is the code, what stands before it a special case.
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


_NOT_ALLOWED: Final = (
    "cannot be written by this user ({error}): let the user write it and the folder it lies in."
)
_WRONG: Final = {
    sqlite3.SQLITE_READONLY: _NOT_ALLOWED,
    sqlite3.SQLITE_CANTOPEN: _NOT_ALLOWED,
    sqlite3.SQLITE_PERM: _NOT_ALLOWED,
    sqlite3.SQLITE_BUSY: "is in use by another program ({error}): try again once that has ended.",
    sqlite3.SQLITE_LOCKED: "is in use by another program ({error}): try again once that has ended.",
    sqlite3.SQLITE_FULL: "cannot be written, as the disk is full ({error}): make room.",
    # So it is told as well where no room is left for what lies beside the register.
    sqlite3.SQLITE_IOERR: "cannot be read or written ({error}): see that its disk is not full, and"
    " sound.",
}
_OTHERWISE: Final = (
    "cannot be used as a register ({error}): see that it is one, or restore it from a backup."
)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets the mode of the journal. SQLite waits for no other process where both set it."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    while (version := _version(connection)) < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have done it meanwhile.
            if _version(connection) == version:
                for statement in _statements(MIGRATIONS[version]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    expect_ours(connection, path)


def expect_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Raises DamagedError where a newer program has brought the register up to its date."""
    if _version(connection) > len(MIGRATIONS):
        raise DamagedError(f"{path} was written by a newer red-catalog: upgrade this one.")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, for a script as a whole ends a transaction."""
    statement = ""
    for part in script.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
