"""What a piece of work costs: seconds, seconds of the processors, and memory at its peak."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of all processors, megabytes of all processes at the peak."""

    wall: float
    cpu: float
    peak: float


def measure(work: Callable[..., Any], *arguments: Any) -> tuple[Any, Cost]:
    """What a piece of work gives, and what it cost this process and those it started."""
    watch = _Watch()
    before = watch.spent()
    watch.start()
    began = time.perf_counter()
    found = work(*arguments)
    wall = time.perf_counter() - began
    watch.stop()
    return found, Cost(wall, watch.spent() - before, watch.peak)


def apart(script: Path, *arguments: str) -> Any:
    """What a script writes as JSON to the file that is its last argument; a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run([sys.executable, str(script), *arguments, file.name], check=True)
        return json.loads(Path(file.name).read_bytes())


class _Watch(threading.Thread):
    """Looks at this process and its descendants now and then.

    The time of those that end between two looks is that of the last look at them: some parsers
    are killed by design, and nobody tells their time.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._seen: dict[int, float] = {}
        self._end = threading.Event()

    def run(self) -> None:
        """Looks until it is stopped."""
        while not self._end.wait(_PAUSE):
            self._look()

    def stop(self) -> None:
        """Looks for the last time."""
        self._end.set()
        self.join()
        self._look()

    def spent(self) -> float:
        """Seconds of processors so far."""
        self._look()
        return sum(self._seen.values())

    def _look(self) -> None:
        memory = 0.0
        for pid in _tree(os.getpid()):
            try:
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                self._seen[pid] = (int(stat[11]) + int(stat[12])) / _TICKS
                memory += _share(pid)
            except OSError:
                continue
        self.peak = max(self.peak, memory)


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
    return found
