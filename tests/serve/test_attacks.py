"""The attack corpus against the endpoint."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PERMITTED = {
    "80-service": {400},
    "81-service-word-ok": {200},
    "82-update-as-query": {400},
    "83-from-remote": {200, 400},
    "84-parens": {400, 413, 500},
    "85-cross-product": {503, 504},
    "86-concat-bomb": {503},
    "87-path-bomb": {200, 503, 504},
    "88-huge-result": {200},
    "89-regex": {200},
}
MANY = "".join(f"<urn:n{i}> <urn:p> <urn:n{i * 7 % 400}> . " for i in range(400))


@pytest.fixture(scope="module")
def attacked(make_place: Callable[..., Any], run_server: Callable[..., Any]) -> Any:
    """A server with small limits on a catalogue of some thousand triples."""
    place = make_place(seconds=2.0)
    more = [f"<urn:n{i}> <urn:p> <urn:n{i * 7 % 400}> <urn:g> .\n" for i in range(400)]
    place.publish(more=more)
    return run_server(place)


def test_corpus_is_known(attacks: Path) -> None:
    """Every query of the corpus has its expected statuses here."""
    listed = json.loads((attacks / "manifest.json").read_bytes())
    found = {Path(e["file"]).stem for e in listed if e["file"].startswith("sparql/")}
    assert set(PERMITTED) == found


@pytest.mark.parametrize("name", PERMITTED)
def test_attack(attacked: Any, attacks: Path, canary: list[bytes], name: str) -> None:
    """The outcome is the manifest's, nothing reaches the canary, the next query is answered."""
    query = (attacks / "sparql" / f"{name}.rq").read_text("utf-8")
    before = attacked.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    start = time.monotonic()
    answer = attacked.ask(query)
    took = time.monotonic() - start
    assert answer.status_code in PERMITTED[name]
    assert took < 3
    start = time.monotonic()
    assert before == attacked.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert time.monotonic() - start < 1
    assert canary == []
    _check_details(name, answer, took)


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


def test_workers_keep_within_their_memory(attacked: Any, attacks: Path) -> None:
    """No worker holds more memory than the setting after the memory attack."""
    attacked.ask((attacks / "sparql" / "86-concat-bomb.rq").read_text("utf-8"))
    time.sleep(0.5)
    for pid in attacked.pool():
        status = Path(f"/proc/{pid}/status").read_text("ascii")
        peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
        assert peak < 600_000_000
