"""Addresses that were tried, with what came of it, so that each is asked now and then only."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from red_catalog.register import encoding


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether an address answered when it was last tried."""

    answers: bool
    moment: datetime


def find(db: sqlite3.Connection, addresses: Iterable[str]) -> dict[str, Tried]:
    """What is known of these addresses."""
    found = {}
    for address in addresses:
        row = db.execute(
            "SELECT answers, moment FROM address WHERE address = ?", (address,)
        ).fetchone()
        if row:
            found[address] = Tried(bool(row[0]), encoding.moment(row[1]))
    return found


def keep(db: sqlite3.Connection, answers: Mapping[str, bool], moment: datetime) -> None:
    """Keeps what addresses answered at this moment."""
    db.executemany(
        "INSERT OR REPLACE INTO address VALUES (?, ?, ?)",
        ((address, answer, moment.isoformat()) for address, answer in sorted(answers.items())),
    )
