"""Descriptions that a strict gate held back, so that the same ones are not validated again."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejection:
    """A description held back: its digest, its validation's fingerprint, its violations."""

    iri: str
    digest: str
    fingerprint: str
    violations: int


def find(db: sqlite3.Connection, source: str) -> dict[str, Rejection]:
    """What the last harvest of a source held back, by IRI."""
    rows = db.execute(
        "SELECT iri, digest, fingerprint, violations FROM rejection WHERE source = ?", (source,)
    )
    return {row[0]: Rejection(*row) for row in rows}


def keep(db: sqlite3.Connection, source: str, rejections: Iterable[Rejection]) -> None:
    """Keeps these rejections of a source and forgets its others."""
    db.execute("DELETE FROM rejection WHERE source = ?", (source,))
    db.executemany(
        "INSERT OR REPLACE INTO rejection VALUES (?, ?, ?, ?, ?)",
        ((source, r.iri, r.digest, r.fingerprint, r.violations) for r in rejections),
    )
