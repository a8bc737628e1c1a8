"""The child process that reads what others wrote."""

import time
from pathlib import Path

import pytest

from red_catalog.rdf.process import Process


def test_a_child_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords of mail and of sources stay with the process that needs them."""
    monkeypatch.setenv("RED_SMTP_PASSWORD", "mot-de-passe-du-courrier")
    child = Process("red_catalog.rdf.child")
    environment = Path(f"/proc/{child._process.pid}/environ")
    until = time.monotonic() + 60
    try:
        # It is empty while the program is being started.
        while not (given := environment.read_bytes()) and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        child.close()
    assert b"PYTHONHASHSEED" in given
    assert b"mot-de-passe-du-courrier" not in given
