"""Descriptions that a strict gate held back, so that the same ones are not validated again."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from red_catalog.model import Text
from red_catalog.register import encoding


@dataclass(frozen=True, slots=True)
class Rejection:
    """A description held back, and why: its digest, its validation's fingerprint."""

    iri: str
    digest: str
    fingerprint: str
    reason: Text


def find(db: sqlite3.Connection, source: str) -> dict[str, Rejection]:
    """What the last harvest of a source held back, by IRI."""
    rows = db.execute(
        "SELECT iri, digest, fingerprint, reason FROM rejection WHERE source = ?", (source,)
    )
    return {iri: Rejection(iri, d, f, encoding.load(reason)) for iri, d, f, reason in rows}


def keep(db: sqlite3.Connection, source: str, rejections: Iterable[Rejection]) -> None:
    """Keeps these rejections of a source and forgets its others."""
    db.execute("DELETE FROM rejection WHERE source = ?", (source,))
    db.executemany(
        "INSERT OR REPLACE INTO rejection VALUES (?, ?, ?, ?, ?)",
        (
            (source, r.iri, r.digest, r.fingerprint, encoding.dump(dict(r.reason)))
            for r in rejections
        ),
    )
