"""The index of a release: an SQLite file, written once and only read afterwards.

Datasets are numbered by page name. What has a code of a facet is kept as a set of bits, so that
the counts of all facets cost some operations on whole numbers, however many datasets there are.
"""

import json
import shutil
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from red_catalog.errors import RedError
from red_catalog.model import Indexed, IndexFacet
from red_catalog.store import lines, stamps
from red_catalog.store.lines import FIELDS, PLACES, Line, write_json
from red_catalog.store.patching import Patch, fits
from red_catalog.store.stamps import PENDING, stamp

INDEX: Final = "index.db"  # its name in a release
# So many releases are remembered that showed changes: who asks since before them is told all.
_RELEASES: Final = 1000
_CHANGE: Final = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SCHEMA: Final = f"""
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE dataset (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, iri TEXT NOT NULL
        UNIQUE, told TEXT NOT NULL);
    {lines.SCHEMA};
    CREATE TABLE facet (id TEXT PRIMARY KEY, name TEXT NOT NULL, place INTEGER NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE code (facet TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
        bits BLOB NOT NULL, PRIMARY KEY (facet, code)) WITHOUT ROWID;
    CREATE TABLE sorting (name TEXT PRIMARY KEY, ids BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE change (stamp TEXT NOT NULL, slug TEXT NOT NULL, iri TEXT NOT NULL,
        kind TEXT NOT NULL, holder TEXT NOT NULL, categories TEXT NOT NULL,
        changed TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (stamp, slug)) WITHOUT ROWID;
    CREATE UNIQUE INDEX change_slug ON change (slug);
    CREATE VIRTUAL TABLE words USING fts5({", ".join(FIELDS)}, content='', tokenize='ascii');
"""


class DamagedError(Exception):
    """The last index cannot be read whole: a new one is to be written of all datasets."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index is built from.

    `now`: when what is new becomes public, None where `stamps.show` tells it later; `rows`: of
    all datasets by page name where `whole`, else of those that changed; `told`: how many changes
    the ledger of each feed has.
    """

    release: str
    rows: Iterable[Indexed]
    facets: Sequence[IndexFacet]
    holders: Sequence[dict[str, Any]]
    now: datetime | None = None
    whole: bool = True
    told: Mapping[str, int] = field(default_factory=dict)


def build(path: Path, contents: Contents, previous: Path | None = None) -> None:
    """Writes the index. `previous`: the last one, for what did not change to keep its stamp.

    Raises DamagedError where `previous` cannot be read.
    """
    try:
        _build(path, contents, previous)
        if contents.now is not None:
            stamps.show(path, contents.now)
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise RedError(f"{path} cannot be written ({error}): make room.") from None
        if previous is not None:
            raise DamagedError from error
        if code == sqlite3.SQLITE_IOERR:
            told = f"{path} cannot be written ({error}): make room, or look at the disk."
            raise RedError(told) from None
        raise


def is_readable(path: Path) -> bool:
    """Whether an index is there and not cut short."""
    try:
        with closing(_read_only(path)) as db:
            db.execute("SELECT slug FROM change JOIN kept USING (slug) LIMIT 1").fetchall()
    except sqlite3.DatabaseError:
        return False
    return True


def find_told(path: Path, feed: str) -> int | None:
    """The number of the last change of a feed that a release tells; None where it does not say."""
    if not path.is_file():
        return None
    try:
        with closing(_read_only(path)) as db:
            row = db.execute("SELECT value FROM about WHERE name = 'shown'").fetchone()
    except sqlite3.DatabaseError:
        return None
    return max((n for n, _ in json.loads(row[0]).get(feed, [])), default=0) if row else None


def _build(path: Path, contents: Contents, previous: Path | None) -> None:
    path.unlink(missing_ok=True)
    if not contents.whole:
        rows = tuple(contents.rows)
        if previous is not None and previous.is_file() and _patch(path, contents, rows, previous):
            return
        contents = replace(contents, rows=rows)
    before = _stamps(previous)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(_SCHEMA)
        db.execute("BEGIN")
        about = _about(contents, previous)
        db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        writer = _Writer(db, before)
        for line in lines.merge(contents.rows, None if contents.whole else previous):
            writer.write(line)
        writer.write_facets(contents.facets)
        writer.write_sortings()
        db.execute("COMMIT")


def _patch(path: Path, contents: Contents, rows: Sequence[Indexed], previous: Path) -> bool:
    """Writes the index over a copy of the last one, where that is enough."""
    with closing(_read_only(previous)) as db:
        if not fits(db, rows, contents.facets):
            return False
    shutil.copyfile(previous, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        patch = Patch(db)
        for row in rows:
            patch.replace(lines.line(row))
            mark, since = db.execute(
                "SELECT mark, stamp FROM change WHERE slug = ?", (row.slug,)
            ).fetchone()
            db.execute("DELETE FROM change WHERE slug = ?", (row.slug,))
            db.execute(_CHANGE, _change(row, since if mark == row.mark else PENDING))
        patch.write_facets(contents.facets)
        patch.write_sortings()
        patch.count_up()
        about = _about(contents, previous)
        db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about.items())
        db.execute("COMMIT")
    return True


def _about(contents: Contents, previous: Path | None) -> dict[str, str]:
    return {
        "release": contents.release,
        "published": PENDING,
        "holders": write_json(contents.holders),
        "shown": write_json(_shown(contents, previous)),
    }


def _shown(contents: Contents, previous: Path | None) -> dict[str, list[list[int | str]]]:
    """Since when the changes of each feed are public: the last of a release, and its moment."""
    before: dict[str, list[list[Any]]] = {}
    if previous is not None and previous.is_file():
        with closing(_read_only(previous)) as db:
            row = db.execute("SELECT value FROM about WHERE name = 'shown'").fetchone()
        before = json.loads(row[0]) if row else {}
    found = {}
    for feed, count in contents.told.items():
        known = before.get(feed, [])
        last = known[-1][0] if known else 0
        # A ledger that lost some has others under the numbers of before: all of it is new.
        kept = known if count >= last else []
        found[feed] = [*kept, [count, PENDING]][-_RELEASES:] if count != last else kept
    return found


class _Writer:
    """Writes rows as they come; of each, only what facets and orders need is kept in mind."""

    def __init__(self, db: sqlite3.Connection, before: dict[str, tuple[str, str]]) -> None:
        self._db, self._before = db, before
        self._count = 0
        self._having: dict[str, dict[str, array[int]]] = {}
        self._ranks: dict[str, list[str | int]] = {}

    def write(self, line: Line) -> None:
        """Writes a dataset, be it withdrawn."""
        row = line.row
        self._db.execute(
            f"INSERT INTO kept VALUES (?, ?, {PLACES})",  # noqa: S608
            (row.slug, line.kept, *line.tokens),
        )
        self._write_change(row)
        if row.kind == "withdrawn":
            return
        number = self._count
        self._count += 1
        self._db.execute(
            "INSERT INTO dataset VALUES (?, ?, ?, ?)",
            (number, row.slug, row.iri, line.told),
        )
        self._db.execute(
            f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES (?, {PLACES})",  # noqa: S608
            (number, *line.tokens),
        )
        for facet, codes in row.codes.items():
            having = self._having.setdefault(facet, {})
            for code in codes:
                having.setdefault(code, array("I")).append(number)
        for name, rank in row.ranks.items():
            self._ranks.setdefault(name, []).append(rank)

    def write_facets(self, facets: Iterable[IndexFacet]) -> None:
        """Writes who has which code, as sets of bits."""
        for place, facet in enumerate(facets):
            self._db.execute(
                "INSERT INTO facet VALUES (?, ?, ?)", (facet.id, write_json(facet.name), place)
            )
            for code, numbers in self._having.get(facet.id, {}).items():
                bits = bytearray(self._count // 8 + 1)
                for number in numbers:
                    bits[number >> 3] |= 1 << (number & 7)
                name = write_json(facet.values.get(code, {"fr": code, "en": code}))
                self._db.execute(
                    "INSERT INTO code VALUES (?, ?, ?, ?)", (facet.id, code, name, bits)
                )

    def write_sortings(self) -> None:
        """Writes the numbers in each order."""
        for name, ranks in self._ranks.items():
            ids = sorted(range(self._count), key=lambda n: (ranks[n], n))
            packed = array("I", ids).tobytes()
            self._db.execute("INSERT INTO sorting VALUES (?, ?)", (name, packed))

    def _write_change(self, row: Indexed) -> None:
        mark, since = self._before.get(row.slug, ("", PENDING))
        self._db.execute(_CHANGE, _change(row, since if mark == row.mark else PENDING))


def _change(row: Indexed, since: str) -> tuple[str, ...]:
    categories = write_json(row.codes.get("category", ()))
    return (
        since, row.slug, row.iri, row.kind, row.holder, categories, stamp(row.changed), row.mark,
    )  # fmt: skip


def _stamps(previous: Path | None) -> dict[str, tuple[str, str]]:
    """The mark of each dataset in the last index, and since when it is public."""
    if previous is None or not previous.is_file():
        return {}
    with closing(_read_only(previous)) as db:
        rows = db.execute("SELECT slug, mark, stamp FROM change")
        return {slug: (mark, since) for slug, mark, since in rows}


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
