"""The feed of the yearly checks that are due, which anybody may ask for."""

import os
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


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Published:
    """Two datasets, 340 days after they came in; one of them was checked meanwhile."""
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
    day = first + timedelta(days=340)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
    return place


def test_the_feed_reads_what_is_due_alone(
    place: Published, run_server: Callable[[Any], Client]
) -> None:
    """It costs the register no description that it does not tell: a damaged one is in no way."""
    with closing(sqlite3.connect(place.config.register)) as db, db:
        db.execute("UPDATE version SET canonical = x'00' WHERE iri = ?", (CURRENT,))
    feed = run_server(place).get(FEED)
    assert feed.status_code == 200
    assert ("Urgences" in feed.text, "Réanimation" in feed.text) == (True, False)


def test_the_feed_begins_with_what_is_the_longest_overdue(
    place: Published, run_server: Callable[[Any], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year later all is overdue, first what was never checked."""
    day = int(os.environ["SOURCE_DATE_EPOCH"]) + timedelta(days=365).total_seconds()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day)))
    _, first, second = run_server(place).get(FEED).text.split("<entry>")
    assert ("Urgences" in first, "Réanimation" in second) == (True, True)


def test_an_exempt_holder_has_nothing_due(
    place: Published, run_server: Callable[[Any], Client]
) -> None:
    """The duty does not bind it: its feed is empty."""
    path = place.root / "red.toml"
    named = 'name = { fr = "CHU des Bruyères"'
    exempt = f'exempt = "microentreprise"\n{named}'
    path.write_text(path.read_text("utf-8").replace(named, exempt), "utf-8")
    feed = run_server(place).get(FEED)
    assert (feed.status_code, feed.text.count("<entry>")) == (200, 0)
