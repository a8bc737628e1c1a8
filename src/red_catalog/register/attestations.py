"""Who said, when, that a description is right as it stands. Rows are only added, each sealed."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

from red_catalog.register import audit, encoding

_COLUMNS: Final = "number, moment, iri, holder, version, digest, actor, via, seal"


@dataclass(frozen=True, slots=True)
class Attestation:
    """One attestation: of this version (number and digest) of a description, by its holder.

    `actor`: a key's number, `link` for a link that was mailed, or `operator`; `via`: how it
    came, such as `ingest`, `mail`, or what the operator noted. `seal`: of this row and of all
    before it.
    """

    moment: datetime
    iri: str
    holder: str
    version: int
    digest: str
    actor: str
    via: str
    number: int = 0
    seal: str = ""

    def fields(self) -> dict[str, Any]:
        """Its fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def add(db: sqlite3.Connection, one: Attestation) -> Attestation:
    """Adds an attestation, and returns it with its number and seal."""
    row = db.execute("SELECT seal FROM attestation ORDER BY number DESC LIMIT 1").fetchone()
    written = (
        one.moment.isoformat(), one.iri, one.holder, str(one.version), one.digest, one.actor,
        one.via,
    )  # fmt: skip
    sealed = audit.seal(row[0] if row else "", written)
    added = db.execute(
        "INSERT INTO attestation (moment, iri, holder, version, digest, actor, via, seal)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*written, sealed),
    )
    return replace(one, number=added.lastrowid or 0, seal=sealed)


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
    for number, when, *rest, seal in rows:
        found, holder, version, digest, actor, via = rest
        yield Attestation(
            encoding.moment(when), found, holder, int(version), digest, actor, via, number, seal
        )


def first_broken(db: sqlite3.Connection) -> int | None:
    """The number of the first row that was changed or lost, None where all are as written.

    The log of what was done has a line for each, which its own seals hold.
    """
    rows = db.execute(
        "SELECT number, seal, moment, iri, holder, version, digest, actor, via FROM attestation"
        " ORDER BY number"
    )
    before = ""
    for expected, (row, logged) in enumerate(zip_longest(rows, audit.attested(db)), 1):
        if row is None:
            return expected
        number, sealed, *written = row
        texts = tuple(str(one) for one in written)
        moment, iri, _, _, digest, actor, _ = texts
        intact = number == expected and sealed == audit.seal(before, texts)
        if not intact or logged != (moment, actor, iri, digest):
            return int(number)
        before = sealed
    return audit.lost_end(db, "attestation")
