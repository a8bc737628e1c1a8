"""What outlives the return to a backup: what others have read or were told, or have said.

Events, attestations, reminders, and what was withdrawn, revoked or marked private.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from red_catalog.ehds import privacy
from red_catalog.errors import RedError
from red_catalog.register import documents, encoding, identifiers
from red_catalog.register.pen import writing
from red_catalog.register.schema import connect, explain

_REVOKED: Final = """UPDATE token SET revoked = before.revoked
    FROM displaced.token AS before
    WHERE before.id = token.id AND token.revoked IS NULL AND before.revoked IS NOT NULL"""
# A register that did not come from the copy has others of the same numbers.
_STRANGE: Final = (
    """SELECT 1 FROM main.announcement a LEFT JOIN displaced.announcement b USING (feed, number)
    WHERE (a.iri, a.kind, a.version, a.digest, a.published)
        IS NOT (b.iri, b.kind, b.version, b.digest, b.published) LIMIT 1""",
    """SELECT 1 FROM main.version a JOIN displaced.version b USING (iri, number)
    WHERE a.digest <> b.digest LIMIT 1""",
    *(
        f"SELECT 1 FROM main.{one} a JOIN displaced.{one} b USING (number)"  # noqa: S608
        " WHERE a.seal <> b.seal LIMIT 1"
        for one in ("audit", "attestation")
    ),
)
_LOST: Final = """SELECT iri FROM displaced.record
    WHERE iri IN (SELECT iri FROM displaced.announced) AND iri NOT IN (SELECT iri FROM main.record)
    """
# What a restore withdrew, as its copy did not know it, was not withdrawn by a source.
_WITHDRAWN: Final = """SELECT iri FROM main.record a JOIN displaced.record b USING (iri)
    WHERE a.withdrawn_at IS NULL AND b.withdrawn_at > a.changed AND b.withdrawn_at NOT IN
        (SELECT moment FROM displaced.audit WHERE action = 'restore')"""
# What was harvested or erased since of datasets that the copy has.
_CHANGED: Final = """SELECT iri, a.versions, b.private > a.private OR EXISTS
        (SELECT 1 FROM main.version c JOIN displaced.version d USING (iri, number)
        WHERE c.iri = a.iri AND d.erased IS NOT NULL AND d.erased IS NOT c.erased) AS hidden
    FROM main.record a JOIN displaced.record b USING (iri)
    WHERE hidden OR b.versions > a.versions"""
_UNHEARD: Final = (
    "INSERT OR IGNORE INTO main.unheard SELECT source FROM displaced.record WHERE iri = ?"
)
_AS_IT_WAS: Final = (
    "INSERT OR REPLACE INTO main.record SELECT * FROM displaced.record WHERE iri = ?"
)
_LEDGER: Final = (
    # What holders handed in and took back is no harvest's: the next one takes it as it is.
    "INSERT OR REPLACE INTO main.handed SELECT * FROM displaced.handed",
    "INSERT OR REPLACE INTO main.handed_name SELECT * FROM displaced.handed_name",
    "INSERT OR IGNORE INTO main.unheard SELECT * FROM displaced.unheard",
    # The seals go on, as both begin alike; nobody is reminded twice, and mailed links still open.
    *(
        f"INSERT INTO main.{one} SELECT * FROM displaced.{one}"  # noqa: S608
        f" WHERE number > (SELECT COALESCE(MAX(number), 0) FROM main.{one}) ORDER BY number"
        for one in ("audit", "attestation", "reminder")
    ),
    "INSERT OR IGNORE INTO main.secret SELECT * FROM displaced.secret",
    # The reports of harvests are those of the copy again: they quote nothing that is private now.
    """UPDATE main.run SET detail = json_set(detail, '$.private', json((
        SELECT json_group_array(value) FROM (
            SELECT value FROM json_each(run.detail, '$.private')
            UNION SELECT value FROM displaced.run b, json_each(b.detail, '$.private')
            WHERE b.source = run.source AND b.id > run.id))))
    WHERE id IN (SELECT MAX(id) FROM main.run WHERE eventful GROUP BY source)""",
    "INSERT INTO main.version SELECT * FROM displaced.version b"
    " WHERE iri IN (SELECT iri FROM main.record) AND NOT EXISTS"
    " (SELECT 1 FROM main.version a WHERE a.iri = b.iri AND a.number = b.number)",
    # What was erased since the copy is no more: of the versions that were, less is left.
    """INSERT OR REPLACE INTO main.version SELECT b.*
    FROM displaced.version b JOIN main.version a USING (iri, number)
    WHERE b.erased IS NOT NULL AND b.erased IS NOT a.erased""",
    "INSERT OR IGNORE INTO main.announcement SELECT * FROM displaced.announcement",
    "DELETE FROM main.announced",
    "INSERT INTO main.announced SELECT * FROM displaced.announced",
    "DELETE FROM main.delivery",
    "INSERT INTO main.delivery SELECT * FROM displaced.delivery",
)
# What was erased of what the runs that both know told is not told again.
_BOTH: Final = "SELECT a.id FROM main.run a JOIN displaced.run b USING (id, source, ended)"
_SAID: Final = (
    "UPDATE main.run SET detail = b.detail, signature = b.signature FROM displaced.run b"  # noqa: S608
    f" WHERE b.id = run.id AND b.id IN ({_BOTH})",
    f"DELETE FROM main.outcome WHERE run IN ({_BOTH})",  # noqa: S608
    "INSERT INTO main.outcome SELECT o.* FROM displaced.outcome o"  # noqa: S608
    f" WHERE run IN ({_BOTH}) ORDER BY o.rowid",
)
_LATEST: Final = "(SELECT MAX(number) FROM main.version v WHERE v.iri = record.iri)"


def carry_over(copy: Path, displaced: Path, now: datetime) -> bool:
    """Gives a copy what the register that it displaces knows, and others do; whether it could.

    Its events, and what each target has of them: numbers go on, and what the copy does not
    know of what was published is withdrawn. So do its log, attestations and reminders. What was
    withdrawn since stays so until a harvest gives it again; a dataset of which something was
    marked private since stays as it was last harvested. The ends of keys are taken over in any
    case.
    """
    try:
        with closing(connect(copy)) as db:
            # As bytes: a name may be no text in the locale of now.
            db.execute("ATTACH ? AS displaced", (os.fsencode(displaced),))
            with writing(db):
                db.execute(_REVOKED)
                goes_on = not any(db.execute(one).fetchone() for one in _STRANGE)
                if goes_on:
                    _go_on(db, now.isoformat())
            db.execute("DETACH displaced")
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise RedError(explain(copy, error)) from error
    return goes_on


def _go_on(db: sqlite3.Connection, now: str) -> None:
    for iri in {*_find_marked(db), *(iri for (iri,) in db.execute(_WITHDRAWN))}:
        db.execute(_AS_IT_WAS, (iri,))
        _keep_identifiers(db, iri)
    lost = [iri for (iri,) in db.execute(_LOST)]
    for iri in lost:
        db.execute("INSERT INTO main.record SELECT * FROM displaced.record WHERE iri = ?", (iri,))
        db.execute(
            "UPDATE main.record SET withdrawn_at = ?, changed = ?"
            " WHERE iri = ? AND withdrawn_at IS NULL",
            (now, now, iri),
        )
    if db.execute("SELECT 1 FROM displaced.version WHERE erased IS NOT NULL LIMIT 1").fetchone():
        for statement in _SAID:
            db.execute(statement)
        documents.doubt(db)
    for statement in _LEDGER:
        db.execute(statement)
    # Versions have numbers, too: what is in force again is a new one.
    db.execute(
        "INSERT INTO main.version (iri, number, digest, canonical, recorded)"  # noqa: S608
        f" SELECT record.iri, {_LATEST} + 1, record.digest, kept.canonical, ?"
        " FROM main.record JOIN main.version kept"
        " ON kept.iri = record.iri AND kept.number = record.versions"
        f" WHERE {_LATEST} > record.versions",
        (now,),
    )
    db.execute(
        f"UPDATE main.record SET versions = {_LATEST}, changed = ? WHERE versions < {_LATEST}",  # noqa: S608
        (now,),
    )


def _find_marked(db: sqlite3.Connection) -> Iterator[str]:
    """The datasets of which anything was marked private since the copy was taken, or still is.

    Marks may be erased as well. What is too damaged to be read may have some: its source is to be
    harvested before anything is published.
    """
    for iri, known, hidden in db.execute(_CHANGED).fetchall():
        later = db.execute(
            "SELECT canonical FROM displaced.version WHERE iri = ? AND number > ?", (iri, known)
        )
        texts = [encoding.inflate(packed) for (packed,) in later]
        if hidden or any(privacy.MARKED in text for text in texts if text):
            yield iri
        elif None in texts:
            db.execute(_UNHEARD, (iri,))


def _keep_identifiers(db: sqlite3.Connection, iri: str) -> None:
    """Those of a dataset as the displaced register has it: none where it is withdrawn."""
    identifiers.forget(db, iri)
    live = db.execute(
        "SELECT canonical FROM displaced.record r JOIN displaced.version v"
        " ON v.iri = r.iri AND v.number = r.versions WHERE r.iri = ? AND withdrawn_at IS NULL",
        (iri,),
    )
    for (packed,) in live.fetchall():
        identifiers.keep(db, iri, encoding.inflate(packed) or b"")
