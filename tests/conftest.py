"""What holds for every test: no network but loopback; files that share a port share a process."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from red_catalog.publish.web import themes

_HERE = Path(__file__).parent
# These look at one story, which is told once.
_TOGETHER = ("story",)
# These take minutes: begun last, one process would work on while the others have nothing to do.
_LONG = (
    "test_kills.py", "validation/compiled/test_same_results.py",
    "validation/test_same_as_official.py",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps each file's tests in one process when they run in several, and ports apart."""
    # These listen on the one port that the hostile documents ask for.
    listening = {
        i.path for i in items if {"canary", "corpus"} & set(getattr(i, "fixturenames", ()))
    }
    for item in items:
        place = item.path.relative_to(_HERE)
        folder = place.parts[0]
        group = folder if folder in _TOGETHER else str(place)
        group = "one-port" if item.path in listening else group
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: str(item.path.relative_to(_HERE)) not in _LONG)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Connections leave only for this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            pytest.fail(f"A test connected to {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the files of ours with this name others for whoever takes their bytes."""
    read = Path.read_bytes

    def change(name: str) -> None:
        def changed(path: Path) -> bytes:
            return read(path) + b"\n" * (path.name == name and "red_catalog" in path.parts)

        monkeypatch.setattr(Path, "read_bytes", changed)

    return change


@pytest.fixture
def upgrade(change: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """Makes this program another one, whose file of this name is not what it was."""

    def forget() -> None:
        themes.program.cache_clear()
        themes.fingerprint.cache_clear()

    def upgrade(name: str) -> None:
        change(name)
        forget()

    yield upgrade
    forget()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
