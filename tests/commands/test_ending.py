"""Commands that are ended from outside: nothing of them goes on, and the next one can begin."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.pipeline.desk.initialising import initialise

# A publication of which the command line, the lock and the processes are real, and the work is not.
PUBLISH = """
import sys, time
from functools import partial
from red_catalog import cli
from red_catalog.commands import releases
from red_catalog.publish.crew import WORTH_IT, beside, crew

def rest(_held, _piece):
    print("busy", flush=True)
    time.sleep(60)

def publish(*_, **__):
    with beside(partial(time.sleep, 60), WORTH_IT), crew(None, WORTH_IT, 2) as team:
        team.map(rest, range(WORTH_IT))

releases.publish_release = publish
sys.argv = ["red-catalog", "publish"]
cli.main()
"""
HARVEST = """
from red_catalog.pipeline.harvest.crewing import Workers

if __name__ == "__main__":
    with Workers(2) as workers:
        list(workers.map(exec, ["import time; print('busy', flush=True); time.sleep(60)"] * 9))
"""


def end(folder: Path, program: str, number: signal.Signals) -> tuple[int, str]:
    """How a program of ours ends that is sent a signal when its processes work, and its words.

    Its output has its end once none of its processes has it any more.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert "busy" in process.stdout.readline()
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    return process.returncode, said.strip()


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (signal.SIGKILL, (-signal.SIGKILL, "")),
        (signal.SIGTERM, (-signal.SIGTERM, "red-catalog: ended by SIGTERM.")),
    ],
)
def test_a_publication_that_is_ended_leaves_nothing(
    tmp_path: Path, number: signal.Signals, told: tuple[int, str]
) -> None:
    """Killed or told to end, its processes end with it, and the next command has the lock."""
    initialise(tmp_path)
    assert end(tmp_path, PUBLISH, number) == told
    with config.load(tmp_path / "red.toml").locked():
        pass


def test_a_harvest_that_is_killed_leaves_no_processes(tmp_path: Path) -> None:
    """Those that share its work end with it, and so does the one that they were forked from."""
    assert end(tmp_path, HARVEST, signal.SIGKILL)[0] == -signal.SIGKILL


def test_nothing_ends_for_want_of_somebody_who_listens(tmp_path: Path) -> None:
    """A harvest whose output and errors are closed goes on and ends well."""
    initialise(tmp_path)
    harvest = 'exec "$0" -m red_catalog harvest --workers 1 >&- 2>&-'
    call = ["sh", "-c", harvest, sys.executable]
    assert subprocess.run(call, cwd=tmp_path, timeout=120, check=False).returncode == 0
    assert (tmp_path / "var" / "register.db").is_file()
