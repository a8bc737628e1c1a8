"""The index of a release made of the last one where a few datasets changed and none came or went.

What is written then costs what changed, and a copy of the file, however many datasets there are.
"""

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Final

from red_catalog.model import Indexed, IndexFacet
from red_catalog.store.lines import FIELDS, PLACES, Line, write_json

# Beyond, or where more than a tenth changed, the index is written anew: what was patched often
# grows, as its search keeps what was deleted until it is merged.
_OFTEN: Final = 100
_SHARE: Final = 10
_FIELDS: Final = ", ".join(FIELDS)
_KNOWN: Final = f"SELECT id, row, {_FIELDS} FROM kept LEFT JOIN dataset USING (slug) WHERE slug = ?"  # noqa: S608
_SET: Final = ", ".join(f"{name} = ?" for name in FIELDS)


def fits(db: sqlite3.Connection, changed: Sequence[Indexed], facets: Sequence[IndexFacet]) -> bool:
    """Whether these rows only change what is in an index, which was not patched too often."""
    (count,) = db.execute("SELECT COUNT(*) FROM dataset").fetchone()
    (often,) = db.execute("SELECT MAX(value + 0) FROM about WHERE name = 'patches'").fetchone()
    if len(changed) * _SHARE > count or (often or 0) >= _OFTEN:
        return False
    listed = [one for (one,) in db.execute("SELECT id FROM facet ORDER BY place")]
    return listed == [one.id for one in facets] and all(_is_there(db, row) for row in changed)


def _is_there(db: sqlite3.Connection, row: Indexed) -> bool:
    found = db.execute(_KNOWN, (row.slug,)).fetchone()
    return found is not None and (found[0] is None) == (row.kind == "withdrawn")


class Patch:
    """Changes to an index, in which `fits` has found each dataset."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        (self._count,) = db.execute("SELECT COUNT(*) FROM dataset").fetchone()
        self._moved: dict[str, list[int]] = {}
        self._codes: dict[tuple[str, str], tuple[set[int], set[int]]] = {}

    def replace(self, line: Line) -> None:
        """Puts a dataset in its own place."""
        number, kept, *tokens = self._db.execute(_KNOWN, (line.row.slug,)).fetchone()
        self._db.execute(
            f"UPDATE kept SET row = ?, {_SET} WHERE slug = ?",  # noqa: S608
            (line.kept, *line.tokens, line.row.slug),
        )
        if number is None:
            return
        self._db.execute(
            "UPDATE dataset SET iri = ?, told = ? WHERE id = ?", (line.row.iri, line.told, number)
        )
        if tuple(tokens) != line.tokens:
            self._db.execute(
                f"INSERT INTO words (words, rowid, {_FIELDS}) VALUES ('delete', ?, {PLACES})",  # noqa: S608
                (number, *tokens),
            )
            self._db.execute(
                f"INSERT INTO words (rowid, {_FIELDS}) VALUES (?, {PLACES})",  # noqa: S608
                (number, *line.tokens),
            )
        self._note(number, json.loads(kept), line.row)

    def _note(self, number: int, before: dict[str, Any], row: Indexed) -> None:
        """Remembers what facets and orders have to follow."""
        for facet in {*before["codes"], *row.codes}:
            old, new = set(before["codes"].get(facet, ())), set(row.codes.get(facet, ()))
            for code in old ^ new:
                come, gone = self._codes.setdefault((facet, code), (set(), set()))
                (come if code in new else gone).add(number)
        for name, rank in row.ranks.items():
            if before["ranks"].get(name) != rank:
                self._moved.setdefault(name, []).append(number)

    def write_facets(self, facets: Iterable[IndexFacet]) -> None:
        """Writes who has which code now, and what everything is called."""
        listed = {facet.id: facet for facet in facets}
        for (facet, code), (come, gone) in self._codes.items():
            if facet in listed:
                self._write_code(facet, code, come, gone)
        for facet, said in listed.items():
            self._db.execute(
                "UPDATE facet SET name = ? WHERE id = ?", (write_json(said.name), facet)
            )
            there = self._db.execute("SELECT code FROM code WHERE facet = ?", (facet,)).fetchall()
            names = [
                (write_json(said.values.get(c, {"fr": c, "en": c})), facet, c) for (c,) in there
            ]
            self._db.executemany("UPDATE code SET name = ? WHERE facet = ? AND code = ?", names)

    def _write_code(self, facet: str, code: str, come: set[int], gone: set[int]) -> None:
        found = self._db.execute(
            "SELECT bits FROM code WHERE facet = ? AND code = ?", (facet, code)
        ).fetchone()
        bits = bytearray(found[0]) if found else bytearray(self._count // 8 + 1)
        for number in come:
            bits[number >> 3] |= 1 << (number & 7)
        for number in gone:
            bits[number >> 3] &= ~(1 << (number & 7))
        self._db.execute("DELETE FROM code WHERE facet = ? AND code = ?", (facet, code))
        if any(bits):
            self._db.execute("INSERT INTO code VALUES (?, ?, '', ?)", (facet, code, bits))

    def write_sortings(self) -> None:
        """Puts the datasets whose rank is another where it belongs in each order."""
        for name, numbers in self._moved.items():
            (packed,) = self._db.execute(
                "SELECT ids FROM sorting WHERE name = ?", (name,)
            ).fetchone()
            ids = array("I")
            ids.frombytes(packed)
            for number in numbers:
                ids.remove(number)
            for number in numbers:
                key = self._key(name, number)
                ids.insert(bisect_left(ids, key, key=lambda n: self._key(name, n)), number)
            self._db.execute("UPDATE sorting SET ids = ? WHERE name = ?", (ids.tobytes(), name))

    def _key(self, name: str, number: int) -> tuple[str | int, int]:
        (kept,) = self._db.execute(
            "SELECT row FROM dataset JOIN kept USING (slug) WHERE id = ?", (number,)
        ).fetchone()
        return json.loads(kept)["ranks"][name], number

    def count_up(self) -> None:
        """Remembers that the index was patched once more."""
        self._db.execute(
            "INSERT INTO about VALUES ('patches', 1)"
            " ON CONFLICT (name) DO UPDATE SET value = value + 1"
        )
