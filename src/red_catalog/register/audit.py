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
    """One thing done or refused. `actor` is a key's number, or `operator`."""

    moment: datetime
    actor: str
    holder: str
    action: str
    outcome: str
    subject: str = ""
    digest: str = ""


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
        "SELECT moment, actor, holder, action, outcome, subject, digest FROM audit ORDER BY number"
    )
    for when, actor, holder, action, outcome, subject, digest in rows:
        yield Event(encoding.moment(when), actor, holder, action, outcome, subject, digest)


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
    return None


def seal(before: str, written: tuple[str, ...]) -> str:
    """A digest of a row and of the seal of the row before it."""
    return hashlib.sha256(encoding.dump([before, *written]).encode()).hexdigest()
