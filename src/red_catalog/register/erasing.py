"""What is taken out of the register for good: the file has no more of it."""

import sqlite3
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from red_catalog.errors import BusyError
from red_catalog.model import Defect, Entry, Run
from red_catalog.register import documents, encoding, runs


@dataclass(frozen=True, slots=True)
class Wording:
    """What may still be said of a run, and of what was found in a document."""

    run: Callable[[Run], Run]
    defect: Callable[[Defect], Defect]


def shorten(db: sqlite3.Connection, iri: str, left: Mapping[int, bytes]) -> None:
    """Puts what is left of a dataset's versions, by number, in their place.

    Their digests stay those of what was accepted: others may have noted them.
    """
    db.executemany(
        "UPDATE version SET canonical = ?, erased = ? WHERE iri = ? AND number = ?",
        [
            (zlib.compress(text, 1), sha256(text).hexdigest(), iri, number)
            for number, text in left.items()
        ],
    )


def judge_withdrawn(db: sqlite3.Connection, entry: Entry) -> None:
    """Keeps of what was found in a dataset what the entry has of it, where it is withdrawn."""
    db.execute(
        "UPDATE record SET report = ?, others = ? WHERE iri = ? AND withdrawn_at IS NOT NULL",
        (encoding.report_to_json(entry.report), encoding.reports_to_json(entry.others), entry.iri),
    )


def reword(db: sqlite3.Connection, iri: str, wording: Wording) -> int:
    """Says what harvests told of a dataset's sources in other words; tells of how many."""
    rows = db.execute(
        "SELECT source FROM record WHERE iri = :iri"
        " UNION SELECT source FROM outcome JOIN run ON run.id = outcome.run WHERE iri = :iri",
        {"iri": iri},
    )
    count = 0
    for (source,) in rows.fetchall():
        count += runs.rewrite(db, source, wording.run)
        documents.rewrite(db, source, wording.defect)
    return count


def write_anew(db: sqlite3.Connection) -> None:
    """Writes the file anew, without the remains of what was deleted or replaced.

    Raises BusyError where another program reads for so long that they stay beside it.
    """
    db.execute("VACUUM")
    (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise BusyError(
            "What was erased may still lie beside the register, as another program reads it: end"
            " that one, then erase once more."
        )
