"""The register's file written anew, where the disk does not let it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.register.erasing import Eraser
from red_catalog.register.schema import connect
from tests.register.room import little_room


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    """What to do is said, and the register stays whole."""
    path = tmp_path / "register.db"
    connect(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE described AS SELECT randomblob(2000000)")
    with Eraser.open(path) as eraser:
        with little_room(1_000_000), pytest.raises(RedError, match="disk"):
            eraser.write_anew()
        assert eraser.register.integrity() == "ok"
        eraser.write_anew()
