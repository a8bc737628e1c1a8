"""Targets that fail at some datasets, and what those that come after get all the same."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from red_catalog.cli import run_command
from red_catalog.errors import RedError
from red_catalog.http import Answer
from red_catalog.pipeline import pushing
from red_catalog.publish.folder import MANIFEST
from red_catalog.targets.answers import judge
from red_catalog.targets.outcome import Failure
from tests.federation.conftest import FILES, Catalogue, announce_all, announced, pusher, record
from tests.federation.test_targets import (
    answering,
    drain,
    folder_target,
    ingest_target,
    listening,
    status,
)
from tests.http.loopback import Handler, Route, answer, free_port


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """A catalogue of eight datasets, announced, that sends what changes."""
    monkeypatch.setenv("RED_TEST_KEY", "cle")
    return announced(tmp_path / "enfant", "https://bretagne.exemple.fr/", 8)


def failing_at(*numbers: int) -> Route:
    """A catalogue that says 500 to these datasets, and takes every other and every deletion."""

    def serve(handler: Handler) -> None:
        if handler.command == "PUT" and any(f"=0-{n}-" in handler.path for n in numbers):
            drain(handler)
            answer(b'{"detail": "RDF box with a geometry"}', 500)(handler)
        else:
            answering(handler)

    return serve


def pushed(child: Catalogue, route: Route, port: int) -> tuple[int, int, bool]:
    """What a push to this server did: acknowledged, owed, whether it came to the end."""
    with listening(route, port) as host:
        child.configure(FILES, ingest_target(f"http://{host}/", host))
        with pusher(child) as way:
            done = way.push()
    return done.acknowledged, done.owed, done.problem is None


def test_what_a_target_cannot_take_holds_nothing_else_back(child: Catalogue) -> None:
    """A 500 to one description: the others arrive, so do later deletions; it stays owed."""
    port = free_port()
    assert pushed(child, failing_at(2), port) == (7, 1, True)
    assert "RDF box" in status(child)["reasons"][0]["reason"]["fr"]
    child.remove([5])
    child.settle()
    announce_all(child)
    assert pushed(child, failing_at(2), port) == (1, 1, True)
    assert pushed(child, answering, port) == (1, 0, True)


def test_a_target_that_does_nothing_but_fail_is_left_alone(
    child: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What failed before is tried last, the longest ago first: the next push comes farther."""
    monkeypatch.setattr(pushing, "_SPELL", 0.0)
    port = free_port()
    child.configure(FILES, ingest_target("https://nation.exemple.fr/", "nation.exemple.fr"))
    with pusher(child) as way:
        order = [one.iri for one in way.register.owed(way.target, 0, 5)]
    first = [int(iri.rpartition("-")[2]) for iri in order]
    assert pushed(child, failing_at(*first), port) == (0, 8, False)
    assert pushed(child, failing_at(*first), port) == (3, 5, False)
    assert pushed(child, failing_at(*first[1:]), port) == (1, 4, True)


@pytest.mark.parametrize(
    ("status_code", "headers", "doubtful"),
    [(500, {}, True), (504, {}, True), (503, {"Retry-After": "5"}, False), (401, {}, False)],
)
def test_what_may_be_due_to_what_was_sent(
    status_code: int, headers: dict[str, str], doubtful: bool
) -> None:
    """A 5xx, unless it says when to come again."""
    found = judge(Answer("", status_code, headers, b"panne"), per_record=frozenset())
    assert isinstance(found, Failure)
    assert found.doubtful is doubtful


def test_the_deletion_of_what_a_target_failed_at_is_not_late(
    child: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many descriptions it fails at again, and is then left alone."""
    port = free_port()
    assert pushed(child, failing_at(*range(8)), port) == (0, 8, True)
    child.remove([5])
    child.settle()
    announce_all(child)
    monkeypatch.setattr(pushing, "_SPELL", 0.0)
    assert pushed(child, failing_at(*range(8)), port) == (1, 7, False)


def test_many_that_a_target_cannot_take_hold_nothing_else_back(child: Catalogue) -> None:
    """Where each is answered at once, they are passed over in one push."""
    assert pushed(child, failing_at(*range(7)), free_port()) == (1, 7, True)


def test_a_push_waits_where_it_is_told_to_come_again(child: Catalogue) -> None:
    """A bound on requests a minute ends no push: what was turned away is sent again."""
    port = free_port()
    turned_away: list[str] = []

    def hurried(handler: Handler) -> None:
        if len(turned_away) < 1:
            turned_away.append(handler.path)
            drain(handler)
            answer(b'{"detail": "lentement"}', 429, Retry_After="1")(handler)
        else:
            answering(handler)

    assert pushed(child, hurried, port) == (8, 0, True)


def test_nothing_is_sent_under_a_base_that_the_live_release_has_not(
    child: Catalogue, tmp_path: Path
) -> None:
    """A mistaken `base_iri` ends `push` with 2 as it ends `run`; put back, all is sent."""
    folder = tmp_path / "sortie"
    folder.mkdir()
    child.configure(FILES, folder_target(folder))
    live = child.config.public / "current"
    live.mkdir(parents=True)
    manifest = json.dumps({"id": "20290326T030000Z-1", "base_iri": child.base})
    (live / MANIFEST).write_text(manifest, "utf-8")
    settings = child.root / "red.toml"
    right = settings.read_text("utf-8")
    settings.write_text(right.replace("https://bretagne", "http://bretagne"), "utf-8")
    command = ["push", "--config", str(settings)]
    assert run_command(command) == RedError.exit_code
    assert (status(child)["owed"], list(folder.iterdir())) == (8, [])
    settings.write_text(right, "utf-8")
    assert (run_command(command), len(list(folder.iterdir()))) == (0, 8)


PAGE = b"""<!DOCTYPE html><html><head><style>h1 { color: red }</style></head><body>
<h1>HTTP/1.1 500</h1><pre>PUT of &lt;https://red.exemple.fr/record/a&gt;
is rejected</pre></body></html>"""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            Answer("", 301, {"Location": "https://nouveau.exemple.fr/x"}, b"<html>Moved</html>"),
            "Answer 301: the address leads on to https://nouveau.exemple.fr/x",
        ),
        (Answer("", 308, {}, b""), "Answer 308: …"),
        (
            Answer("", 500, {}, PAGE),
            "Answer 500: HTTP/1.1 500 PUT of <https://red.exemple.fr/record/a> is rejected",
        ),
        (Answer("", 400, {}, b"No <urn:x>\n here"), "Answer 400: No <urn:x> here"),
    ],
)
def test_what_a_target_says_is_told_without_its_markup(given: Answer, told: str) -> None:
    """Of a page what people read, of a redirect where it leads."""
    found = judge(given, per_record=frozenset())
    assert found is not None
    assert found.reason["en"] == told


def test_who_pushes_reads_why_something_was_not_taken(
    child: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many, the reason of the first, and where the others are."""

    def refusing(handler: Handler) -> None:
        drain(handler)
        answer(b'{"detail": "Finalit\\u00e9 absente"}', 422)(handler)

    with listening(refusing) as host:
        child.configure(FILES, ingest_target(f"http://{host}/", host))
        assert run_command(["push", "--config", str(child.root / "red.toml")]) == 3
    told = " ".join(capsys.readouterr().err.split())
    assert "parent (8 not taken, the first: Answer 422: Finalité absente)" in told
    assert "`red-catalog status` has the reasons" in told


def test_a_damaged_text_is_told_and_all_else_is_pushed(child: Catalogue) -> None:
    """What the register cannot give any more stays owed, with the dataset that it is of."""
    with closing(sqlite3.connect(child.config.register)) as db, db:
        db.execute("UPDATE version SET canonical = x'00' WHERE iri = ?", (record(2).iri,))
    assert pushed(child, answering, free_port()) == (7, 1, True)
    reason = status(child)["reasons"][0]["reason"]
    assert record(2).iri in reason["fr"]
    assert "is damaged: restore a backup" in reason["en"]
