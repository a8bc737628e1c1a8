"""What a piece of work costs: seconds, seconds of the processors, and memory at its peak.

As a script, it watches the process of that number for another one, which must not do it itself: to
look at a large process takes longer the larger it is, and would be told as its work.
"""

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")
_PAUSE = 0.1
# A look at memory holds up whoever asks for more: so many times as long as it took is a pause.
_REST = 10
# Of /proc/PID/stat after the name: a process's own seconds, and of its children that ended.
_TIMES = slice(11, 15)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of all processors, megabytes of all processes at the peak."""

    wall: float
    cpu: float
    peak: float


def measure(work: Callable[..., Any], *arguments: Any) -> tuple[Any, Cost]:
    """What a piece of work gives, and what it cost this process and those it started."""
    watch = _watch(os.getpid())
    spent, _ = watch.ask(began := time.monotonic())
    found = work(*arguments)
    wall = time.monotonic() - began
    now, peak = watch.ask(began)
    return found, Cost(wall, now - spent, peak)


def apart(script: Path, *arguments: str) -> Any:
    """What a script writes as JSON to the file that is its last argument; a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run([sys.executable, str(script), *arguments, file.name], check=True)
        return json.loads(Path(file.name).read_bytes())


class _Watch:
    """A process that watches this one; it ends with it."""

    def __init__(self, pid: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(pid)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, since: float) -> tuple[float, float]:
        """Seconds of processors so far, and the peak of memory since a moment."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{since}\n")
        self._process.stdin.flush()
        cpu, peak = json.loads(self._process.stdout.readline())
        return cpu, peak


@cache
def _watch(pid: int) -> _Watch:
    return _Watch(pid)


def _main(watched: int) -> None:
    """Looks now and then, and answers each line of standard input: since when?"""
    peaks: list[tuple[float, float]] = []
    pause = _PAUSE
    while True:
        asked = select.select([sys.stdin], [], [], pause)[0]
        began = time.monotonic()
        cpu, memory = _look(watched)
        peaks.append((began, memory))
        pause = max(_PAUSE, _REST * (time.monotonic() - began))
        if asked:
            line = sys.stdin.readline()
            if not line:
                return
            since = float(line)
            peak = max(memory for moment, memory in peaks if moment >= since)
            sys.stdout.write(json.dumps([cpu, peak]) + "\n")
            sys.stdout.flush()


def _look(watched: int) -> tuple[float, float]:
    """Seconds of processors of a process and its descendants, be they ended, and their memory."""
    cpu = memory = 0.0
    for pid in _tree(watched):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            cpu += sum(map(int, stat[_TIMES])) / _TICKS
            memory += _share(pid)
        except OSError:
            continue
    return cpu, memory


def _share(pid: int) -> float:
    """Megabytes, those shared with others counted in parts."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]


if __name__ == "__main__":
    _main(int(sys.argv[1]))
