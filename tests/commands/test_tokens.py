"""Keys and their log, through the command line."""

import json
from pathlib import Path

import pytest

from red_catalog.cli import run_command
from red_catalog.pipeline.desk.initialising import initialise


@pytest.fixture
def number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """The number of a key of the only holder of a new catalogue, in the current folder."""
    initialise(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run_command(("token", "log")) == 0
    assert capsys.readouterr().out == "Nothing was done yet.\n"
    assert run_command(("token", "create", "mon-etablissement", "--scope", "read", "--json")) == 0
    return str(json.loads(capsys.readouterr().out)["id"])


def test_the_log_tells_what_was_done_with_keys(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who did or was refused what and when, the oldest first, for people and as JSON."""
    assert run_command(("attest", "inconnu")) == 2
    assert run_command(("token", "revoke", number)) == 0
    capsys.readouterr()
    assert run_command(("token", "log", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["actor"], one["action"], one["outcome"], one["subject"]) for one in told] == [
        ("operator", "token create", "done", number),
        ("operator", "attest", "unknown", "inconnu"),
        ("operator", "token revoke", "done", number),
    ]
    assert list(told[0]) == [
        "moment", "actor", "holder", "action", "outcome", "subject", "digest",
    ]  # fmt: skip
    assert run_command(("token", "log")) == 0
    shown = capsys.readouterr().out
    assert [shown.count(word) for word in ("token create", "inconnu", number)] == [1, 1, 2]
