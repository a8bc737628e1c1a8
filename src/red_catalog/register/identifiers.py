"""The identifiers that live datasets declare, so that those given twice are found at once."""

import json
import sqlite3
import zlib
from typing import Final

from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_blank, is_iri, literal, make_iri

_IDENTIFIER: Final = term("dct:identifier")


def keep(db: sqlite3.Connection, dataset: str, canonical: bytes) -> None:
    """Keeps the identifiers of a description in place of those of the one before."""
    forget(db, dataset)
    db.executemany(
        "INSERT OR IGNORE INTO identifier VALUES (?, ?, ?)",
        [(_plain(one), dataset, one) for one in _find(dataset, canonical)],
    )


def forget(db: sqlite3.Connection, dataset: str) -> None:
    """Forgets the identifiers of a dataset that is withdrawn."""
    db.execute("DELETE FROM identifier WHERE iri = ?", (dataset,))


def shared(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The datasets with an identifier that another one has too, with those terms."""
    rows = db.execute(
        "SELECT iri, term FROM identifier WHERE text IN (SELECT text FROM identifier"
        " GROUP BY text HAVING COUNT(DISTINCT iri) > 1) ORDER BY iri, term"
    )
    found: dict[str, list[str]] = {}
    for dataset, one in rows:
        found.setdefault(dataset, []).append(one)
    return found


def to_json(dataset: str, packed: bytes) -> str:
    """The identifiers of a packed description, for a migration: `[[text, term], …]`."""
    found = _find(dataset, zlib.decompress(packed))
    return json.dumps([[_plain(one), one] for one in found])


def _find(dataset: str, canonical: bytes) -> list[str]:
    mine = f"{make_iri(dataset)} {_IDENTIFIER} "
    lines = canonical.decode().split("\n")
    found = {line[len(mine) : -2] for line in lines if line.startswith(mine)}
    return sorted(o for o in found if not is_blank(o) and _plain(o))


def _plain(one: str) -> str:
    """The text of an identifier: the same text is the same one, whatever its type."""
    return iri(one) if is_iri(one) else literal(one)[0].strip()
