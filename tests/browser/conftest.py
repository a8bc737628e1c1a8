"""The sample catalogue, served; Debian's Chromium, which every test of this folder drives."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import shared
from tests.browser.screenshots import CHROMIUM, revise, serving

playwright = shared.need("playwright.sync_api")
# Machines that run tests are busy: a page gets the time it needs.
playwright.expect.set_options(timeout=30_000)
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The red.toml of the sample catalogue, harvested, published, and changed once."""
    folder = tmp_path_factory.mktemp("browser") / "demo"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "samples/demo.py", "--no-serve", "--folder", str(folder),
               "--port", port]  # fmt: skip
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "port").write_text(port)
    revise(folder / "red.toml")
    return folder / "red.toml"


@pytest.fixture(scope="session")
def root(settings: Path) -> Iterator[str]:
    """The address of the served site."""
    with serving(settings, int((settings.parent / "port").read_text())) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for one file: while its driver is open, nothing else can run an event loop."""
    if not Path(CHROMIUM).exists():
        shared.lack(f"{CHROMIUM} is not installed")
    with playwright.sync_playwright() as play:
        launched = play.chromium.launch(executable_path=CHROMIUM)
        yield launched
        launched.close()
