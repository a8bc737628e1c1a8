"""What is answered where workers are killed, or a release is damaged."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from red_catalog.errors import RedError
from red_catalog.pipeline.explaining import explain_for
from red_catalog.serve.running import serve
from red_catalog.serve.seldom import Seldom
from tests.serve.conftest import Client, Place


@pytest.fixture
def own(make_place: Callable[..., Place], run_server: Callable[[Place], Client]) -> Client:
    """A server that no other test has."""
    place = make_place()
    place.publish()
    return run_server(place)


def wait_for(condition: Callable[[], bool]) -> None:
    """Waits until something is so, 30 seconds at most."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def kill_workers(own: Client) -> None:
    """Has the system kill every worker, as where memory is short."""
    wait_for(lambda: len(own.pool()) == 3)
    killed = own.pool()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in killed))
    time.sleep(0.1)  # until the server has heard of it, too


def damage(folder: Path) -> None:
    """Makes a release's store one that cannot be opened."""
    for file in (folder / "store" / "store").glob("MANIFEST*"):
        file.write_bytes(b"x")


def turn_to(place: Place, name: str, spoil: Callable[[Path], Any]) -> None:
    """Makes a spoiled copy of the release the live one."""
    folder = place.root / "public" / "releases" / name
    shutil.copytree(folder.with_name("r1"), folder)
    spoil(folder)
    link = place.root / "public" / "next"
    link.symlink_to(folder)
    link.replace(place.root / "public" / "current")


def test_killed_workers_cost_no_query_its_answer(own: Client) -> None:
    """The next query finds others in the place of workers that were killed while idle."""
    kill_workers(own)
    for _ in range(4):
        answer = own.ask("ASK {}")
        assert (answer.status_code, answer.json()["boolean"]) == (200, True)
    wait_for(lambda: len(own.pool()) == 3)


def test_where_no_worker_can_start_the_answer_comes_at_once(
    own: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """It is a 503, for whoever waits already too; the log says why, and once."""
    wait_for(lambda: len(own.pool()) == 3)
    damage(own.place.root / "public" / "releases" / "r1")
    kill_workers(own)
    assert own.get("ready").status_code == 503
    for _ in range(3):
        answer = own.ask("ASK {}", "application/json")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "cannot answer at the moment" in answer.json()["detail"]
    (said,) = [one.getMessage() for one in caplog.records if "SPARQL worker" in one.getMessage()]
    assert said.startswith("No SPARQL worker starts on r1: RuntimeError: Corruption: ")


def test_the_release_before_answers_for_one_whose_store_is_damaged(
    own: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Its workers go on, and the log says why, and what to do."""
    turn_to(own.place, "abîmée", damage)
    wait_for(lambda: "No SPARQL worker starts on abîmée (RuntimeError: Corruption: " in caplog.text)
    assert "run `red-catalog publish --afresh`" in caplog.text
    assert own.ask("ASK {}").json()["boolean"] is True


@pytest.mark.parametrize("content", ['{"datasets": {"chu-li', "[]"])
def test_the_release_before_is_served_for_one_that_cannot_be_read(
    own: Client, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    """A `release.json` that was cut short costs no page; a server that begins with it says so."""
    turn_to(own.place, "coupée", lambda folder: (folder / "release.json").write_text(content))
    for path in ("", "dataset/chu-lille-0", "ready", "metrics"):
        assert own.get(path).status_code == 200
    assert own.get("metrics").text.count('release="r1"') == 1
    assert caplog.text.count("The release coupée is damaged: run `red-catalog publish") == 1
    with pytest.raises(RedError, match="coupée is damaged: run `red-catalog publish --afresh`"):
        serve(own.place.config, explain_for(own.place.config), "127.0.0.1", 0)


def test_some_things_are_said_seldom() -> None:
    """The first time is told, and the next after so many seconds."""
    often, once = Seldom(0), Seldom(3600)
    assert [often.is_time(), often.is_time()] == [True, True]
    assert [once.is_time(), once.is_time()] == [True, False]
