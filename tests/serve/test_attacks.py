"""The attack corpus against the endpoint."""

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(os.environ.get("RED_ATTACKS", Path(__file__).parents[3] / "shared" / "attacks"))
NAMES = sorted(path.stem for path in (ROOT / "sparql").glob("*.rq"))
MEMORY = 600_000_000


@pytest.fixture(scope="module")
def attacked(make_place: Callable[..., Any], run_server: Callable[..., Any]) -> Any:
    """A server with small limits on a catalogue of some thousand triples."""
    place = make_place(seconds=2.0)
    more = [f"<urn:n{i}> <urn:p> <urn:n{i * 7 % 400}> <urn:g> .\n" for i in range(400)]
    place.publish(more=more)
    return run_server(place)


@pytest.fixture(scope="module")
def patient(make_place: Callable[..., Any], run_server: Callable[..., Any]) -> Any:
    """The same with time enough to reach the limit of memory on a busy machine."""
    place = make_place(seconds=30.0)
    place.publish()
    return run_server(place)


def outcome(attacks: Path, name: str) -> str:
    """What the manifest requires of a query."""
    listed = json.loads((attacks / "manifest.json").read_bytes())
    return next(str(e["outcome"]) for e in listed if e["file"] == f"sparql/{name}.rq")


def statuses(required: str) -> set[int]:
    """The statuses that an outcome allows."""
    found = {int(code) for code in re.findall(r"\b[2-5]\d\d\b", required.partition(";")[0])}
    return found | ({200} if not found or "an answer" in required else set())


def test_every_query_of_the_corpus_is_run(attacks: Path) -> None:
    """The manifest and the folder name the same queries."""
    listed = json.loads((attacks / "manifest.json").read_bytes())
    assert [Path(e["file"]).stem for e in listed if e["file"].startswith("sparql/")] == NAMES


def test_too_much_memory_is_told_as_such(patient: Any, attacks: Path) -> None:
    """The string of 16 GB is a 503 that speaks of memory, and no worker passes its limit."""
    query = (attacks / "sparql" / "86-concat-bomb.rq").read_text("utf-8")
    with watching(patient) as peaks:
        answer = patient.ask(query)
    assert (answer.status_code, "memory" in answer.text) == (503, True)
    assert max(peaks) < MEMORY
    assert patient.ask("ASK {}").status_code == 200


@pytest.mark.parametrize("name", [n for n in NAMES if n != "86-concat-bomb"])
def test_attack(attacked: Any, attacks: Path, canary: list[bytes], name: str) -> None:
    """The outcome is the manifest's, nothing reaches the canary, the next query is answered."""
    query = (attacks / "sparql" / f"{name}.rq").read_text("utf-8")
    before = attacked.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    with watching(attacked) as peaks:
        start = time.monotonic()
        answer = attacked.ask(query)
        took = time.monotonic() - start
    assert answer.status_code in statuses(outcome(attacks, name))
    assert took < 2 * 1.1 + 0.3
    start = time.monotonic()
    assert before == attacked.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert time.monotonic() - start < 1
    assert canary == []
    assert max(peaks) < MEMORY
    _check_details(name, answer, took)


@contextmanager
def watching(attacked: Any) -> Iterator[list[int]]:
    """The largest memory of any worker, looked at every 20 ms while the block goes on."""
    peaks, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            for pid in attacked.pool():
                with suppress(OSError, IndexError):
                    status = Path(f"/proc/{pid}/status").read_text("ascii")
                    peaks.append(int(status.split("VmHWM:")[1].split()[0]) * 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        done.set()
        watcher.join()


def test_others_are_answered_during_the_cross_product(attacked: Any, attacks: Path) -> None:
    """While the unbounded join runs, each other query takes less than a second."""
    query = (attacks / "sparql" / "85-cross-product.rq").read_text("utf-8")
    runaway = threading.Thread(target=attacked.ask, args=(query,))
    runaway.start()
    waits = []
    while runaway.is_alive():
        start = time.monotonic()
        assert attacked.get("sparql?query=ASK%7B%7D").status_code == 200
        waits.append(time.monotonic() - start)
    assert max(waits) < 1
    assert len(waits) > 10


def _check_details(name: str, answer: Any, took: float) -> None:
    if name == "80-service":
        assert "SERVICE is not available" in answer.text
    elif name == "81-service-word-ok":
        assert len(answer.json()["results"]["bindings"]) == 1
    elif name == "88-huge-result":
        assert answer.headers["x-truncated"] == "rows=500"
        assert answer.json()["head"]["truncated"] is True
    elif name == "89-regex":
        assert answer.json()["boolean"] is False
        assert took < 1


def test_no_update_door(attacked: Any) -> None:
    """There is no address that takes updates."""
    headers = {"Content-Type": "application/sparql-update"}
    for path in ("update", "sparql", "sparql/"):
        answer = attacked.session.post(
            attacked.url + path, b"CLEAR ALL", headers=headers, timeout=5
        )
        assert answer.status_code in {403, 404, 405}


def test_many_runaways_do_not_shut_the_others_out(
    make_place: Callable[..., Any], run_server: Callable[..., Any]
) -> None:
    """With ten runaways on two workers, another query waits some seconds at most."""
    place = make_place(seconds=10.0, per_client=20)
    more = [f"<urn:n{i}> <urn:p> <urn:n{i * 7 % 400}> <urn:g> .\n" for i in range(400)]
    place.publish(more=more)
    server = run_server(place)
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?c < ?i) }"
    statuses_seen: list[int] = []
    runaways = [
        threading.Thread(target=lambda: statuses_seen.append(server.ask(query).status_code))
        for _ in range(10)
    ]
    for runaway in runaways:
        runaway.start()
    time.sleep(0.5)
    # The wait for a place ends with a 503 after the ten seconds of the deadline.
    assert server.get("sparql?query=ASK%7B%7D").status_code == 200
    for runaway in runaways:
        runaway.join()
    assert set(statuses_seen) == {503, 504}
