"""The feed of the yearly checks that are due, which anybody may ask for."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from red_catalog.register.desk import Desk, Who
from tests import catalogue
from tests.serve.conftest import Client
from tests.serve.published import Published
from tests.serve.test_attesting import CONFIG
from tests.serve.test_ingest import describe

FEED = "holder/chu-bruyeres/checks.atom"
CURRENT = "https://chu-bruyeres.example/jeu/reanimation"


def test_the_feed_reads_what_is_due_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_server: Callable[[Any], Client]
) -> None:
    """It costs the register no description that it does not tell: a damaged one is in no way."""
    (tmp_path / "red.toml").write_text(CONFIG.replace("urgences.ttl", "jeux"), "utf-8")
    (tmp_path / "jeux").mkdir()
    for name, iri in (("Urgences", f"{CURRENT}-1"), ("Réanimation", CURRENT)):
        (tmp_path / "jeux" / f"{name}.ttl").write_bytes(describe(iri, name))
    assert catalogue.red_catalog(tmp_path, "run").returncode in {0, 3}
    place = Published(tmp_path)
    with Desk.open(place.config.register) as desk:
        first = min(one.first_seen for one in desk.register.entries())
        checked = first + timedelta(days=200)
        desk.attest(Who("", "operator", "test"), CURRENT, checked)
    with closing(sqlite3.connect(place.config.register)) as db, db:
        db.execute("UPDATE version SET canonical = x'00' WHERE iri = ?", (CURRENT,))
    day = first + timedelta(days=340)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
    feed = run_server(place).get(FEED)
    assert feed.status_code == 200
    assert ("Urgences" in feed.text, "Réanimation" in feed.text) == (True, False)
