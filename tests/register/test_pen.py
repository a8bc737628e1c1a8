"""What is written is there whole or not at all, and what hinders it is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.register.pen import writing
from red_catalog.register.schema import connect
from tests.register.room import little_room


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A new register, on a disk with room for little more."""
    with closing(connect(tmp_path / "register.db")) as opened:
        opened.execute("CREATE TABLE described (content)")
        yield opened


def write(db: sqlite3.Connection, *statements: str) -> None:
    """All of these, in one transaction."""
    with writing(db):
        for statement in statements:
            db.execute(statement)


@pytest.mark.parametrize(
    ("pages", "size", "said"),
    [
        (100, None, "as the disk is full .*: make room"),
        (None, 1_000_000, "see that its disk is not full"),
    ],
    ids=["while it is written", "at the end"],
)
def test_a_full_disk_is_told_and_nothing_is_half_written(
    db: sqlite3.Connection, pages: int | None, size: int | None, said: str
) -> None:
    """Whenever it is noticed: one sentence, not a bug; once there is room it is written."""
    add = "INSERT INTO described VALUES (zeroblob(1500000))"
    (before,) = db.execute("PRAGMA max_page_count").fetchone()
    if pages:
        db.execute(f"PRAGMA max_page_count = {pages}")
    with little_room(size) if size else nullcontext(), pytest.raises(RedError, match=said):
        write(db, "INSERT INTO described VALUES (1)", add)
    assert db.execute("SELECT COUNT(*) FROM described").fetchone() == (0,)
    db.execute(f"PRAGMA max_page_count = {before}")
    write(db, add)
    assert db.execute("SELECT COUNT(*) FROM described").fetchone() == (1,)


def test_a_bug_stays_one(db: sqlite3.Connection) -> None:
    """A statement that is wrong is no trouble of the operator's; what came before it is undone."""
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        write(db, "INSERT INTO described VALUES (1)", "INSERT INTO absent VALUES (1)")
    assert db.execute("SELECT COUNT(*) FROM described").fetchone() == (0,)
