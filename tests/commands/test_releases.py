"""Releases through the command line: what is lost with one that fails, and what is not."""

from pathlib import Path

import pytest

from red_catalog.cli import run_command
from red_catalog.commands import releases
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
    settings = tmp_path / "red.toml"
    before, after = settings.read_text("utf-8").split('mode = "never"')
    settings.write_text(f'{before}{NOTIFY}folder = "{folder}"{after}', "utf-8")

    def publish(*_: object) -> Published:
        raise RedError("The disk is full: make room.")

    monkeypatch.setattr(releases, "publish_release", publish)
    assert run_command(("run", "--workers", "1")) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "The disk is full" in told
    assert ("red.toml cannot be written" in told) == (not count)
    assert len(list(tmp_path.glob("mail/*"))) == count
