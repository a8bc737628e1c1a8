"""One server for the corpus, the canary files, and a watch on what the process opens."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.attacks import invariants, manifest, upstream
from tests.attacks.place import Make, Place
from tests.attacks.upstream import Upstream

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Watch:
    """What this process connected to and opened for writing, while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.connected: list[Any] = []
        self.written: list[Path] = []
        self.read: list[Path] = []
        sys.addaudithook(self._hear)  # cannot be taken away again, hence `on`

    def _hear(self, event: str, facts: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "socket.connect":
            self.connected.append(facts[1])
        elif event == "open" and isinstance(facts[0], str):
            (self.written if facts[2] & _WRITES else self.read).append(Path(facts[0]))

    def start(self) -> None:
        """Forgets what was and listens."""
        self.connected.clear()
        self.written.clear()
        self.read.clear()
        self.on = True


@pytest.fixture(scope="session")
def hearing() -> Watch:
    """The one watch of this process."""
    return Watch()


@pytest.fixture(scope="module")
def server() -> Iterator[Upstream]:
    """The one server of the corpus, beside the canary files."""
    for path, content in manifest.invariants().canaries.items():
        path.write_bytes(content)
    with upstream.start() as running:
        yield running


@pytest.fixture
def corpus(server: Upstream) -> Upstream:
    """The server, serving nothing yet."""
    server.clear()
    return server


@pytest.fixture
def watch(
    hearing: Watch, corpus: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Watch]:
    """Only the corpus is reached, only the catalogue is written, and no canary is read."""
    # Commands are loaded when they are called, and Python would keep what it compiles of them.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    hearing.start()
    yield hearing
    hearing.on = False
    assert corpus.strays() == []
    assert {address[:2] for address in hearing.connected} <= {("127.0.0.1", upstream.PORT)}
    inside = (tmp_path.resolve(), Path("/dev/null"))
    outside = [p for p in hearing.written if not any(p.resolve().is_relative_to(i) for i in inside)]
    assert outside == []
    assert not set(manifest.invariants().canaries) & set(hearing.read)


@pytest.fixture
def make(tmp_path: Path, watch: Watch, capsys: pytest.CaptureFixture[str]) -> Iterator[Make]:
    """Makes catalogues; all that they print and publish is looked at in the end."""
    places: list[Place] = []

    def build() -> Place:
        places.append(Place(tmp_path / f"catalogue-{len(places)}", capsys))
        return places[-1]

    yield build
    for place in places:
        invariants.check(place)
