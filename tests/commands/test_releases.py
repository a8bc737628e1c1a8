"""Releases through the command line: what is lost with one that fails, and what is not."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.cli import run_command
from red_catalog.commands import releases
from red_catalog.config import settings
from red_catalog.errors import RedError
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.pipeline.publishing import Published

NOTIFY = 'mode = "on-change"\nfrom = "red@sante.example.fr"\nto = "suivi@sante.example.fr"\n'


@pytest.mark.parametrize(("folder", "count"), [("mail", 1), ("red.toml", 0)])
def test_letters_go_out_though_the_release_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    count: int,
) -> None:
    """The next run sees no change any more; mail that fails as well is told and hides nothing."""
    initialise(tmp_path)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "red.toml"
    before, after = file.read_text("utf-8").split('mode = "never"')
    file.write_text(f'{before}{NOTIFY}folder = "{folder}"{after}', "utf-8")

    def publish(*_: object) -> Published:
        raise RedError("The disk is full: make room.")

    monkeypatch.setattr(releases, "publish_release", publish)
    assert run_command(("run", "--workers", "1")) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "The disk is full" in told
    assert ("red.toml cannot be written" in told) == (not count)
    assert len(list(tmp_path.glob("mail/*"))) == count


def test_a_run_waits_for_another_as_long_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody starts the nightly one again, which finds the server publishing what was handed in."""
    initialise(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(releases, "publish_release", lambda *_: Published(False, 0, 0))
    with ExitStack() as other:
        other.enter_context(config.load(tmp_path / "red.toml").locked())
        assert run_command(("run", "--workers", "1")) == 6
        monkeypatch.setattr(settings, "sleep", lambda _: other.close())
        assert run_command(("run", "--workers", "1", "--wait", "600")) == 0


@pytest.mark.parametrize("command", [("publish",), ("run", "--workers", "1")])
def test_a_bug_at_a_dataset_is_told_once_all_else_is_done(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    """What was published is said, then the bug with its traceback; the code is that of bugs."""
    initialise(tmp_path)
    monkeypatch.chdir(tmp_path)
    bugs = {"https://donnees.chu-rivemont.example/jeu/7": "TypeError: day is out of range"}
    monkeypatch.setattr(releases, "publish_release", lambda *_, **__: Published(True, 12, 0, bugs))
    assert run_command(command) == 5
    told = capsys.readouterr()
    assert "Published 12 datasets" in told.out
    assert "jeu/7: what it spoilt says so or is left out; all else is published" in told.err
    assert "TypeError: day is out of range" in told.err
    assert run_command((*command, "--json")) == 5
    assert '"https://donnees.chu-rivemont.example/jeu/7"' in capsys.readouterr().out
