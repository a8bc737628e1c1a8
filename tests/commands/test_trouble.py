"""What the system refuses, told to whoever runs a command."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from red_catalog.cli import run_command
from red_catalog.commands.harvests import raising_bugs
from red_catalog.errors import find_trouble
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.publish import crew
from tests.catalogue import SAMPLES, red_catalog

NOBODY = 65534


@pytest.fixture
def theirs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue, the current folder, that another user may read and not write."""
    # Others may not go into the folders of pytest.
    folder = Path(tempfile.mkdtemp(prefix="red-catalog-test-"))
    initialise(folder)
    monkeypatch.chdir(folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "command",
    [
        ("harvest",),
        ("publish",),
        ("run",),
        ("restore", "red.toml"),
        ("holder", "add", "chu-bellerive", "--name", "CHU de Bellerive"),
    ],
)
@pytest.mark.usefixtures("theirs")
def test_another_user_than_the_services_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """Where folders may not be written, one sentence says who may."""
    root = os.geteuid() == 0
    # All that the command needs is loaded while it may be read.
    initialise(tmp_path)
    (tmp_path / "var").touch()
    run_command((*command, "--config", str(tmp_path / "red.toml")))
    capsys.readouterr()
    try:
        if root:
            os.seteuid(NOBODY)
        code = run_command(command)
    finally:
        if root:
            os.seteuid(0)
    told = capsys.readouterr().err
    assert (code, told.count("\n")) == (2, 1), told
    assert "run this as the user of the service" in told


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """A disk without room is told in a sentence, not as a bug."""
    (tmp_path / "declaration.ttl").symlink_to("/dev/full")
    workbook = str(SAMPLES / "clinique-tamaris" / "declaration.xlsx")
    done = red_catalog(tmp_path, "convert", workbook, "-o", "declaration.ttl")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "make room" in done.stderr


@pytest.mark.parametrize("encoding", ["iso-8859-15", "ascii"])
def test_a_terminal_of_another_encoding_is_written_to(tmp_path: Path, encoding: str) -> None:
    """What cannot be written is a question mark; JSON keeps all by its escapes."""
    assert red_catalog(tmp_path, "init", ".").returncode == 0
    path = tmp_path / "holders" / "mon-etablissement" / "dataset.ttl"
    path.write_text(path.read_text("utf-8").replace('dct:title "', 'dct:title "≥ œuvre ', 1))

    def told(*command: str) -> bytes:
        environment = {**os.environ, "PYTHONIOENCODING": encoding, "NO_COLOR": "1"}
        line = [sys.executable, "-m", "red_catalog", *command]
        done = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode in {0, 1}, done.stderr
        return done.stdout

    shown = told("check", str(path), "--lang", "fr").decode(encoding)
    assert re.search("[?] [?œ]uvre", shown)
    # JSON is in UTF-8 wherever it goes.
    assert json.loads(told("holder", "list", "--json"))[0]["name"]["fr"].startswith("Mon é")


def _fill(held: str, piece: int) -> None:
    """Writes into a file on a disk without room."""
    with Path(held).open("wb") as file:
        file.write(bytes(piece))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_disk_that_fills_on_the_way_is_told(workers: int) -> None:
    """What one write in the middle of many meets, in any process, is told without a file's name."""
    with pytest.raises(OSError) as caught, crew.crew("/dev/full", crew.WORTH_IT, workers) as some:  # noqa: PT011  the system's
        some.map(_fill, [1_000_000])
    told = find_trouble(caught.value)
    assert "make room" in str(told)
    assert find_trouble(OSError(errno.EFBIG, os.strerror(errno.EFBIG))) is not None
    assert find_trouble(OSError("IO error: No space left on device: While appending")) is not None
    assert find_trouble(OSError(errno.EBADF, os.strerror(errno.EBADF))) is None


def test_two_bugs_are_both_told() -> None:
    """Where publishing fails by a bug after a source did, the source's stands behind it."""
    first, second = KeyError("une source"), LookupError("la publication")

    def work() -> None:
        with raising_bugs("text") as bugs:
            bugs.append(first)
            raise second

    with pytest.raises(LookupError, match="la publication") as raised:
        work()
    assert raised.value.__cause__ is first
