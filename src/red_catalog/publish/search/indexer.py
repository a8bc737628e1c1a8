"""Runs Pagefind, the program that makes search indexes."""

import os
import subprocess
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

# Pagefind's own interface and its worker, which the site does not use; and what all shards have
# in common.
_UNUSED: Final = (
    "pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js",
    "pagefind-playground*", "pagefind-worker.js",
)  # fmt: skip
_COMMON: Final = ("pagefind.js", "wasm.*")


@contextmanager
def running(jobs: Sequence[tuple[Path, Path]]) -> Iterator[None]:
    """Has Pagefind index folders into others, a process each, no more at once than processors."""
    if not jobs:
        yield
        return
    from pagefind.service import get_executable  # noqa: PLC0415 - an optional package

    def start(root: Path, target: Path) -> subprocess.Popen[bytes]:
        command = [str(get_executable()), "--site", str(root), "--output-path", str(target),
                   "--quiet"]  # fmt: skip
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603

    waiting = deque(jobs)
    started: deque[subprocess.Popen[bytes]] = deque()
    try:
        while waiting and len(started) < (os.cpu_count() or 1):
            started.append(start(*waiting.popleft()))
        yield
        while started:
            _, said = started[0].communicate()
            if started.popleft().returncode:
                raise RuntimeError(f"Pagefind failed: {said.decode(errors='replace')[-500:]}")
            if waiting:
                started.append(start(*waiting.popleft()))
    finally:
        for process in started:
            process.kill()
            process.communicate()


def strip(index: Path, *, whole: bool) -> None:
    """Removes what the site does not use; from all but one folder what they have alike, too."""
    for pattern in _UNUSED if whole else (*_UNUSED, *_COMMON):
        for path in index.glob(pattern):
            path.unlink()
