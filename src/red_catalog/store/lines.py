"""The lines of an index: what is written of each dataset, worked out once and kept for the next."""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from red_catalog.model import Indexed
from red_catalog.store.words import fold, forms, join, split

FIELDS: Final = ("title", "keyword", "holder", "description", "detail")
PLACES: Final = ", ".join("?" for _ in FIELDS)
SCHEMA: Final = (
    f"CREATE TABLE kept (slug TEXT PRIMARY KEY, row TEXT NOT NULL, {', '.join(FIELDS)})"
    " WITHOUT ROWID"
)
_LIGHT: Final = ("slug", "iri", "holder", "mark", "kind", "codes", "ranks")
_KEPT: Final = (
    f"SELECT row, told, {', '.join(FIELDS)} FROM kept LEFT JOIN dataset USING (slug)"  # noqa: S608
    " ORDER BY slug"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A dataset of the index. `row`: where it was kept, without its texts and what is told of it.

    `kept`: the row for the next index; `told`: JSON; `tokens`: what is searched, by field.
    """

    row: Indexed
    kept: str
    told: str
    tokens: tuple[str, ...]


def merge(rows: Iterable[Indexed], previous: Path | None) -> Iterator[Line]:
    """The lines by page name: of rows in that order, the rest from the last index, if any."""
    if previous is None:
        yield from map(line, rows)
        return
    changed = {row.slug: line(row) for row in rows}
    with closing(sqlite3.connect(f"file:{previous}?mode=ro&immutable=1", uri=True)) as db:
        known = {slug for (slug,) in db.execute("SELECT slug FROM kept")}
        before = map(_read, db.execute(_KEPT))
        still = (changed.get(one.row.slug, one) for one in before)
        new = sorted((one for slug, one in changed.items() if slug not in known), key=_slug)
        yield from heapq.merge(still, new, key=_slug)


def line(row: Indexed) -> Line:
    """The line of a dataset, worked out."""
    light = {name: getattr(row, name) for name in _LIGHT}
    kept = write_json({**light, "changed": row.changed.isoformat()})
    tokens = tuple(_tokens(row.texts.get(one, "")) for one in FIELDS)
    return Line(row, kept, write_json(row.told), tokens)


def write_json(value: Any) -> str:
    """JSON in little room."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)


def _slug(line: Line) -> str:
    return line.row.slug


def _read(found: tuple[str, ...]) -> Line:
    kept, told, *tokens = found
    plain = json.loads(kept)
    codes = {facet: tuple(some) for facet, some in plain["codes"].items()}
    changed = datetime.fromisoformat(plain["changed"])
    return Line(Indexed(**{**plain, "codes": codes, "changed": changed}), kept, told, tuple(tokens))


def _tokens(text: str) -> str:
    words = split(text)
    names = dict.fromkeys(map(fold, join(text)))
    return " ".join([*(" ".join(forms(word)) for word in words), *names])
