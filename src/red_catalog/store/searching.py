"""Looking things up in the index of a release."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from red_catalog.store.words import forms, look_up

WORDS: Final = 12  # more of them than this are left out of a search
_WEIGHTS: Final = "10, 4, 2, 1, 0.5"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search: words, codes by facet (any of a facet's, all facets), order, part wanted."""

    words: str = ""
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str | None = None
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """How many datasets were found, those of the part wanted, and the count of each code."""

    total: int
    datasets: list[dict[str, Any]]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Changed:
    """One dataset's latest change, and since when it is public."""

    stamp: str
    slug: str
    iri: str
    kind: str
    holder: str
    categories: tuple[str, ...]
    changed: str


class Index:
    """An index, its sets of bits in memory; any number of threads may read it.

    Raises ValueError for a file that is no whole index.
    """

    def __init__(self, path: Path) -> None:
        self._address = f"file:{path}?mode=ro&immutable=1"
        try:
            self._load()
        except sqlite3.DatabaseError as error:
            raise ValueError(f"{path.name} is no whole index: {error}") from error

    def _load(self) -> None:
        with self._open() as db:
            self.about: dict[str, str] = dict(db.execute("SELECT name, value FROM about"))
            (self._count,) = db.execute("SELECT COUNT(*) FROM dataset").fetchone()
            facets = db.execute("SELECT id, name FROM facet ORDER BY place")
            self.facets: dict[str, dict[str, str]] = {f: json.loads(name) for f, name in facets}
            self.names: dict[str, dict[str, dict[str, str]]] = {f: {} for f in self.facets}
            self._having: dict[str, dict[str, int]] = {f: {} for f in self.facets}
            for facet, code, name, bits in db.execute("SELECT facet, code, name, bits FROM code"):
                self.names[facet][code] = json.loads(name)
                self._having[facet][code] = int.from_bytes(bits, "little")
            self._sortings = dict(db.execute("SELECT name, ids FROM sorting"))
        self.holders: list[dict[str, Any]] = json.loads(self.about["holders"])

    def search(self, wanted: Wanted) -> Found:
        """The datasets that have the words and codes."""
        with self._open() as db:
            hits = match(db, wanted.words)
            everything = (1 << self._count) - 1
            base = everything if hits is None else _bits(hits, self._count)
            chosen = {f: self._any_of(f, codes) for f, codes in wanted.codes.items() if codes}
            found = base
            for bits in chosen.values():
                found &= bits
            part = islice(self._ordered(hits, found, wanted.sort), wanted.offset, None)
            ids = list(islice(part, wanted.limit))
            datasets = [_dataset(db, number) for number in ids]
        return Found(found.bit_count(), datasets, self._counts(base, chosen))

    def get(self, slug: str) -> dict[str, Any] | None:
        """One dataset by the name of its page, None for an unknown or withdrawn one."""
        with self._open() as db:
            row = db.execute("SELECT id FROM dataset WHERE slug = ?", (slug,)).fetchone()
            return _dataset(db, row[0]) if row else None

    def change(self, slug: str) -> Changed | None:
        """The latest change of one dataset, withdrawn ones too."""
        with self._open() as db:
            row = db.execute(_CHANGE + " WHERE slug = ?", (slug,)).fetchone()
        return _changed(row) if row else None

    def changes(
        self,
        since: str,
        until: str,
        after: tuple[str, str] = ("", ""),
        limit: int = 100,
        among: tuple[str, str] = ("", ""),
    ) -> list[Changed]:
        """What changed between two stamps, in order, from after a stamp and a page name on.

        `among`: a facet (holder or category), and one of its codes or none for any.
        """
        facet, code = among
        with self._open() as db:
            rows = db.execute(
                _CHANGES,
                (since, until, *after, facet, facet, code, facet, code, limit),
            ).fetchall()
        return [_changed(row) for row in rows]

    def shown_before(self, feed: str, since: str) -> int:
        """The number of the last change of a feed that was public before a moment."""
        shown = json.loads(self.about.get("shown", "{}")).get(feed, [])
        return max((number for number, moment in shown if moment < since), default=0)

    def earliest(self) -> str:
        """The first stamp of all."""
        with self._open() as db:
            (found,) = db.execute("SELECT MIN(stamp) FROM change").fetchone()
        return str(found or self.about["published"])

    def held(self, facet: str, code: str) -> int:
        """How many datasets have this code."""
        return self._having.get(facet, {}).get(code, 0).bit_count()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            yield db

    def _any_of(self, facet: str, codes: Sequence[str]) -> int:
        found = 0
        for code in codes:
            found |= self._having.get(facet, {}).get(code, 0)
        return found

    def _ordered(self, hits: Sequence[int] | None, found: int, sort: str | None) -> Iterator[int]:
        mask = found.to_bytes(self._count // 8 + 1, "little")
        if sort in self._sortings:
            order: Sequence[int] = memoryview(self._sortings[sort]).cast("I")
        else:
            order = range(self._count) if hits is None else hits
        return (n for n in order if mask[n >> 3] >> (n & 7) & 1)

    def _counts(self, base: int, chosen: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """The count of each code among what the other facets leave."""
        counts = {}
        for facet, having in self._having.items():
            rest = base
            for other, bits in chosen.items():
                if other != facet:
                    rest &= bits
            counted = {code: (bits & rest).bit_count() for code, bits in having.items()}
            counts[facet] = {code: n for code, n in counted.items() if n}
        return counts


def match(db: sqlite3.Connection, text: str) -> list[int] | None:
    """The numbers of what has all the words, the best first; None where there are none.

    What `_` or a hyphen joins is one word where anything has it so, and several where not.
    """
    words: list[str] = []
    for whole, parts in look_up(text)[:WORDS]:
        words += [whole] if parts == (whole,) or (whole and _match(db, [whole])) else parts
    words = list(dict.fromkeys(words))[:WORDS]
    return _match(db, words) if words else None


def _match(db: sqlite3.Connection, words: Sequence[str]) -> list[int]:
    groups = [" OR ".join(f'"{form}"' for form in forms(word)) for word in words]
    groups[-1] += f' OR "{forms(words[-1])[0]}"*'  # who types may not have finished
    wanted = " AND ".join(f"({group})" for group in groups)
    rows = db.execute(
        f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, {_WEIGHTS}), rowid",  # noqa: S608
        (wanted,),
    )
    return [number for (number,) in rows]


_CHANGE: Final = "SELECT stamp, slug, iri, kind, holder, categories, changed FROM change"

_CHANGES: Final = """
    SELECT stamp, slug, iri, kind, holder, categories, changed FROM change
    WHERE stamp >= ? AND stamp <= ? AND (stamp, slug) > (?, ?)
    AND (? NOT IN ('holder', 'category') OR ? = 'holder' AND ? IN ('', holder)
        OR ? = 'category' AND EXISTS
            (SELECT 1 FROM json_each(categories) WHERE ? IN ('', value)))
    ORDER BY stamp, slug LIMIT ?
"""


def _changed(row: Sequence[Any]) -> Changed:
    stamp, slug, iri, kind, holder, categories, changed = row
    return Changed(stamp, slug, iri, kind, holder, tuple(json.loads(categories)), changed)


def _dataset(db: sqlite3.Connection, number: int) -> dict[str, Any]:
    slug, told = db.execute("SELECT slug, told FROM dataset WHERE id = ?", (number,)).fetchone()
    return {"id": slug, **json.loads(told)}


def _bits(numbers: Sequence[int], count: int) -> int:
    bits = bytearray(count // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")
