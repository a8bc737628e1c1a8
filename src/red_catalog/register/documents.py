"""What each document held when it was last read, so that the same bytes are not read again."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from red_catalog.errors import DamagedTextError
from red_catalog.model import Defect, Reading, Record
from red_catalog.register import encoding

# No document has a proof that begins so.
_DOUBTED: Final = "doubted"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A document that was read before. `proof`: digest of all that its reading depends on.

    `records`: IRI and digest of each dataset that it described.
    """

    location: str
    proof: str
    records: tuple[tuple[str, str], ...]
    rest: Mapping[str, Any]


def remember(reading: Reading, proof: str) -> Remembered:
    """What to keep of a reading; its descriptions are in the register already."""
    rest = {
        "repaired": [encoding.defect_to_plain(d) for d in reading.repaired],
        "listed": list(reading.listed),
        "next_page": reading.next_page,
        "dropped": dict(reading.dropped),
        "private": reading.private,
    }
    records = tuple((r.iri, r.digest) for r in reading.records)
    return Remembered(reading.location, proof, records, rest)


def find(db: sqlite3.Connection, source: str) -> dict[str, Remembered]:
    """The documents of a source, by proof."""
    rows = db.execute("SELECT location, proof, held FROM document WHERE source = ?", (source,))
    return {proof: _remembered(location, proof, held) for location, proof, held in rows}


def recall(db: sqlite3.Connection, documents: Iterable[Remembered]) -> Iterator[Reading]:
    """Each document as it was read, its descriptions taken from their latest versions.

    Raises DamagedTextError where one cannot be read.
    """
    for one in documents:
        records = (Record(i, _canonical(db, i, d), d, one.location) for i, d in one.records)
        rest = one.rest
        yield Reading(
            location=one.location,
            records=tuple(records),
            repaired=tuple(encoding.defect_from_plain(d) for d in rest["repaired"]),
            listed=tuple(rest["listed"]),
            next_page=rest["next_page"],
            dropped=rest["dropped"],
            private=rest["private"],
        )


def keep(
    db: sqlite3.Connection,
    source: str,
    documents: Iterable[Remembered],
    outdated: frozenset[str] | None = None,
) -> None:
    """Keeps these documents of a source and forgets those at these locations, or all others."""
    if outdated is None:
        db.execute("DELETE FROM document WHERE source = ?", (source,))
    else:
        db.execute(
            "DELETE FROM document WHERE source = ?"
            " AND location IN (SELECT value FROM json_each(?))",
            (source, encoding.dump(sorted(outdated))),
        )
    db.executemany(
        "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)",
        ((source, d.proof, d.location, _held(d)) for d in documents),
    )


def rewrite(db: sqlite3.Connection, source: str, shorten: Callable[[Defect], Defect]) -> None:
    """Says what was found in a source's documents in other words."""
    for one in find(db, source).values():
        told = [shorten(encoding.defect_from_plain(d)) for d in one.rest["repaired"]]
        rest = {**one.rest, "repaired": [encoding.defect_to_plain(d) for d in told]}
        db.execute(
            "UPDATE document SET held = ? WHERE source = ? AND proof = ?",
            (_held(replace(one, rest=rest)), source, one.proof),
        )


def doubt(db: sqlite3.Connection) -> None:
    """Keeps of every document only which datasets it gave: it is read again when it comes."""
    rows = db.execute("SELECT source, location, proof, held FROM document").fetchall()
    for source, *remembered in rows:
        one = _remembered(*remembered)
        held = _held(replace(one, rest={**one.rest, "repaired": []}))
        db.execute(
            "UPDATE document SET proof = ?, held = ? WHERE source = ? AND proof = ?",
            (f"{_DOUBTED} {one.proof}", held, source, one.proof),
        )


def _canonical(db: sqlite3.Connection, iri: str, digest: str) -> bytes:
    (found,) = db.execute(
        "SELECT canonical FROM version WHERE iri = ? AND digest = ? ORDER BY number DESC LIMIT 1",
        (iri, digest),
    ).fetchone()
    text = encoding.inflate(found)
    if text is None:
        raise DamagedTextError(iri)
    return text


def _held(document: Remembered) -> bytes:
    return zlib.compress(encoding.dump([document.records, document.rest]).encode(), 1)


def _remembered(location: str, proof: str, held: bytes) -> Remembered:
    records, rest = encoding.load(zlib.decompress(held).decode())
    return Remembered(location, proof, tuple((iri, digest) for iri, digest in records), rest)
