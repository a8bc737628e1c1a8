"""The log of what was done with keys. Rows are only added; each seals the one before."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from red_catalog.register import encoding

_REFUSED: Final = 500  # characters of what a refused request was about: it may be anything


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done or refused. `actor` is a key's number, or `operator`.

    `number` and `seal`: of the row, once it is written.
    """

    moment: datetime
    actor: str
    holder: str
    action: str
    outcome: str
    subject: str = ""
    digest: str = ""
    number: int = 0
    seal: str = ""


def add(db: sqlite3.Connection, event: Event) -> None:
    """Adds an event, within the transaction of what it tells."""
    subject = event.subject
    if event.outcome != "done" and len(subject) > _REFUSED:
        subject = f"{subject[:_REFUSED]}…"
    row = db.execute("SELECT seal FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    written = (
        event.moment.isoformat(), event.actor, event.holder, event.action, event.outcome,
        subject, event.digest,
    )  # fmt: skip
    db.execute(
        "INSERT INTO audit (moment, actor, holder, action, outcome, subject, digest, seal)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*written, seal(row[0] if row else "", written)),
    )


def read(db: sqlite3.Connection) -> Iterator[Event]:
    """Every event, the oldest first."""
    rows = db.execute(
        "SELECT moment, actor, holder, action, outcome, subject, digest, number, seal FROM audit"
        " ORDER BY number"
    )
    for when, *rest in rows:
        yield Event(encoding.moment(when), *rest)


def attested(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """When, by what, of which dataset and version each attestation was made, the oldest first."""
    yield from db.execute(
        "SELECT moment, actor, subject, digest FROM audit"
        " WHERE action = 'attest' AND outcome = 'done' ORDER BY number"
    )


def first_broken(db: sqlite3.Connection) -> int | None:
    """The number of the first row that was changed or lost, None where all are as written."""
    rows = db.execute(
        "SELECT number, seal, moment, actor, holder, action, outcome, subject, digest FROM audit"
        " ORDER BY number"
    )
    before = ""
    for expected, (number, sealed, *written) in enumerate(rows, 1):
        if number != expected or sealed != seal(before, tuple(written)):
            return int(number)
        before = sealed
    return lost_end(db, "audit")


def lost_end(db: sqlite3.Connection, table: str) -> int | None:
    """The number of the first row that was cut off at the end of a table, None where none was."""
    last, given = db.execute(
        f"SELECT COALESCE(MAX(number), 0), (SELECT seq FROM sqlite_sequence WHERE name = ?)"  # noqa: S608
        f" FROM {table}",
        (table,),
    ).fetchone()
    return last + 1 if given is not None and given > last else None


def seal(before: str, written: tuple[str, ...]) -> str:
    """A digest of a row and of the seal of the row before it."""
    return hashlib.sha256(encoding.dump([before, *written]).encode()).hexdigest()
