"""An index made of the last one is the one that would be written afresh."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from red_catalog.model import Indexed, IndexFacet
from red_catalog.store import index, patching
from red_catalog.store.index import Contents, build
from tests.store.test_index import FIRST, THEMES, row

WORDS = ("cancer", "séjours", "urgences", "hôpital", "données de biologie")
FACETS = [
    IndexFacet(
        "theme", {"fr": "Thème", "en": "Theme"}, {code: {"fr": code, "en": code} for code in THEMES}
    )
]


def tables(path: Path) -> dict[str, Any]:
    """Everything that an index holds, how often it was patched aside, and who has which word."""
    with closing(sqlite3.connect(path)) as db:
        found: dict[str, Any] = {
            name: sorted(db.execute(f"SELECT * FROM {name}").fetchall())
            for name in ("dataset", "kept", "facet", "code", "sorting", "change")
        }
        found["about"] = db.execute("SELECT * FROM about WHERE name <> 'patches'").fetchall()
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, instance)")
        found["words"] = sorted(db.execute("SELECT term, doc, col FROM temp.terms").fetchall())
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    return found


def any_row(chance: random.Random, number: int) -> Indexed:
    """A dataset with some words and themes."""
    kind = "withdrawn" if chance.random() < 0.1 else chance.choice(["created", "updated"])
    title = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.randrange(5)}"
    return row(number, title, [t for t in THEMES if chance.random() < 0.3], kind)


def test_many_changes_give_what_writing_afresh_gives(tmp_path: Path) -> None:
    """Words, codes, orders, stamps and texts, release after release; most are patched."""
    chance = random.Random(5)
    rows = {n: any_row(chance, n) for n in range(60)}
    before, now, patched = None, FIRST, 0
    for turn in range(40):
        changed = {n: any_row(chance, n) for n in chance.sample(range(62), chance.randrange(1, 5))}
        rows |= changed
        now += timedelta(hours=1)
        ordered = [rows[n] for n in sorted(rows)]
        one, other = tmp_path / f"{turn}.db", tmp_path / "afresh.db"
        contents = Contents(f"r{turn}", [changed[n] for n in sorted(changed)], FACETS, [], now)
        build(one, replace(contents, whole=before is None, rows=ordered if before is None
                           else contents.rows), before)  # fmt: skip
        build(other, replace(contents, rows=ordered), before)
        assert tables(one) == tables(other)
        with closing(sqlite3.connect(one)) as db:
            patched += bool(db.execute("SELECT 1 FROM about WHERE name = 'patches'").fetchone())
        before = one
    assert 15 < patched < 40


def test_what_was_patched_often_is_written_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index does not grow for ever with what was deleted in it."""
    monkeypatch.setattr(patching, "_OFTEN", 3)
    rows = [row(n, f"Séjours {n}") for n in range(20)]
    before = tmp_path / "0.db"
    build(before, Contents("r0", rows, FACETS, [], FIRST))
    told = []
    for turn in range(1, 6):
        path = tmp_path / f"{turn}.db"
        some = [row(3, f"Autre titre {turn}", kind="updated")]
        build(path, Contents(f"r{turn}", some, FACETS, [], FIRST, whole=False), before)
        with closing(sqlite3.connect(path)) as db:
            told += db.execute("SELECT MAX(value + 0) FROM about WHERE name = 'patches'").fetchone()
        before = path
    assert told == [1, 2, 3, None, 1]


def test_the_last_index_is_only_read(tmp_path: Path) -> None:
    """It is that of the live release, which servers have open."""
    rows = [row(n, f"Séjours {n}") for n in range(20)]
    before = tmp_path / "before.db"
    build(before, Contents("r0", rows, FACETS, [], FIRST))
    whole = before.read_bytes()
    some = [row(3, "Autre titre", ["cancer"], kind="updated")]
    build(tmp_path / index.INDEX, Contents("r1", some, FACETS, [], FIRST, whole=False), before)
    assert before.read_bytes() == whole
