"""Every route of the hostile server, as a source of one catalogue, with what its row requires."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import catalogue, shared
from tests.attacks import manifest
from tests.http.loopback import Site, answer, start
from tests.pipeline.conftest import Catalogue
from tests.pipeline.feeds import turtle
from tests.reconciled import assert_reconciled

ROUTES = manifest.routes()
# What a row's words mean for the code of the refusal.
CODES = {
    "size cap": "too-large", "-size cap": "too-large", "TOTAL deadline": "deadline",
    "hops": "redirects", "refused (other host)": "host-refused",
}  # fmt: skip


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
    yield Site({}, port=port, log=tmp_path / "red-evil.log")
    process.kill()
    process.wait()
    process.stdout.close()


def configure(place: Catalogue, evil: Site | None, healthy: Site) -> None:
    """A source a route, and a healthy one among them; without the server, all are healthy."""
    names = {f"evil-{n}": route.path for n, route in enumerate(ROUTES)}
    if evil:
        sources = [(name, evil, path) for name, path in names.items()]
    else:
        for name in names:
            healthy.routes[f"/{name}"] = answer(turtle("ab", name))
        sources = [(name, healthy, f"/{name}") for name in names]
    place.configure(*sources[:5], ("chu-lille", healthy, "/c.ttl"), *sources[5:])
    settings = place.root / "red.toml"
    seconds, size = manifest.limit("deadline"), int(manifest.limit("cap"))
    limits = f"document_seconds = {seconds}\ndocument_bytes = {size}\n"
    text = settings.read_text("utf-8").replace("document_seconds = 2.0\n", limits)
    settings.write_text(text, encoding="utf-8")


def test_every_route_at_once(tmp_path: Path, evil: Site) -> None:
    """Each hostile source fails in the words of its row; what was there stays; others go on."""
    healthy = start({"/c.ttl": answer(turtle("abc"))})
    place = Catalogue(tmp_path / "catalogue")
    configure(place, None, healthy)
    assert catalogue.red_catalog(place.root, "run", "--workers", "1").returncode == 0
    before = place.entries()
    assert len(before) == 2 * len(ROUTES) + 3
    pages = descriptions(place)
    configure(place, evil, healthy)
    healthy.routes["/c.ttl"] = answer(turtle("abcd"))
    began = time.monotonic()
    done = catalogue.red_catalog(place.root, "run", "--json", "--workers", "1")
    # Deadlines and retries of all in turn: the server is one, and takes one request at a time.
    assert time.monotonic() - began < 240
    healthy.close()
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    runs = {run["source"]: run for run in json.loads(done.stdout)["harvest"]}
    assert runs.pop("chu-lille")["states"]["new"] == 1
    for number, route in enumerate(ROUTES):
        check(route, runs[f"evil-{number}"])
    after = place.entries()
    assert after.items() >= before.items()
    assert len(after) == len(before) + 1
    assert descriptions(place).items() >= pages.items()


def descriptions(place: Catalogue) -> dict[str, str]:
    """The digest of each published description."""
    files = catalogue.digests(place.root / "public" / "current" / "site" / "dataset").items()
    return {name: digest for name, digest in files if name.endswith(".ttl")}


def check(route: manifest.Route, run: Any) -> None:
    """One failed source that lost nothing, for the reason that its row names."""
    assert_reconciled(run)
    assert (run["status"], run["read"]) == ("failed", 0)
    (problem,) = run["problems"]
    assert problem["message"]["fr"]
    assert problem["fix"]["fr"]
    assert route.path in problem["document"]
    for words in route.said:
        assert words.lower() in problem["message"]["en"].lower()
    for words, code in CODES.items():
        if words in route.required:
            assert problem["code"] == code


def test_the_server_and_its_table_name_the_same_routes() -> None:
    """A route that the server gains is tried; those without a row are where others lead to."""
    source = (shared.attacks() / "http" / "evil_server.py").read_text("utf-8")
    served = {"/" + name.replace("_", "-") for name in re.findall(r"def r_(\w+)", source)}
    assert {route.path for route in ROUTES} <= served
    led_to = {f"/{path}" for path in re.findall(r"'Location','[^']*?/([\w-]+)", source)}
    for route in served - {route.path for route in ROUTES}:
        assert route in led_to or f"{route}'" in source
