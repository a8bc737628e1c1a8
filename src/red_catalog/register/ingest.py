"""Descriptions that holders handed in, as they sent them, until the next harvest takes them."""

import hashlib
import json
import sqlite3
import uuid
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from red_catalog.model import Document, Gone, Source
from red_catalog.register import encoding

KIND: Final = "ingest"
"""The kind of a source whose descriptions are handed in."""

_LIVE: Final = """
    SELECT id, holder, iri FROM handed
    WHERE gone IS NULL AND holder IN (SELECT value FROM json_each(?))
"""


class Refused(StrEnum):
    """Why something was not done."""

    OWNED = "owned by another holder"
    HARVESTED = "harvested from another source"
    UNKNOWN = "unknown"
    WAITING = "not harvested yet"
    UNPUBLISHED = "not published yet"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed since"
    USED = "attested since"
    EXPIRED = "expired"
    REPLACES = "would take another back"
    STANDS = "there already"
    ENDED = "key ended meanwhile"


@dataclass(frozen=True, slots=True)
class Handed:
    """One description that was handed in. `id` is made from the dataset's IRI alone.

    `replaced`: the IRI of another dataset that had its name, and was taken back for it.
    """

    id: str
    holder: str
    iri: str
    replaced: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is handed in already: its holder's name for it, if any, when it came, what it says."""

    iri: str
    name: str | None
    received: datetime
    content: bytes

    @property
    def digest(self) -> str:
        """The digest of what it says."""
        return hashlib.sha256(self.content).hexdigest()


def make_id(iri: str) -> str:
    """The number of a dataset: the same each time it is handed in."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri))


def refuse(db: sqlite3.Connection, source: Source, iri: str) -> Refused | None:
    """Why this dataset may not be handed in to a source: its first owner keeps it.

    What only a source gave that the holder no longer has is free, as it is for a harvest.
    """
    holders = {source.holder, *source.former}
    row = db.execute(
        "SELECT holder, source, absent_since IS NULL AND withdrawn_at IS NULL FROM record"
        " WHERE iri = ?",
        (iri,),
    ).fetchone()
    if row and row[0] not in holders:
        return Refused.OWNED
    if row and row[1] in source.siblings and row[2]:
        return Refused.HARVESTED
    row = db.execute("SELECT holder FROM handed WHERE iri = ?", (iri,)).fetchone()
    return Refused.OWNED if row and row[0] not in holders else None


def has(db: sqlite3.Connection, source: Source, iri: str) -> bool:
    """Whether a dataset is the holder's of a source already, harvested or handed in."""
    rows = db.execute(
        "SELECT holder FROM record WHERE iri = :iri UNION SELECT holder FROM handed"
        " WHERE iri = :iri",
        {"iri": iri},
    ).fetchall()
    return bool(rows) and {holder for (holder,) in rows} <= {source.holder, *source.former}


def described(db: sqlite3.Connection, source: Source, iris: Iterable[str]) -> frozenset[str]:
    """Of these IRIs, the datasets that the next harvest of a source finds described in it."""
    rows = db.execute(
        "SELECT o.value FROM json_each(:iris) o"
        " LEFT JOIN handed h ON h.iri = o.value"
        " AND h.holder IN (SELECT value FROM json_each(:holders))"
        " LEFT JOIN record r ON r.iri = o.value AND r.source = :source AND r.withdrawn_at IS NULL"
        " WHERE CASE WHEN h.iri IS NULL THEN r.iri IS NOT NULL ELSE h.gone IS NULL END",
        {
            "iris": json.dumps(sorted(iris)),
            "holders": json.dumps((source.holder, *source.former)),
            "source": source.id,
        },
    )
    return frozenset(iri for (iri,) in rows)


def find(db: sqlite3.Connection, holders: Sequence[str], name: str) -> Handed | None:
    """A holder's description by its number, its IRI or the name that the holder gave it.

    `holders`: its id, then its former ones.
    """
    mine = json.dumps(holders)
    row = db.execute(_LIVE + " AND (id = ? OR iri = ?)", (mine, name, name)).fetchone()
    return Handed(*row) if row else find_named(db, holders, name)


def find_named(db: sqlite3.Connection, holders: Sequence[str], name: str) -> Handed | None:
    """A holder's description by the name that the holder gave it, of late or under a former id."""
    for holder in holders:
        row = db.execute(
            "SELECT id FROM handed_name WHERE holder = ? AND name = ?", (holder, name)
        ).fetchone()
        if row:
            found = db.execute(_LIVE + " AND id = ?", (json.dumps(holders), row[0])).fetchone()
            return Handed(*found) if found else None
    return None


def find_waiting(db: sqlite3.Connection, iri: str) -> Refused | None:
    """What waits for the next harvest of a dataset: another description, or that it leaves."""
    row = db.execute(
        "SELECT h.gone FROM handed h JOIN record r USING (iri) WHERE iri = ? AND"
        " COALESCE(h.gone, h.received) > (SELECT MAX(started) FROM run WHERE source = r.source)",
        (iri,),
    ).fetchone()
    if row is None:
        return None
    return Refused.WITHDRAWN if row[0] else Refused.WAITING


def is_other(db: sqlite3.Connection, holders: Sequence[str], name: str) -> bool:
    """Whether another holder's description has this number or IRI."""
    row = db.execute(
        "SELECT 1 FROM handed WHERE gone IS NULL AND (id = ? OR iri = ?)"
        " AND holder NOT IN (SELECT value FROM json_each(?))",
        (name, name, json.dumps(holders)),
    ).fetchone()
    return row is not None


def keep(
    db: sqlite3.Connection, handed: Handed, content: bytes, now: datetime, name: str | None,
    former: Sequence[str],
) -> None:  # fmt: skip
    """Keeps a description in the place of the one before, under the holder's name for it too.

    What had this name under `former` ids of the holder has it no more.
    """
    db.execute(
        "INSERT INTO handed (id, holder, iri, content, received, gone)"
        " VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET"
        " holder = excluded.holder, content = excluded.content,"
        " received = excluded.received, gone = NULL",
        (handed.id, handed.holder, handed.iri, zlib.compress(content, 6), now.isoformat()),
    )
    if name is not None:
        db.execute(
            "INSERT OR REPLACE INTO handed_name VALUES (?, ?, ?)", (handed.holder, name, handed.id)
        )
        db.executemany(
            "DELETE FROM handed_name WHERE holder = ? AND name = ?", [(one, name) for one in former]
        )


def find_replaced(
    db: sqlite3.Connection, holders: Sequence[str], name: str, iri: str
) -> Handed | None:
    """The description that is no more when its name is given to another dataset (an IRI).

    What its holder calls something else as well is still there. Its number and its IRI are no
    names.
    """
    found = find_named(db, holders, name)
    if found is None or found.iri == iri:
        return None
    row = db.execute(
        "SELECT 1 FROM handed_name WHERE id = ? AND name <> ?"
        " AND holder IN (SELECT value FROM json_each(?))",
        (found.id, name, json.dumps(holders)),
    ).fetchone()
    return None if row else found


def find_standing(
    db: sqlite3.Connection, holders: Sequence[str], name: str | None, iri: str
) -> list[Standing]:
    """What would be no more when a dataset (an IRI) is handed in under a holder's name for it.

    It has this IRI, or this name and no other.
    """
    before = find_replaced(db, holders, name, iri) if name else None
    iris = (iri, before.iri) if before else (iri,)
    rows = db.execute(
        "SELECT iri, received, content, (SELECT name FROM handed_name n WHERE n.id = handed.id"
        " AND n.holder = handed.holder ORDER BY name = :name DESC, name LIMIT 1) FROM handed"
        " WHERE gone IS NULL AND holder IN (SELECT value FROM json_each(:holders))"
        " AND iri IN (SELECT value FROM json_each(:iris)) ORDER BY iri",
        {"name": name, "holders": json.dumps(holders), "iris": json.dumps(iris)},
    )
    return [
        Standing(of, called, encoding.moment(received), zlib.decompress(content))
        for of, received, content, called in rows
    ]


def drop(db: sqlite3.Connection, handed: Handed, now: datetime) -> None:
    """Takes a description back; that it was there is remembered, for its page to say so."""
    db.execute(
        "UPDATE handed SET gone = ?, content = x'' WHERE id = ?", (now.isoformat(), handed.id)
    )


def take_over(db: sqlite3.Connection, source: Source) -> None:
    """Gives a source's holder what it handed in under former ids, with its names for it.

    A name that it gave to something else since is that one's.
    """
    moves = [(source.holder, one) for one in source.former]
    db.executemany("UPDATE handed SET holder = ? WHERE holder = ?", moves)
    db.executemany("UPDATE OR IGNORE handed_name SET holder = ? WHERE holder = ?", moves)
    db.executemany("DELETE FROM handed_name WHERE holder = ?", [(one,) for one in source.former])


def documents(db: sqlite3.Connection, holders: Sequence[str]) -> Iterator[Document | Gone]:
    """All that a holder handed in and did not take back; what it took back as gone."""
    rows = db.execute(
        "SELECT id, iri, content, gone FROM handed"
        " WHERE holder IN (SELECT value FROM json_each(?)) ORDER BY iri",
        (json.dumps(holders),),
    )
    for number, iri, content, gone in rows:
        if gone:
            yield Gone(iri)
        else:
            yield Document(f"ingest/{number}", zlib.decompress(content), "text/turtle")
