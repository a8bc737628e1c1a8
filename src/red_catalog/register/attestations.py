"""Who said, when, that a description is right as it stands. Rows are only added, each sealed."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from red_catalog.register import audit, encoding

_COLUMNS: Final = "number, moment, iri, holder, version, digest, actor, via"


@dataclass(frozen=True, slots=True)
class Attestation:
    """One attestation: of this version (number and digest) of a description, by its holder.

    `actor`: a key's number, `link` for a link that was mailed, or `operator`; `via`: how it
    came, such as `ingest`, `mail`, or what the operator noted.
    """

    moment: datetime
    iri: str
    holder: str
    version: int
    digest: str
    actor: str
    via: str
    number: int = 0

    def fields(self) -> dict[str, Any]:
        """Its fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def add(db: sqlite3.Connection, one: Attestation) -> Attestation:
    """Adds an attestation, and returns it with its number."""
    row = db.execute("SELECT seal FROM attestation ORDER BY number DESC LIMIT 1").fetchone()
    written = (
        one.moment.isoformat(), one.iri, one.holder, str(one.version), one.digest, one.actor,
        one.via,
    )  # fmt: skip
    added = db.execute(
        "INSERT INTO attestation (moment, iri, holder, version, digest, actor, via, seal)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*written, audit.seal(row[0] if row else "", written)),
    )
    return replace(one, number=added.lastrowid or 0)


def take_over(db: sqlite3.Connection, holder: str, former: Iterable[str]) -> None:
    """Lets what was attested under former ids of a holder count for it."""
    db.executemany(
        "INSERT OR IGNORE INTO heir (former, holder) VALUES (?, ?)",
        [(one, holder) for one in former],
    )


def read(db: sqlite3.Connection, iri: str | None = None) -> Iterator[Attestation]:
    """Every attestation, or those of one dataset, the oldest first."""
    where, given = ("WHERE iri = ? ", (iri,)) if iri is not None else ("", ())
    rows = db.execute(f"SELECT {_COLUMNS} FROM attestation {where}ORDER BY number", given)  # noqa: S608
    for number, when, *middle, version, digest, actor, via in rows:
        found, holder = middle
        yield Attestation(
            encoding.moment(when), found, holder, int(version), digest, actor, via, number
        )


def first_broken(db: sqlite3.Connection) -> int | None:
    """The number of the first row that was changed or lost, None where all are as written."""
    rows = db.execute(
        "SELECT number, seal, moment, iri, holder, version, digest, actor, via FROM attestation"
        " ORDER BY number"
    )
    before = ""
    for expected, (number, sealed, *written) in enumerate(rows, 1):
        texts = tuple(str(one) for one in written)
        if number != expected or sealed != audit.seal(before, texts):
            return int(number)
        before = sealed
    return None
