"""What `deploy/` holds is what its programs read."""

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from red_catalog.cli import cli
from tests import shared

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted(DEPLOY.glob("red-catalog*.service"))


def commands() -> list[list[str]]:
    """Every command line of ours in the units, without its options' values."""
    found = []
    for unit in UNITS:
        for line in unit.read_text("utf-8").splitlines():
            name, _, command = line.partition("=")
            if name.startswith(("ExecStart", "ExecStop")) and "bin/red-catalog" in command:
                words = shlex.split(command)
                found.append(shlex.split(words[2])[2:] if words[1] == "-c" else words[1:])
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


def after_a_run() -> list[str]:
    """What the nightly unit does once the run has ended, however it ended, in order."""
    lines = (DEPLOY / "red-catalog-run.service").read_text("utf-8").splitlines()
    commands = [line.partition("=")[2] for line in lines if line.startswith("ExecStopPost=")]
    return [one for one in commands if "bin/red-catalog" in one]


def test_what_stops_a_run_stops_no_backup() -> None:
    """The register is backed up after a run that failed, and before a push that may fail."""
    backup, push = after_a_run()
    assert "red-catalog backup " in backup
    assert "red-catalog push " in push


def test_each_day_of_the_week_has_its_backup() -> None:
    """A fault that is found on the third day is not in the only copy."""
    _, shell, script = shlex.split(after_a_run()[0])
    assert shell == "-c"
    script = script.replace("$$", "$").replace("%%", "%")  # as systemd reads them
    told = script.replace("exec /opt/red-catalog/bin/red-catalog", "echo")
    done = subprocess.run(["/bin/sh", "-c", told], capture_output=True, text=True, check=True)
    assert re.search(r"/backup/register-[1-7]\.db$", done.stdout.rstrip())


def test_commands_by_hand_have_what_the_units_have(tmp_path: Path) -> None:
    """`red-catalog.sh` runs in the catalogue's folder, has the secrets, writes for no other."""
    script = (DEPLOY / "red-catalog.sh").read_text("utf-8")
    for place in ("/etc/red-catalog.env", "/srv/red-catalog", "/opt/red-catalog"):
        script = script.replace(place, f"{tmp_path}{place}")
    for folder in ("etc", "srv/red-catalog", "opt/red-catalog/bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "etc" / "red-catalog.env").write_text("CHU_KEY='a $b'\n", "utf-8")
    program = tmp_path / "opt" / "red-catalog" / "bin" / "red-catalog"
    program.write_text('#!/bin/sh\npwd; umask; echo "$CHU_KEY"; echo "$@"\n', "utf-8")
    (tmp_path / "setpriv").write_text(
        '#!/bin/sh\n[ "$1 $2 $3 $4" = "--reuid red-catalog --regid red-catalog" ] || exit 9\n'
        'shift 5; exec "$@"\n',
        "utf-8",
    )
    for file in (program, tmp_path / "setpriv"):
        file.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-c", script, "red-catalog", "diff", "chu a"], capture_output=True, text=True,
        check=True, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stdout.splitlines() == [f"{tmp_path}/srv/red-catalog", "0027", "a $b", "diff chu a"]


def test_what_the_units_write_is_not_for_everybody() -> None:
    """Private notes lie in the register: other users of the machine read nothing."""
    assert all("\nUMask=0027\n" in unit.read_text("utf-8") for unit in UNITS)


def test_servers_get_the_versions_that_the_tests_ran_with() -> None:
    """An upgrade in some years, and the way back from it, bring no dependency that nobody tried."""
    root = DEPLOY.parent
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["search"]]
    places = [DEPLOY / "Dockerfile", *(root / "docs" / "guides").glob("operat*.md")]
    assert len(places) == 3
    for place in places:
        text = place.read_text("utf-8")
        installed = [line for line in text.split("\n") if "bin/pip install" in line]
        assert all(line.endswith("-c tested.txt") for line in installed)
        made = re.findall(r"(?m)(grep .* requirements\.lock) > tested\.txt", text)
        assert len(made) == len(installed) > 0
        for command in made:
            pins = subprocess.run(shlex.split(command), cwd=root, capture_output=True, check=True)
            pinned = {line.split("==")[0] for line in pins.stdout.decode().split()}
            assert pinned >= {re.match(r"[\w-]+", one)[0] for one in wanted}  # type: ignore[index]


def test_systemd_reads_the_units(tmp_path: Path) -> None:
    """Services and timer have no mistake that systemd sees."""
    if not shutil.which("systemd-analyze"):
        shared.lack("systemd-analyze is not installed.")
    for unit in (*UNITS, DEPLOY / "red-catalog-run.timer"):
        text = unit.read_text("utf-8").replace("/opt/red-catalog/bin/red-catalog", "/bin/true")
        (tmp_path / unit.name).write_text(text, "utf-8")
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "red-catalog" in line]
    assert ours == []
