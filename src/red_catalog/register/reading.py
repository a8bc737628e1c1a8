"""Datasets as the register keeps them: all, some, or those that changed since a release."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from red_catalog.model import Entry, Kept, Reviewed, Verdict
from red_catalog.register import encoding

# What a holder attested under a former id counts.
_LAST: Final = (
    "a.number = (SELECT MAX(number) FROM attestation t WHERE iri = r.iri AND (holder = r.holder"
    " OR EXISTS (SELECT 1 FROM heir WHERE former = t.holder AND heir.holder = r.holder)))"
)
_COLUMNS: Final = (
    "r.iri, slug, r.holder, source, v.canonical, r.digest, verdict, report,"
    " first_seen, changed, versions, absent_since, withdrawn_at, scores, others, remarks,"
    " a.moment, a.version, a.digest, r.private >= versions"
    " FROM record r JOIN version v ON v.iri = r.iri AND v.number = r.versions"
    f" LEFT JOIN attestation a ON {_LAST}"
)
# Of so many releases it is known what the register held.
_RELEASES: Final = 20


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A live dataset, and since when its yearly check counts: without its description."""

    iri: str
    slug: str
    holder: str
    since: date
    attested: bool
    changed_since: bool


def every(db: sqlite3.Connection) -> Iterator[Entry]:
    """Every dataset with its latest accepted version, by IRI; withdrawn ones too."""
    for row in db.execute(f"SELECT {_COLUMNS} ORDER BY r.iri"):
        yield _entry(row)


def some(db: sqlite3.Connection, iris: Iterable[str]) -> list[Entry]:
    """These datasets, in this order. Raises KeyError for an unknown one."""
    found = []
    for iri in iris:
        row = db.execute(f"SELECT {_COLUMNS} WHERE r.iri = ?", (iri,)).fetchone()
        if row is None:
            raise KeyError(iri)
        found.append(_entry(row))
    return found


def of_holder(db: sqlite3.Connection, holder: str) -> Iterator[Entry]:
    """The datasets of one holder, by IRI; withdrawn ones too."""
    for row in db.execute(f"SELECT {_COLUMNS} WHERE r.holder = ? ORDER BY r.iri", (holder,)):
        yield _entry(row)


def one(db: sqlite3.Connection, name: str) -> Entry | None:
    """The dataset of this IRI or page name, None for an unknown one."""
    row = db.execute(f"SELECT {_COLUMNS} WHERE r.iri = ? OR slug = ?", (name, name)).fetchone()
    return _entry(row) if row else None


def checkpoints(db: sqlite3.Connection, holder: str | None) -> list[Checkpoint]:
    """Since when each live dataset's yearly check counts, of one holder or of all."""
    rows = db.execute(
        "SELECT r.iri, slug, r.holder, COALESCE(a.moment, first_seen), a.moment IS NOT NULL,"  # noqa: S608
        f" COALESCE(a.digest <> r.digest, 0) FROM record r LEFT JOIN attestation a ON {_LAST}"
        " WHERE withdrawn_at IS NULL AND (? IS NULL OR r.holder = ?) ORDER BY slug",
        (holder, holder),
    )
    return [
        Checkpoint(iri, slug, owner, encoding.moment(when).astimezone(UTC).date(),
                   attested=bool(attested), changed_since=bool(changed))
        for iri, slug, owner, when, attested, changed in rows
    ]  # fmt: skip


def names(db: sqlite3.Connection, after: int | None = None) -> list[tuple[str, str]]:
    """Page name and IRI of every dataset, or of those touched since, by page name."""
    since = -1 if after is None else after
    # The plus keeps SQLite from reading every record in the order of another index.
    rows = db.execute("SELECT slug, iri FROM record WHERE touched > ? ORDER BY +slug", (since,))
    return [(slug, iri) for slug, iri in rows]


def kept(db: sqlite3.Connection, iri: str, version: int) -> Kept | None:
    """What is kept of a version of a dataset, None for an unknown one."""
    row = db.execute(
        "SELECT canonical, digest, erased FROM version WHERE iri = ? AND number = ?",
        (iri, version),
    ).fetchone()
    if row is None:
        return None
    canonical, digest, erased = row
    text = encoding.inflate(canonical)
    intact = text is not None and hashlib.sha256(text).hexdigest() == (erased or digest)
    return Kept(text, digest, intact=intact, erased=erased is not None)


def first_altered(db: sqlite3.Connection) -> tuple[str, int] | None:
    """The first version (IRI and number) whose text is not the one that its digest is of.

    Where something was erased for good, it is what was left then.
    """
    rows = db.execute(
        "SELECT iri, number, COALESCE(erased, digest), canonical FROM version ORDER BY iri, number"
    )
    for iri, number, digest, canonical in rows:
        text = encoding.inflate(canonical)
        if text is None or hashlib.sha256(text).hexdigest() != digest:
            return iri, number
    return None


def count(db: sqlite3.Connection) -> int:
    """How many datasets are not withdrawn."""
    (number,) = db.execute("SELECT COUNT(*) FROM record WHERE withdrawn_at IS NULL").fetchone()
    return int(number)


def origins(db: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """The sources and holders of the datasets that are not withdrawn, and how many each has."""
    rows = db.execute(
        "SELECT source, holder, COUNT(*) FROM record WHERE withdrawn_at IS NULL"
        " GROUP BY source, holder ORDER BY source, holder"
    )
    return [(source, holder, number) for source, holder, number in rows]


def withdrawn(db: sqlite3.Connection) -> int:
    """How many datasets are withdrawn."""
    (number,) = db.execute("SELECT COUNT(withdrawn_at) FROM record").fetchone()
    return int(number)


def touched(db: sqlite3.Connection) -> int:
    """A number that grows whenever something of a dataset that is published changes."""
    (number,) = db.execute("SELECT COALESCE(MAX(touched), 0) FROM record").fetchone()
    return int(number)


def released(db: sqlite3.Connection, release: str) -> int | None:
    """The number when a release was made, None for a release that is not of this register.

    A register that came back from a backup does not know the releases made since.
    """
    row = db.execute("SELECT touched FROM released WHERE id = ?", (release,)).fetchone()
    return row and int(row[0])


def keep_release(db: sqlite3.Connection, release: str, number: int) -> None:
    """Remembers which number a release was made at; the oldest ones are forgotten."""
    db.execute("INSERT OR REPLACE INTO released (id, touched) VALUES (?, ?)", (release, number))
    db.execute(
        "DELETE FROM released WHERE rowid <= (SELECT MAX(rowid) FROM released) - ?", (_RELEASES,)
    )


def last_change(db: sqlite3.Connection, until: datetime | None = None) -> datetime | None:
    """When a dataset last changed or was checked by its holder, None where there is none.

    `until`: what is dated later does not count.
    """
    limit = "9999" if until is None else until.isoformat()
    asked = (
        "SELECT MAX(changed) FROM record WHERE changed <= ?",
        "SELECT MAX(moment) FROM attestation WHERE moment <= ?",
    )
    found = [db.execute(one, (limit,)).fetchone()[0] for one in asked]
    return max((encoding.moment(one) for one in found if one), default=None)


def _entry(row: Sequence[Any]) -> Entry:
    iri, slug, holder, source, packed, digest, verdict, report, first, changed, *rest = row
    versions, absent, withdrawn, scored, others, remarks, when, attested, checked, private = rest
    canonical = encoding.inflate(packed)
    counted, mqa = encoding.scores_from_json(scored) if scored else (None, None)
    return Entry(
        iri=iri,
        slug=slug,
        holder=holder,
        source=source,
        canonical=canonical or b"",
        digest=digest,
        verdict=Verdict(verdict),
        report=encoding.report_from_json(report),
        first_seen=encoding.moment(first),
        changed=encoding.moment(changed),
        versions=versions,
        absent_since=encoding.moment(absent) if absent else None,
        withdrawn_at=encoding.moment(withdrawn) if withdrawn else None,
        completeness=counted,
        mqa=mqa,
        others=encoding.reports_from_json(others) if others else (),
        remarks=encoding.findings_from_json(remarks) if remarks else (),
        reviewed=Reviewed(encoding.moment(when), attested, checked) if when else None,
        private=bool(private),
        # Nothing is told of what a withdrawn or private one says.
        damaged=canonical is None and not withdrawn and not private,
    )
