"""Servers that stop, and doors that close, after each test."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from red_catalog.http import Http, user_agent
from red_catalog.rdf.limits import Limits
from tests.http.loopback import Route, Site, start
from tests.shared import attacks


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, Route]], Site]]:
    """Starts servers, and stops them after the test."""
    sites: list[Site] = []

    def build(routes: dict[str, Route]) -> Site:
        sites.append(start(routes))
        return sites[-1]

    yield build
    for site in sites:
        site.close()


@pytest.fixture
def naps() -> list[float]:
    """How long the door would have slept."""
    return []


@pytest.fixture
def door(tmp_path: Path, naps: list[float]) -> Iterator[Callable[..., Http]]:
    """Opens doors that do not really sleep, and closes them."""
    doors: list[Http] = []

    def build(limits: Limits | None = None, **options: object) -> Http:
        agent = user_agent("catalogue@sante.example.fr")
        limits = limits or Limits(document_seconds=10)
        known = {"sleep": naps.append, **options}
        doors.append(Http(tmp_path / "cache", agent, limits, **known))  # type: ignore[arg-type]
        return doors[-1]

    yield build
    for one in doors:
        one.close()


@pytest.fixture(scope="session")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The hostile server of the attack corpus, in a process of its own."""
    corpus = attacks().resolve()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("evil")
    command = [sys.executable, str(corpus / "http" / "evil_server.py"), str(port), str(corpus)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield Site({}, port=port, log=folder / "red-evil.log")
    process.terminate()
    process.wait()
    process.stdout.close()
