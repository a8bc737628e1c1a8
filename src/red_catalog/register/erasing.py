"""What is taken out of the register for good: the file has no more of it."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from red_catalog.errors import BusyError
from red_catalog.model import Defect, Entry, Run
from red_catalog.register import audit, documents, encoding, runs, schema
from red_catalog.register.audit import Event
from red_catalog.register.ledger import Register
from red_catalog.register.pen import writing


@dataclass(frozen=True, slots=True)
class Wording:
    """What may still be said of a run, and of what was found in a document."""

    run: Callable[[Run], Run]
    defect: Callable[[Defect], Defect]


class Eraser:
    """Takes out of a register what is to be in it no more."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["Eraser"]:
        """The eraser of the register in this file, closed at the end."""
        with closing(schema.connect(path)) as connection:
            yield cls(connection)

    @property
    def register(self) -> Register:
        """The register itself, on the same connection."""
        return Register(self._db)

    def erase(
        self, entry: Entry, left: Mapping[int, bytes], wording: Wording, now: datetime
    ) -> int:
        """Leaves so much of a dataset's versions, by number, and notes it in the log.

        `entry`: the dataset without what is private in it. Tells of how many harvests something
        else is said now.
        """
        with writing(self._db):
            self._shorten(entry.iri, left)
            self._judge_withdrawn(entry)
            count = self._reword(entry.iri, wording)
            audit.add(self._db, Event(now, "operator", entry.holder, "erase", "done", entry.iri))
        return count

    def write_anew(self) -> None:
        """Writes the file anew, without the remains of what was deleted or replaced in it.

        Raises RedError where the disk or another program does not let it.
        """
        try:
            self._db.execute("VACUUM")
            (busy, _, _) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            trouble = schema.find_trouble(self._db, error)
            if trouble is None:
                raise
            raise trouble from error
        if busy:
            raise BusyError(
                "What was erased may still lie beside the register, as another program reads it:"
                " end that one, then erase once more."
            )

    def _shorten(self, iri: str, left: Mapping[int, bytes]) -> None:
        """The digests of versions stay those of what was accepted: others may have noted them."""
        self._db.executemany(
            "UPDATE version SET canonical = ?, erased = ? WHERE iri = ? AND number = ?",
            [
                (zlib.compress(text, 1), sha256(text).hexdigest(), iri, number)
                for number, text in left.items()
            ],
        )

    def _judge_withdrawn(self, entry: Entry) -> None:
        """Keeps of what was found in a withdrawn dataset what the entry has of it."""
        report, others = entry.report, entry.others
        self._db.execute(
            "UPDATE record SET report = ?, others = ? WHERE iri = ? AND withdrawn_at IS NOT NULL",
            (encoding.report_to_json(report), encoding.reports_to_json(others), entry.iri),
        )

    def _reword(self, iri: str, wording: Wording) -> int:
        """Says what harvests of a dataset's sources told in other words; tells of how many."""
        rows = self._db.execute(
            "SELECT source FROM record WHERE iri = :iri"
            " UNION SELECT source FROM outcome JOIN run ON run.id = outcome.run WHERE iri = :iri",
            {"iri": iri},
        )
        count = 0
        for (source,) in rows.fetchall():
            count += runs.rewrite(self._db, source, wording.run)
            documents.rewrite(self._db, source, wording.defect)
        return count
