"""The ledger of changes: every create, update and delete that a release made public."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from red_catalog.errors import DamagedTextError
from red_catalog.model import CATALOGUE_FEED, Announcement
from red_catalog.register import encoding

COLUMNS: Final = (
    "a.feed, a.number, a.published, a.kind, a.iri, a.slug, a.place, a.version, a.digest, a.told"
)
# The last change of each dataset up to `:last`, or a later deletion: by it something may become
# private. Past changes are looked for only where there are later ones, and then once for all.
PUBLIC: Final = """FROM announced n CROSS JOIN announcement a ON a.feed = n.feed
    AND a.number = IIF(n.number <= :last, n.number, (SELECT p.number FROM (
        SELECT iri, MAX(number) AS number FROM announcement
        WHERE feed = :feed AND (number <= :last OR kind = 'delete') GROUP BY iri
    ) p WHERE p.iri = n.iri))"""
ALL: Final = 2**63 - 1
_STEP: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Announced:
    """What a feed last said of a dataset.

    `mark`: of its content, None where it is deleted; `address`: of its source, empty where that
    is no address; `modified`: when it last changed.
    """

    place: int
    number: int
    mark: str | None
    address: str
    modified: str


def known(db: sqlite3.Connection, feed: str, iri: str) -> Announced | None:
    """What a feed last said of a dataset, None where it never was in it."""
    row = db.execute(
        "SELECT n.place, n.number, n.mark, json_extract(a.told, '$.source'),"
        " json_extract(a.told, '$.modified') FROM announced n"
        " JOIN announcement a ON a.feed = n.feed AND a.number = n.number"
        " WHERE n.feed = ? AND n.iri = ?",
        (feed, iri),
    ).fetchone()
    return Announced(*row) if row else None


def is_told(db: sqlite3.Connection, iri: str, digest: str, last: int) -> bool:
    """Whether the catalogue's changes up to a number end with this version of a dataset."""
    found = known(db, CATALOGUE_FEED, iri)
    return found is not None and found.number <= last and (found.mark or "").split()[:1] == [digest]


def count(db: sqlite3.Connection, feed: str) -> int:
    """How many announcements a feed has."""
    row = db.execute("SELECT MAX(number) FROM announcement WHERE feed = ?", (feed,)).fetchone()
    return row[0] or 0


def places(db: sqlite3.Connection, feed: str) -> int:
    """How many datasets ever were in a feed."""
    row = db.execute("SELECT MAX(place) FROM announced WHERE feed = ?", (feed,)).fetchone()
    return row[0] or 0


def write(
    db: sqlite3.Connection,
    feed: str,
    moment: datetime,
    drafts: Iterable[tuple[Announcement, str | None]],
) -> None:
    """Adds announcements, with the mark of each, after the others of their feed.

    They get the next numbers, a place where they have none (0), and one moment that is later
    than that of any before.
    """
    number, place = count(db, feed), places(db, feed)
    if number:
        (last,) = one(db, feed, number)
        moment = max(moment, last.published + _STEP)
    for given, mark in drafts:
        number += 1
        draft = given
        place += not draft.place
        if not draft.digest:
            draft = replace(draft, digest=_last_digest(db, feed, draft.iri))
        made = replace(draft, number=number, published=moment, place=draft.place or place)
        db.execute(
            "INSERT INTO announcement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (feed, number, made.published.astimezone(UTC).isoformat(), made.kind, made.iri,
             made.slug, made.place, made.version, made.digest, encoding.dump(dict(made.told))),
        )  # fmt: skip
        db.execute(
            "INSERT OR REPLACE INTO announced VALUES (?, ?, ?, ?, ?)",
            (feed, made.iri, made.place, number, mark),
        )


def _last_digest(db: sqlite3.Connection, feed: str, iri: str) -> str:
    (digest,) = db.execute(
        "SELECT a.digest FROM announced n"
        " JOIN announcement a ON a.feed = n.feed AND a.number = n.number"
        " WHERE n.feed = ? AND n.iri = ?",
        (feed, iri),
    ).fetchone()
    return str(digest)


def one(db: sqlite3.Connection, feed: str, number: int) -> list[Announcement]:
    """The announcement of this number, if there is one."""
    return between(db, feed, number - 1, number)


def between(db: sqlite3.Connection, feed: str, after: int, last: int) -> list[Announcement]:
    """The announcements after one number, up to another, in order."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM announcement a"  # noqa: S608
        " WHERE a.feed = ? AND a.number > ? AND a.number <= ? ORDER BY a.number",
        (feed, after, last),
    )
    return [read(row) for row in rows]


def about(db: sqlite3.Connection, feed: str, iris: Iterable[str]) -> list[int]:
    """The numbers of the announcements of any of these datasets, in no order."""
    wanted = [*iris]
    if not wanted:
        return []
    rows = db.execute(
        "SELECT number FROM announcement"
        " WHERE feed = ? AND iri IN (SELECT value FROM json_each(?))",
        (feed, json.dumps(wanted)),
    )
    return [number for (number,) in rows]


def placed(
    db: sqlite3.Connection, feed: str, after: int, until: int, last: int | None
) -> list[Announcement]:
    """The last announcement of the live datasets whose place is in this range, by place.

    `last`: the number of the last change that is public, None where all are.
    """
    rows = db.execute(
        f"SELECT {COLUMNS} {PUBLIC} WHERE n.feed = :feed AND a.kind <> 'delete'"
        " AND n.place > :after AND n.place <= :until ORDER BY n.place",
        {"feed": feed, "after": after, "until": until, "last": ALL if last is None else last},
    )
    return [read(row) for row in rows]


def place(db: sqlite3.Connection, feed: str, iri: str) -> int | None:
    """The place of a dataset that is or was in a feed."""
    row = db.execute(
        "SELECT place FROM announced WHERE feed = ? AND iri = ?", (feed, iri)
    ).fetchone()
    return row and int(row[0])


def members(db: sqlite3.Connection, feed: str, after: int, last: int) -> list[str]:
    """The IRIs of the live datasets whose place is in this range, by place."""
    rows = db.execute(
        "SELECT iri FROM announced WHERE feed = ? AND place > ? AND place <= ?"
        " AND mark IS NOT NULL ORDER BY place",
        (feed, after, last),
    )
    return [iri for (iri,) in rows]


def canonical(db: sqlite3.Connection, announcement: Announcement) -> bytes:
    """The description that an announcement tells of; nothing where it is private as a whole.

    Raises DamagedTextError where it cannot be read.
    """
    found, private = db.execute(
        "SELECT v.canonical, v.number <= r.private FROM version v JOIN record r USING (iri)"
        " WHERE iri = ? AND v.number = ?",
        (announcement.iri, announcement.version),
    ).fetchone()
    text = b"" if private else encoding.inflate(found)
    if text is None:
        raise DamagedTextError(announcement.iri)
    return text


def read(row: Sequence[Any]) -> Announcement:
    """An announcement from its columns."""
    feed, number, published, kind, iri, slug, place, version, digest, told = row
    return Announcement(
        feed, number, encoding.moment(published), kind, iri, slug, place, version, digest,
        encoding.load(told),
    )  # fmt: skip
