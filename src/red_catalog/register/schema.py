"""The tables of the register and how an older file is brought up to date."""

import sqlite3
from pathlib import Path
from typing import Final

from red_catalog.errors import RedError

MIGRATIONS: Final = (
    """
    CREATE TABLE record (
        iri          TEXT PRIMARY KEY,
        slug         TEXT NOT NULL UNIQUE,
        holder       TEXT NOT NULL,
        source       TEXT NOT NULL,
        document     TEXT NOT NULL,
        digest       TEXT NOT NULL,
        shapes       TEXT NOT NULL,
        verdict      TEXT NOT NULL,
        report       TEXT NOT NULL,
        versions     INTEGER NOT NULL,
        first_seen   TEXT NOT NULL,
        changed      TEXT NOT NULL,
        last_seen    TEXT NOT NULL,
        absent_since TEXT,
        absent_runs  INTEGER NOT NULL DEFAULT 0,
        withdrawn_at TEXT
    ) WITHOUT ROWID;
    CREATE INDEX record_source ON record (source);
    CREATE TABLE version (
        iri       TEXT NOT NULL,
        number    INTEGER NOT NULL,
        digest    TEXT NOT NULL,
        canonical BLOB NOT NULL,
        recorded  TEXT NOT NULL,
        PRIMARY KEY (iri, number)
    );
    CREATE TABLE run (
        id        INTEGER PRIMARY KEY,
        source    TEXT NOT NULL,
        started   TEXT NOT NULL,
        ended     TEXT NOT NULL,
        status    TEXT NOT NULL,
        unchanged INTEGER NOT NULL,
        detail    TEXT NOT NULL,
        eventful  INTEGER NOT NULL,
        signature TEXT NOT NULL
    );
    CREATE INDEX run_source ON run (source, id);
    CREATE TABLE outcome (
        run     INTEGER NOT NULL REFERENCES run (id),
        iri     TEXT NOT NULL,
        state   TEXT NOT NULL,
        verdict TEXT,
        reason  TEXT
    );
    CREATE INDEX outcome_run ON outcome (run);
    CREATE TABLE bookmark (
        source TEXT PRIMARY KEY,
        value  TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)
"""One script a version; the file's `user_version` counts those that were applied."""


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
        _migrate(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise RedError(
            f"{path} cannot be opened as a register ({error}): restore it from a backup, "
            "or move it away and harvest again."
        ) from error
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise RedError(f"{path} was written by a newer red-catalog: upgrade this one.")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;"
        )
