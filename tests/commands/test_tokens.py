"""Keys and their log, through the command line."""

import json
from pathlib import Path

import pytest

from red_catalog.cli import run_command
from red_catalog.pipeline.desk.initialising import initialise


@pytest.fixture
def key_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """The id of a key of the only holder of a new catalogue, in the current folder."""
    initialise(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run_command(("token", "log")) == 0
    assert capsys.readouterr().out == "Nothing was done yet.\n"
    assert run_command(("token", "create", "mon-etablissement", "--scope", "read", "--json")) == 0
    return str(json.loads(capsys.readouterr().out)["id"])


def test_the_log_tells_what_was_done_with_keys(
    key_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who did or was refused what and when, the oldest first, for people and as JSON."""
    assert run_command(("attest", "inconnu")) == 2
    assert run_command(("token", "revoke", key_id)) == 0
    capsys.readouterr()
    assert run_command(("token", "log", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["actor"], one["action"], one["outcome"], one["subject"]) for one in told] == [
        ("operator", "token create", "done", key_id),
        ("operator", "attest", "unknown", "inconnu"),
        ("operator", "token revoke", "done", key_id),
    ]
    assert list(told[0]) == [
        "moment", "actor", "holder", "action", "outcome", "subject", "digest", "number", "seal",
    ]  # fmt: skip
    assert run_command(("token", "log")) == 0
    shown = capsys.readouterr().out
    assert [shown.count(word) for word in ("token create", "inconnu", key_id)] == [1, 1, 2]


def test_an_ended_key_is_told(key_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    """That it opens nothing any more, by the id that lists give; an unknown id is refused."""
    assert run_command(("token", "revoke", key_id)) == 0
    assert capsys.readouterr().out == f"{key_id} opens nothing any more.\n"
    assert run_command(("token", "revoke", "00000000")) == 2
    assert "No key has the id 00000000" in capsys.readouterr().err
