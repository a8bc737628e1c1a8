"""What each target has of the ledger: sent, acknowledged, refused and why; the rest is owed."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from red_catalog.model import Announcement, Target, Text
from red_catalog.register import announcements, encoding

ACKNOWLEDGED: Final = "acknowledged"
REFUSED: Final = "refused"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of sending an announcement to `address`. `remote`: what it is called there."""

    outcome: str
    moment: datetime
    remote: str = ""
    reason: Text | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """How a target stands: datasets acknowledged, changes owed, of them refused; last troubles."""

    acknowledged: int
    owed: int
    refused: int
    last: datetime | None = None
    reasons: tuple[tuple[str, Text], ...] = ()


# The last public change of each dataset, where the target has not got it. A deletion is no matter
# to who never had the dataset; who failed to answer may have it all the same, and is marked so
# where a refusal comes after it. What was sent to another address, the target has not got.
# What is not public yet is told to nobody; but a deletion, by which something may become private,
# does not wait, save where events are applied in their order.
_PERHAPS: Final = "?"
_HAD: Final = "IIF(d.address IN ('', :address), d.number, 0)"
_LATEST: Final = f"""{announcements.PUBLIC}
    LEFT JOIN delivery d ON d.target = :target AND d.iri = n.iri
    WHERE n.feed = :feed AND a.number > {_HAD}
    AND (a.kind <> 'delete' OR d.digest <> '' OR d.outcome <> 'refused')"""
_EACH: Final = f"""FROM announcement a
    LEFT JOIN delivery d ON d.target = :target AND d.iri = a.iri
    WHERE a.feed = :feed AND a.number > {_HAD} AND a.number <= :last"""


def owed(
    db: sqlite3.Connection, target: Target, after: int, limit: int, last: int | None, *, each: bool
) -> list[Announcement]:
    """What a target has not got, after a number, in order: every change, or each dataset's last.

    `last`: the number of the last change that is public, None where all are.
    """
    part = _EACH if each else _LATEST
    rows = db.execute(
        f"SELECT {announcements.COLUMNS} {part} AND a.number > :after"
        " ORDER BY a.number LIMIT :limit",
        {**_whom(target, last), "after": after, "limit": limit},
    )
    return [announcements.read(row) for row in rows]


def note(
    db: sqlite3.Connection, target: str, announcement: Announcement, delivery: Delivery
) -> None:
    """Keeps what came of sending an announcement."""
    done = delivery.outcome == ACKNOWLEDGED
    db.execute(
        "INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)"
        " ON CONFLICT (target, iri) DO UPDATE SET"
        " number = IIF(excluded.number AND address <> excluded.address, excluded.number,"
        " MAX(number, excluded.number)),"
        " address = IIF(excluded.number, excluded.address, address), remote = excluded.remote,"
        " digest = CASE WHEN excluded.number THEN excluded.digest"
        " WHEN digest = '' AND outcome = ? THEN ? ELSE digest END,"
        " tried = excluded.tried, outcome = excluded.outcome, reason = excluded.reason,"
        " moment = excluded.moment, attempts = attempts + 1, feed = excluded.feed",
        (
            target, announcement.iri, announcement.number if done else 0, delivery.remote,
            announcement.digest if done else "", announcement.number, delivery.outcome,
            encoding.dump(dict(delivery.reason)) if delivery.reason else None,
            delivery.moment.isoformat(), announcement.feed,
            delivery.address, FAILED, _PERHAPS,
        ),
    )  # fmt: skip


def forget(db: sqlite3.Connection, target: str, iri: str | None = None) -> None:
    """Owes a target one dataset again, or all of them; what it refused is owed anyway."""
    db.execute(
        "UPDATE delivery SET number = 0, outcome = ?"
        " WHERE target = ? AND number > 0 AND (? IS NULL OR iri = ?)",
        (FAILED, target, iri, iri),
    )


def failed(db: sqlite3.Connection, target: str) -> dict[str, int]:
    """The datasets at which a target failed, each with the change, the longest ago first.

    What is only owed again has no reason.
    """
    rows = db.execute(
        "SELECT iri, tried FROM delivery"
        " WHERE target = ? AND outcome = ? AND reason IS NOT NULL ORDER BY moment, iri",
        (target, FAILED),
    )
    return dict(rows.fetchall())


def feed(db: sqlite3.Connection, target: str) -> str | None:
    """The feed that a target was sent, None where it was sent nothing."""
    row = db.execute(
        "SELECT feed FROM delivery WHERE target = ? AND feed <> '' LIMIT 1", (target,)
    ).fetchone()
    return str(row[0]) if row else None


def locate(db: sqlite3.Connection, target: Target) -> None:
    """Notes of what was sent, where it does not say where to, that it went to this address."""
    db.execute(
        "UPDATE delivery SET address = ? WHERE target = ? AND address = ''",
        (target.address, target.id),
    )


def balance(db: sqlite3.Connection, target: Target, last: int | None, *, each: bool) -> Balance:
    """How a target stands. `last`: as for `owed`."""
    part = _EACH if each else _LATEST
    asked = _whom(target, last)
    (count,) = db.execute(f"SELECT COUNT(*) {part}", asked).fetchone()
    (have,) = db.execute(
        "SELECT COUNT(*) FROM announced n JOIN delivery d ON d.target = :target AND d.iri = n.iri"
        " WHERE n.feed = :feed AND d.address IN ('', :address) AND n.mark IS NOT NULL"
        " AND d.number >= n.number",
        asked,
    ).fetchone()
    rows = db.execute(
        f"SELECT DISTINCT d.iri, d.outcome, d.reason, d.moment {part} AND d.outcome <> :taken"
        " AND d.reason IS NOT NULL ORDER BY d.moment DESC, d.iri",
        {**asked, "taken": ACKNOWLEDGED},
    ).fetchall()
    (tried,) = db.execute(
        "SELECT MAX(moment) FROM delivery WHERE target = ?", (target.id,)
    ).fetchone()
    return Balance(
        acknowledged=have,
        owed=count,
        refused=sum(outcome == REFUSED for _, outcome, *_ in rows),
        last=encoding.moment(tried) if tried else None,
        reasons=tuple((iri, encoding.load(reason)) for iri, _, reason, _ in rows[:5]),
    )


def _whom(target: Target, last: int | None) -> dict[str, str | int]:
    """What is asked of `_LATEST` and `_EACH`."""
    shown = announcements.ALL if last is None else last
    return {"target": target.id, "feed": target.feed, "address": target.address, "last": shown}
