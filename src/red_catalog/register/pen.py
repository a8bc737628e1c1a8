"""The register's one pen: who writes does it in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from red_catalog.errors import BusyError
from red_catalog.register.schema import find_trouble

_HELD: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@contextmanager
def writing(db: sqlite3.Connection, patience: float | None = None) -> Iterator[None]:
    """One transaction: all that is done in it, or nothing.

    Raises BusyError where another process has the pen and does not put it down in time, which
    is `patience` seconds, as many as the connection has by default; RedError where the disk or
    the file does not take what is written.
    """
    try:
        with _waiting(db, patience):
            db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        # The last byte is the code, what stands before it a special case.
        if error.sqlite_errorcode & 0xFF not in _HELD:
            raise
        raise BusyError(
            "Another red-catalog is writing in the register: wait until it has ended."
        ) from None
    try:
        yield
        db.execute("COMMIT")
    except BaseException as error:
        # On a full disk, for instance, SQLite may have done it itself.
        if db.in_transaction:
            db.execute("ROLLBACK")
        trouble = find_trouble(db, error)
        if trouble is None:
            raise
        raise trouble from error


@contextmanager
def _waiting(db: sqlite3.Connection, patience: float | None) -> Iterator[None]:
    if patience is None:
        yield
        return
    (usual,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA busy_timeout = {usual}")
