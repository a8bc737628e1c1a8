"""The runs of each source, with what became of each record."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from red_catalog.model import READ, Outcome, Run, State, Verdict
from red_catalog.register import encoding

_EVENTS: Final = {State.NEW, State.UPDATED, State.WITHDRAWN}
# The runs before the latest one and the one that the site shows, which is the last that brought or
# told something else. One without a signature is one of them already.
_PAST: Final = (
    "SELECT id FROM run WHERE source = :source AND signature <> '' AND id < :latest"
    " AND id <> (SELECT MAX(id) FROM run WHERE source = :source AND eventful)"
)
_FORGET: Final = (
    f"DELETE FROM outcome WHERE run IN ({_PAST})"  # noqa: S608
    " AND state NOT IN (SELECT value FROM json_each(:events))",
    # What was private is asked for once more after the return to a backup.
    """UPDATE run SET signature = '', detail = json_set(
        '{"dropped":{},"repaired":[],"unreadable":[]}',
        '$.private', json(COALESCE(json_extract(detail, '$.private'), '[]')))"""  # noqa: S608
    f" WHERE id IN ({_PAST})",
)


def write(db: sqlite3.Connection, run: Run) -> int:
    """Writes a run and returns its number."""
    detail, signature = _detail(run)
    last = db.execute(
        "SELECT signature FROM run WHERE source = ? ORDER BY id DESC LIMIT 1", (run.source,)
    ).fetchone()
    changed = any(o.state in _EVENTS for o in run.outcomes)
    eventful = changed or last is None or last[0] != signature
    cursor = db.execute(
        "INSERT INTO run (source, started, ended, status, unchanged, detail, eventful,"
        " signature, read) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (run.source, run.started.isoformat(), run.ended.isoformat(), run.status,
         run.unchanged, detail, eventful, signature, run.read),
    )  # fmt: skip
    number = cursor.lastrowid
    assert number is not None
    _write_outcomes(db, number, run.outcomes)
    _forget(db, run.source, number)
    return number


def _forget(db: sqlite3.Connection, source: str, latest: int) -> None:
    """Leaves of a source's earlier runs when they ran, their counts and what they changed.

    What else was said is mostly the same each time, and a run a night would outgrow all else.
    """
    events = encoding.dump(sorted(state.value for state in _EVENTS))
    for statement in _FORGET:
        db.execute(statement, {"source": source, "latest": latest, "events": events})


def rewrite(db: sqlite3.Connection, source: str, shorten: Callable[[Run], Run]) -> int:
    """Says what was said of a source's runs in other words; tells of how many runs."""
    count = 0
    for before in latest(db, source, limit=-1):
        run = shorten(before)
        if run == before:
            continue
        count += 1
        detail, signature = _detail(run)
        db.execute(
            "UPDATE run SET detail = ?, signature = ? WHERE id = ?", (detail, signature, run.id)
        )
        db.execute("DELETE FROM outcome WHERE run = ?", (run.id,))
        _write_outcomes(db, run.id, run.outcomes)
    return count


def _detail(run: Run) -> tuple[str, str]:
    """What was said of a run as a whole, and what tells it from one that says the same."""
    detail = encoding.dump(
        {
            "unreadable": [encoding.unreadable_to_plain(u) for u in run.unreadable],
            "repaired": [[where, encoding.defect_to_plain(d)] for where, d in run.repaired],
            "dropped": dict(run.dropped),
            "private": list(run.private),
        }
    )
    return detail, encoding.dump([run.status, detail, sorted(_held_back(run.outcomes))])


def _write_outcomes(db: sqlite3.Connection, run: int, outcomes: Iterable[Outcome]) -> None:
    db.executemany(
        "INSERT INTO outcome VALUES (?, ?, ?, ?, ?)",
        [
            (run, o.iri, o.state.value, o.verdict and o.verdict.value,
             o.reason and encoding.dump(dict(o.reason)))
            for o in outcomes
        ],
    )  # fmt: skip


def latest(
    db: sqlite3.Connection, source: str, *, only_eventful: bool = False, limit: int = 1
) -> list[Run]:
    """The latest runs of a source, newest first."""
    rows = db.execute(
        "SELECT id, source, started, ended, status, unchanged, detail, read, requests, received"
        " FROM run LEFT JOIN cost ON cost.run = run.id"
        " WHERE source = ? AND eventful >= ? ORDER BY id DESC LIMIT ?",
        (source, int(only_eventful), limit),
    )
    return [_run(db, row) for row in rows.fetchall()]


def withdrawals(db: sqlite3.Connection, iri: str) -> list[datetime]:
    """When harvests withdrew a dataset, or an operator did, the oldest first."""
    rows = db.execute(
        "SELECT ended FROM outcome JOIN run ON run.id = outcome.run"
        " WHERE iri = ? AND state = ? ORDER BY run.id",
        (iri, State.WITHDRAWN.value),
    )
    return [encoding.moment(ended) for (ended,) in rows]


def _run(db: sqlite3.Connection, row: Sequence[Any]) -> Run:
    number, source, started, ended, status, unchanged, detail, read, requests, received = row
    plain = encoding.load(detail)
    outcomes = db.execute(
        "SELECT iri, state, verdict, reason FROM outcome WHERE run = ? ORDER BY rowid",
        (number,),
    )
    run = Run(
        id=number,
        source=source,
        started=encoding.moment(started),
        ended=encoding.moment(ended),
        status=status,
        unchanged=unchanged,
        outcomes=tuple(
            Outcome(i, State(s), v and Verdict(v), r and encoding.load(r))
            for i, s, v, r in outcomes
        ),
        unreadable=tuple(encoding.unreadable_from_plain(u) for u in plain["unreadable"]),
        repaired=tuple((w, encoding.defect_from_plain(d)) for w, d in plain["repaired"]),
        dropped=plain["dropped"],
        private=tuple(plain.get("private", ())),
        requests=requests or 0,
        received=received or 0,
    )
    # What was read was not counted apart in older registers.
    return replace(run, read=sum(run.totals()[s] for s in READ) if read is None else read)


def _held_back(outcomes: Iterable[Outcome]) -> Iterator[list[str]]:
    for o in outcomes:
        # What is said of an unchanged record once more is no event.
        if o.state not in _EVENTS and o.state is not State.UNCHANGED:
            yield [o.iri, o.state.value, encoding.dump(dict(o.reason or {}))]
