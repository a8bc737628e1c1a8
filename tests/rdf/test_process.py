"""The child process that reads what others wrote."""

from pathlib import Path

import pytest

from red_catalog.rdf.process import Process


def test_a_child_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords of mail and of sources stay with the process that needs them."""
    monkeypatch.setenv("RED_SMTP_PASSWORD", "mot-de-passe-du-courrier")
    child = Process("red_catalog.rdf.child")
    try:
        given = Path(f"/proc/{child._process.pid}/environ").read_bytes()
    finally:
        child.close()
    assert b"PYTHONHASHSEED" in given
    assert b"mot-de-passe-du-courrier" not in given
