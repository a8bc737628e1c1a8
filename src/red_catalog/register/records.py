"""Records as they are kept: each version, its judgement, and whether it is still there."""

import sqlite3
import zlib
from collections.abc import Mapping
from typing import Any, Final

from red_catalog.register import encoding, identifiers
from red_catalog.register.change import Accepted, Change
from red_catalog.register.slug import make_slug

# Eight digits of two IRIs may be the same, by chance or on purpose; all of them are not.
_DIGITS: Final = (8, 16, 64)


def accept(db: sqlite3.Connection, accepted: Accepted, now: str) -> None:
    """Keeps a new version of a record with its judgement."""
    record = accepted.record
    row = db.execute("SELECT versions, slug FROM record WHERE iri = ?", (record.iri,)).fetchone()
    before, slug = row or (0, _name_page(db, record.iri))
    number = before + 1
    db.execute(
        "INSERT INTO version (iri, number, digest, canonical, recorded) VALUES (?, ?, ?, ?, ?)",
        (record.iri, number, record.digest, zlib.compress(record.canonical, 1), now),
    )
    db.execute(
        "INSERT INTO record (iri, slug, holder, source, document, digest, fingerprint,"
        " verdict, report, others, scores, given, applicable, points, versions, first_seen,"
        " changed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (iri) DO UPDATE SET holder = excluded.holder, source = excluded.source,"
        " document = excluded.document, digest = excluded.digest,"
        " fingerprint = excluded.fingerprint, verdict = excluded.verdict,"
        " report = excluded.report, others = excluded.others, scores = excluded.scores,"
        " given = excluded.given, applicable = excluded.applicable, points = excluded.points,"
        " versions = excluded.versions, changed = excluded.changed,"
        " absent_since = NULL, absent_runs = 0, withdrawn_at = NULL",
        (record.iri, slug, accepted.holder, accepted.source, record.document,
         record.digest, *_judgement(accepted), number, now, now),
    )  # fmt: skip
    identifiers.keep(db, record.iri, record.canonical)


def review(db: sqlite3.Connection, accepted: Accepted) -> None:
    """A new report on a description that did not change."""
    db.execute(
        "UPDATE record SET fingerprint = ?, verdict = ?, report = ?, others = ?, scores = ?,"
        " given = ?, applicable = ?, points = ? WHERE iri = ?",
        (*_judgement(accepted), accepted.record.iri),
    )


def mark(db: sqlite3.Connection, change: Change, now: str) -> None:
    """Notes which records were seen, missed or withdrawn."""
    missed = {
        iri
        for (iri,) in db.execute(
            "SELECT iri FROM record WHERE source = ? AND absent_since IS NOT NULL",
            (change.run.source,),
        )
    }
    db.executemany(
        "UPDATE record SET absent_since = NULL, absent_runs = 0 WHERE iri = ?",
        [(iri,) for iri in change.seen if iri in missed],
    )
    db.executemany(
        "UPDATE record SET document = ? WHERE iri = ?", [(to, iri) for iri, to in change.moved]
    )
    # A clock that was ahead once must not keep for years what is missing.
    db.executemany(
        "UPDATE record SET absent_since = MIN(COALESCE(absent_since, :now), :now),"
        " absent_runs = absent_runs + 1 WHERE iri = :iri",
        [{"now": now, "iri": iri} for iri in change.absent],
    )
    db.executemany(
        "UPDATE record SET withdrawn_at = ?, changed = ? WHERE iri = ?",
        [(now, now, iri) for iri in change.withdrawn],
    )
    for iri in change.withdrawn:
        identifiers.forget(db, iri)
    # Given again without the mark, it is a new version: those up to here stay private.
    db.executemany(
        "UPDATE record SET private = versions WHERE iri = ?", [(iri,) for iri in change.private]
    )


def inherit(db: sqlite3.Connection, heirs: Mapping[str, str]) -> int:
    """Gives holders every dataset that has one of their former ids; tells how many."""
    moves = [(heir, former) for former, heir in heirs.items()]
    return db.executemany("UPDATE record SET holder = ? WHERE holder = ?", moves).rowcount


def _name_page(db: sqlite3.Connection, iri: str) -> str:
    """The name that a dataset's page has from now on: a longer one where another has the usual."""
    names = (make_slug(iri, digits) for digits in _DIGITS)
    taken = "SELECT 1 FROM record WHERE slug = ?"
    return next(one for one in names if db.execute(taken, (one,)).fetchone() is None)


def _judgement(accepted: Accepted) -> tuple[Any, ...]:
    """What was found out about a record, in the order of the columns."""
    report = encoding.report_to_json(accepted.report)
    others = encoding.reports_to_json(accepted.others) if accepted.others else None
    found = (accepted.fingerprint, accepted.verdict.value, report, others)
    counted, mqa = accepted.completeness, accepted.mqa
    if counted is None or mqa is None:
        return (*found, None, None, None, None)
    text = encoding.scores_to_json(counted, mqa)
    return (*found, text, counted.given, counted.applicable, mqa.points)
