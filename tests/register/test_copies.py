"""Copies of the register: what is none is refused, and leaves nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.register.copies import restore
from red_catalog.register.migrations import MIGRATIONS
from red_catalog.register.schema import connect


def write(path: Path, version: int, *tables: str) -> Path:
    """A file of SQLite with these tables."""
    with closing(sqlite3.connect(path)) as db:
        for table in tables:
            db.execute(f"CREATE TABLE {table} (iri)")
        db.execute(f"PRAGMA user_version = {version}")
    return path


@pytest.mark.parametrize(
    ("version", "tables", "said"),
    [
        (len(MIGRATIONS) + 1, ("record", "version"), "was written by a newer red-catalog"),
        (len(MIGRATIONS), ("contact",), "is no register"),
        (3, ("contact",), "is no register"),
        (0, ("record", "version"), "is no register"),
        (1, ("record", "version"), "cannot be used as a register"),
    ],
)
def test_what_is_no_copy_changes_nothing(
    tmp_path: Path, version: int, tables: tuple[str, ...], said: str
) -> None:
    """A newer one, or another program's: told by the name that was given; nothing lies about."""
    file = write(tmp_path / "copy.db", version, *tables)
    path = tmp_path / "var" / "register.db"
    connect(path).close()
    before = path.read_bytes()
    with pytest.raises(RedError, match=said) as raised:
        restore(path, file, tmp_path / "aside.db")
    assert str(raised.value).startswith(f"{file} ")
    assert [one.name for one in path.parent.iterdir()] == ["register.db"]
    assert (path.read_bytes(), (tmp_path / "aside.db").exists()) == (before, False)
