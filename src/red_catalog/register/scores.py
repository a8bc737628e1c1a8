"""Scores through time: one row each time a dataset, a holder or the catalogue changed."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from red_catalog.model import Standing, Verdict
from red_catalog.register import encoding

Scope = Literal["dataset", "holder", "catalogue"]
_Counts = tuple[int, int, int, int, int]

# Withdrawn datasets count no more, and datasets that wait for their first scores not yet.
_COUNTED = "withdrawn_at IS NULL AND points IS NOT NULL"
_SUMS = "COUNT(*), SUM(verdict = ?), SUM(given), SUM(applicable), SUM(points)"
_NOTHING: _Counts = (0, 0, 0, 0, 0)


def record(db: sqlite3.Connection, moment: datetime, iris: Iterable[str]) -> None:
    """Adds how these datasets, every holder and the catalogue now stand, where it changed."""
    for iri in iris:
        row = db.execute(
            f"SELECT {_SUMS} FROM record WHERE iri = ? AND {_COUNTED}",  # noqa: S608
            (Verdict.CONFORMANT.value, iri),
        ).fetchone()
        if row[0]:
            _add(db, moment, "dataset", iri, row)
    holders: dict[str, _Counts] = {
        holder: _NOTHING
        for (holder,) in db.execute("SELECT DISTINCT id FROM score WHERE scope = 'holder'")
    }
    rows = db.execute(
        f"SELECT holder, {_SUMS} FROM record WHERE {_COUNTED} GROUP BY holder",  # noqa: S608
        (Verdict.CONFORMANT.value,),
    )
    holders |= {holder: tuple(counts) for holder, *counts in rows}
    for holder, counts in sorted(holders.items()):
        _add(db, moment, "holder", holder, counts)
    if holders:
        d, c, g, a, p = (sum(column) for column in zip(*holders.values(), strict=True))
        _add(db, moment, "catalogue", "", (d, c, g, a, p))


def trend(db: sqlite3.Connection, scope: Scope, name: str) -> list[Standing]:
    """The standings of one dataset, holder or of the catalogue, oldest first."""
    rows = db.execute(
        "SELECT moment, datasets, conformant, given, applicable, points FROM score"
        " WHERE scope = ? AND id = ? ORDER BY moment",
        (scope, name),
    )
    return [Standing(encoding.moment(moment), *counts) for moment, *counts in rows]


def trends(db: sqlite3.Connection) -> dict[str, list[Standing]]:
    """How each holder, by its id, and the catalogue, by "", stood at the end of each day.

    A harvest adds a row a source: what stands between these was never published.
    """
    found: dict[str, list[Standing]] = {}
    rows = db.execute(
        "SELECT id, MAX(moment) AS last, datasets, conformant, given, applicable, points"
        " FROM score WHERE scope IN ('holder', 'catalogue')"
        " GROUP BY scope, id, date(moment) ORDER BY id, last"
    )
    for name, moment, *counts in rows:
        found.setdefault(name, []).append(Standing(encoding.moment(moment), *counts))
    return found


def _add(db: sqlite3.Connection, moment: datetime, scope: Scope, name: str, now: _Counts) -> None:
    last = db.execute(
        "SELECT datasets, conformant, given, applicable, points FROM score"
        " WHERE scope = ? AND id = ? ORDER BY moment DESC LIMIT 1",
        (scope, name),
    ).fetchone()
    if last != now:
        db.execute(
            "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (scope, name, moment.isoformat(), *now),
        )
