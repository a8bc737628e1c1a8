"""Every route of the hostile server as a source of one catalogue, in a process of its own."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import catalogue, shared
from tests.http.loopback import Site, answer, start
from tests.pipeline.conftest import Catalogue
from tests.pipeline.feeds import turtle
from tests.reconciled import assert_reconciled


@pytest.fixture
def evil(tmp_path: Path) -> Iterator[Site]:
    """The hostile server of the corpus."""
    corpus = shared.attacks().resolve()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, str(corpus / "http" / "evil_server.py"), str(port), str(corpus)]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield Site({}, port=port)
    process.kill()
    process.wait()
    process.stdout.close()


def routes() -> list[str]:
    """The routes that give no catalogue; `echo` gives one statement about no dataset."""
    source = (shared.attacks() / "http" / "evil_server.py").read_text("utf-8")
    return [name.replace("_", "-") for name in re.findall(r"def r_(\w+)", source)]


def test_every_route_at_once(tmp_path: Path, evil: Site) -> None:
    """Each hostile source fails in a sentence; the healthy one among them is published."""
    names = routes()
    healthy = start({"/c.ttl": answer(turtle("abc"))})
    place = Catalogue(tmp_path / "catalogue")
    sources = [(f"evil-{name}", evil, f"/{name}") for name in names]
    place.configure(*sources[:5], ("chu-lille", healthy, "/c.ttl"), *sources[5:])
    settings = place.root / "red.toml"
    limits = "document_seconds = 5.0\ndocument_bytes = 50_000_000\n"
    text = settings.read_text("utf-8").replace("document_seconds = 2.0\n", limits)
    settings.write_text(text, encoding="utf-8")
    began = time.monotonic()
    done = catalogue.red_catalog(place.root, "run", "--json", "--workers", "1")
    assert time.monotonic() - began < 120
    healthy.close()
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    runs = {run["source"]: run for run in json.loads(done.stdout)["harvest"]}
    for run in runs.values():
        assert_reconciled(run)
    assert runs.pop("chu-lille")["states"]["new"] == 3
    assert {run["status"] for run in runs.values()} <= {"failed", "incomplete"}
    assert all(run["problems"][0]["message"]["fr"] for run in runs.values())
    assert set(place.entries()) == {f"https://chu-lille.exemple.fr/jeu/{n}" for n in "abc"}
