"""Commands that die by `kill -9`, at a moment of time or while they speak with a server."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_TABLE = Path("/proc/net/tcp")
_ESTABLISHED = "01"
PATIENCE = 60.0  # seconds that a command is given to reach its server


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A command of ours in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "red_catalog", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes], after: float) -> bool:
    """Kills the group after so many seconds; False where it had ended by itself."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def kill_in_the_middle(folder: Path, port: int, delay: float, *arguments: str) -> bool:
    """A command of ours, killed so many seconds after it reached a port; False: it had ended."""
    process = start(folder, *arguments)
    end = time.monotonic() + PATIENCE
    while process.poll() is None and not _reached(port):
        if time.monotonic() > end:
            os.killpg(process.pid, signal.SIGKILL)
            pytest.fail(f"nothing was asked of port {port}")
        time.sleep(0.002)
    return kill(process, delay)


def _reached(port: int) -> bool:
    """Whether anyone on this machine is connected with this port of it."""
    for line in _TABLE.read_text("ascii").splitlines()[1:]:
        _, _, remote, state = line.split()[:4]
        if state == _ESTABLISHED and int(remote.rpartition(":")[2], 16) == port:
            return True
    return False
