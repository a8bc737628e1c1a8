"""Which reminders went out, so that nobody is reminded every day."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from red_catalog.register import encoding


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of one dataset's check, at a stage: due or overdue."""

    moment: datetime
    iri: str
    holder: str
    stage: str


def add(db: sqlite3.Connection, some: Iterable[Reminder]) -> None:
    """Notes reminders that went out."""
    db.executemany(
        "INSERT INTO reminder (moment, iri, holder, stage) VALUES (?, ?, ?, ?)",
        [(one.moment.isoformat(), one.iri, one.holder, one.stage) for one in some],
    )


def read(db: sqlite3.Connection, iri: str | None = None) -> list[Reminder]:
    """Every reminder, or those of one dataset, the oldest first."""
    where, given = ("WHERE iri = ? ", (iri,)) if iri is not None else ("", ())
    rows = db.execute(
        f"SELECT moment, iri, holder, stage FROM reminder {where}ORDER BY number",  # noqa: S608
        given,
    )
    return [Reminder(encoding.moment(when), *rest) for when, *rest in rows]
