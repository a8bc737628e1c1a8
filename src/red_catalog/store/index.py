"""The index of a release: an SQLite file, written once and only read afterwards.

Datasets are numbered by page name. What has a code of a facet is kept as a set of bits, so that
the counts of all facets cost some operations on whole numbers, however many datasets there are.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from red_catalog.model import Indexed, IndexFacet
from red_catalog.store.words import forms, split

INDEX: Final = "index.db"  # its name in a release
FIELDS: Final = ("title", "keyword", "holder", "description")
_SCHEMA: Final = f"""
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE dataset (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, iri TEXT NOT NULL
        UNIQUE, told TEXT NOT NULL);
    CREATE TABLE facet (id TEXT PRIMARY KEY, name TEXT NOT NULL, place INTEGER NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE code (facet TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
        bits BLOB NOT NULL, PRIMARY KEY (facet, code)) WITHOUT ROWID;
    CREATE TABLE sorting (name TEXT PRIMARY KEY, ids BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE change (stamp TEXT NOT NULL, slug TEXT NOT NULL, iri TEXT NOT NULL,
        kind TEXT NOT NULL, holder TEXT NOT NULL, categories TEXT NOT NULL,
        changed TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (stamp, slug)) WITHOUT ROWID;
    CREATE UNIQUE INDEX change_slug ON change (slug);
    CREATE VIRTUAL TABLE words USING fts5({", ".join(FIELDS)}, content='', detail='column',
        tokenize='ascii');
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index is built from. `now`: when what is new becomes public."""

    release: str
    rows: Sequence[Indexed]
    facets: Sequence[IndexFacet]
    holders: Sequence[dict[str, Any]]
    now: datetime


def build(path: Path, contents: Contents, previous: Path | None = None) -> None:
    """Writes the index. `previous`: the last one, for what did not change to keep its stamp."""
    path.unlink(missing_ok=True)
    live = [row for row in contents.rows if row.kind != "withdrawn"]
    before = _stamps(previous)
    now = _next_stamp(contents.now, before)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(_SCHEMA)
        db.execute("BEGIN")
        about = {
            "release": contents.release,
            "published": now,
            "holders": _json(contents.holders),
        }
        db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        db.executemany(
            "INSERT INTO dataset VALUES (?, ?, ?, ?)",
            ((n, row.slug, row.iri, _json(row.told)) for n, row in enumerate(live)),
        )
        db.executemany(
            f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            ((n, *(_tokens(row.texts.get(f, "")) for f in FIELDS)) for n, row in enumerate(live)),
        )
        _write_facets(db, live, contents.facets)
        _write_sortings(db, live)
        _write_changes(db, contents.rows, now, before)
        db.execute("COMMIT")


def stamp(moment: datetime) -> str:
    """A moment in whole seconds, as every answer writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _next_stamp(now: datetime, before: dict[str, tuple[str, str]]) -> str:
    """The moment, or the last one told: a clock put back hides no change from who asks since."""
    return max([stamp(now), *(since for _, since in before.values())])


def _write_facets(
    db: sqlite3.Connection, live: Sequence[Indexed], facets: Iterable[IndexFacet]
) -> None:
    for place, facet in enumerate(facets):
        db.execute("INSERT INTO facet VALUES (?, ?, ?)", (facet.id, _json(facet.name), place))
        having: dict[str, bytearray] = {}
        for number, row in enumerate(live):
            for code in row.codes.get(facet.id, ()):
                bits = having.setdefault(code, bytearray(len(live) // 8 + 1))
                bits[number >> 3] |= 1 << (number & 7)
        db.executemany(
            "INSERT INTO code VALUES (?, ?, ?, ?)",
            (
                (facet.id, code, _json(facet.values.get(code, {"fr": code, "en": code})), bits)
                for code, bits in having.items()
            ),
        )


def _write_sortings(db: sqlite3.Connection, live: Sequence[Indexed]) -> None:
    for name in live[0].ranks if live else ():
        ids = sorted(range(len(live)), key=lambda n: (live[n].ranks[name], n))
        packed = b"".join(n.to_bytes(4, "little") for n in ids)
        db.execute("INSERT INTO sorting VALUES (?, ?)", (name, packed))


def _write_changes(
    db: sqlite3.Connection, rows: Iterable[Indexed], now: str, before: dict[str, tuple[str, str]]
) -> None:
    for row in rows:
        mark, since = before.get(row.slug, ("", now))
        db.execute(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                since if mark == row.mark else now, row.slug, row.iri, row.kind, row.holder,
                _json(row.codes.get("category", ())), stamp(row.changed), row.mark,
            ),
        )  # fmt: skip


def _stamps(previous: Path | None) -> dict[str, tuple[str, str]]:
    """The mark of each dataset in the last index, and since when it is public."""
    if previous is None or not previous.is_file():
        return {}
    with closing(sqlite3.connect(f"file:{previous}?mode=ro&immutable=1", uri=True)) as db:
        rows = db.execute("SELECT slug, mark, stamp FROM change")
        return {slug: (mark, since) for slug, mark, since in rows}


def _tokens(text: str) -> str:
    return " ".join(" ".join(forms(word)) for word in split(text))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
