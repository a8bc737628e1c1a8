"""Opening the register, and bringing an older file up to date."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from red_catalog.errors import RedError
from red_catalog.register import identifiers
from red_catalog.register.migrations import MIGRATIONS


def connect(path: Path) -> sqlite3.Connection:
    """Opens the register, made or migrated as needed.

    Raises RedError where the file is no register, or a newer program's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("identifiers", 2, identifiers.to_json, deterministic=True)
        _migrate(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise RedError(
            f"{path} cannot be opened as a register ({error}): restore it from a backup, "
            "or move it away and harvest again."
        ) from error
    return connection


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
    if version > len(MIGRATIONS):
        raise RedError(f"{path} was written by a newer red-catalog: upgrade this one.")


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
