"""What `deploy/` holds is what its programs read."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from red_catalog.cli import cli

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted(DEPLOY.glob("red-catalog*.service"))


def commands() -> list[list[str]]:
    """Every command line of ours in the units, without its options' values."""
    found = []
    for unit in UNITS:
        for line in unit.read_text("utf-8").splitlines():
            name, _, command = line.partition("=")
            if name.startswith(("ExecStart", "ExecStop")) and "bin/red-catalog" in command:
                found.append(command.split()[1:])
    return found


@pytest.mark.parametrize("command", commands())
def test_units_call_what_there_is(command: list[str]) -> None:
    """Each command and option in the units is one of the command line's."""
    told = CliRunner().invoke(cli, [command[0], "--help"])
    assert told.exit_code == 0
    assert all(word in told.output for word in command if word.startswith("--"))


def test_secrets_reach_what_needs_them() -> None:
    """The server and the harvest have the file of secrets, under systemd and in containers."""
    for unit in UNITS:
        assert "\nEnvironmentFile=-/etc/red-catalog.env\n" in unit.read_text("utf-8")
    services = (DEPLOY / "compose.yaml").read_text("utf-8").split("\n\n")
    ours = [one for one in services if "deploy/Dockerfile" in one]
    given = [one for one in ours if "env_file: [{path: red-catalog.env, required: false}]" in one]
    assert len(given) == len(ours) == 2


def test_what_stops_a_run_stops_no_backup() -> None:
    """The register is backed up after a run that a guard or a mail server ended with a failure."""
    lines = (DEPLOY / "red-catalog-run.service").read_text("utf-8").splitlines()
    (backup,) = [line for line in lines if "red-catalog backup" in line]
    assert backup.startswith("ExecStopPost=/opt/")


def test_what_the_units_write_is_not_for_everybody() -> None:
    """Private notes lie in the register: other users of the machine read nothing."""
    assert all("\nUMask=0027\n" in unit.read_text("utf-8") for unit in UNITS)


def test_systemd_reads_the_units(tmp_path: Path) -> None:
    """Services and timer have no mistake that systemd sees."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for unit in (*UNITS, DEPLOY / "red-catalog-run.timer"):
        text = unit.read_text("utf-8").replace("/opt/red-catalog/bin/red-catalog", "/bin/true")
        (tmp_path / unit.name).write_text(text, "utf-8")
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "red-catalog" in line]
    assert ours == []
