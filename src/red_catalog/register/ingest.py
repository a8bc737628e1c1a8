"""Descriptions that holders handed in, as they sent them, until the next harvest takes them."""

import sqlite3
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from red_catalog.model import Document, Gone, Source

KIND: Final = "ingest"
"""The kind of a source whose descriptions are handed in."""

_LIVE: Final = "SELECT id, holder, iri FROM handed"
_BY_NAME: Final = """
    SELECT id, holder, iri FROM handed WHERE gone IS NULL AND holder = ?
    AND id = (SELECT id FROM handed_name WHERE holder = ? AND name = ?)
"""


class Refused(StrEnum):
    """Why something was not done."""

    OWNED = "owned by another holder"
    HARVESTED = "harvested from another source"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed since"
    USED = "attested since"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Handed:
    """One description that was handed in. `id` is made from the dataset's IRI alone."""

    id: str
    holder: str
    iri: str


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


def find(db: sqlite3.Connection, holder: str, name: str) -> Handed | None:
    """A holder's description by its number, its IRI or the name that the holder gave it."""
    row = db.execute(
        _LIVE + " WHERE holder = ? AND (id = ? OR iri = ?) AND gone IS NULL",
        (holder, name, name),
    ).fetchone()
    if row is None:
        row = db.execute(_BY_NAME, (holder, holder, name)).fetchone()
    return Handed(*row) if row else None


def is_other(db: sqlite3.Connection, holder: str, name: str) -> bool:
    """Whether another holder's description has this number or IRI."""
    row = db.execute(
        "SELECT 1 FROM handed WHERE holder <> ? AND (id = ? OR iri = ?) AND gone IS NULL",
        (holder, name, name),
    ).fetchone()
    return row is not None


def keep(
    db: sqlite3.Connection, handed: Handed, content: bytes, now: datetime, name: str | None
) -> None:
    """Keeps a description in the place of the one before, under the holder's name for it too."""
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


def is_replaced(db: sqlite3.Connection, handed: Handed, by: tuple[str, str]) -> bool:
    """Whether a description is no more when its name is given to another dataset (IRI and name).

    What its holder calls something else as well is still there.
    """
    iri, name = by
    row = db.execute(
        "SELECT 1 FROM handed_name WHERE holder = ? AND id = ? AND name <> ?",
        (handed.holder, handed.id, name),
    ).fetchone()
    return handed.iri != iri and row is None


def drop(db: sqlite3.Connection, handed: Handed, now: datetime) -> None:
    """Takes a description back; that it was there is remembered, for its page to say so."""
    db.execute(
        "UPDATE handed SET gone = ?, content = x'' WHERE id = ?", (now.isoformat(), handed.id)
    )


def documents(db: sqlite3.Connection, holder: str) -> Iterator[Document | Gone]:
    """All that a holder handed in and did not take back; what it took back as gone."""
    rows = db.execute(
        "SELECT id, iri, content, gone FROM handed WHERE holder = ? ORDER BY iri", (holder,)
    )
    for number, iri, content, gone in rows:
        if gone:
            yield Gone(iri)
        else:
            yield Document(f"ingest/{number}", zlib.decompress(content), "text/turtle")
