"""Examining on a cluster: a real scheduler and two workers, of which one is killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from red_catalog.errors import RedError
from red_catalog.pipeline.harvest.clustering import cluster
from tests.bench.corpus import write_corpus

COUNT = 60
_PATIENCE = 120
_SAME = {
    "record": "iri, slug, holder, source, document, digest, fingerprint, verdict, report, others,"
    " scores, given, applicable, points, versions, remarks",
    "version": "iri, number, digest, canonical",
    "outcome": "run, iri, state, verdict, reason",
    "document": "source, proof, location, held",
}


def start(stack: ExitStack, *arguments: str) -> subprocess.Popen[bytes]:
    """A process of Dask, ended with the test."""
    command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


@contextmanager
def running(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its workers once all have reported."""
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        start(stack, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file",
              str(file))  # fmt: skip
        until(file.is_file)
        address = json.loads(file.read_text("utf-8"))["address"]
        started = [
            start(
                stack,
                "worker",
                address,
                "--nthreads",
                "1",
                "--no-nanny",
                "--local-directory",
                str(folder / f"w{n}"),
            )
            for n in range(workers)
        ]
        yield address, started


def until(ready: Any) -> None:
    """Waits until this is so."""
    end = time.monotonic() + _PATIENCE
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.05)


def harvest(folder: Path, *options: str) -> subprocess.Popen[str]:
    """A harvest of the catalogue in a folder, which tells what it does."""
    folder.mkdir()
    path = write_corpus(folder, COUNT, folder.parent / "in")
    return subprocess.Popen(
        [sys.executable, "-m", "red_catalog", "harvest", "--config", str(path), "--log", "json",
         *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def held(folder: Path) -> dict[str, list[Any]]:
    """What the register holds, but for the time."""
    with closing(sqlite3.connect(folder / "var" / "register.db")) as db:
        return {
            table: sorted(db.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in _SAME.items()
        }


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """With one worker of two killed in the middle, the register is that of one machine."""
    with harvest(tmp_path / "alone", "--workers", "1") as alone:
        assert alone.stderr is not None
        alone.stderr.read()
    assert alone.returncode == 0
    with running(tmp_path, 2) as (address, workers):
        until(lambda: seen(address) == 2)
        with harvest(tmp_path / "many", "--scheduler", address) as many:
            assert many.stderr is not None
            for line in many.stderr:
                if '"documents"' in line:
                    os.kill(workers[0].pid, signal.SIGKILL)
                    break
            rest = many.stderr.read()
        assert many.returncode == 0, rest
        assert workers[0].wait() == -signal.SIGKILL
        assert workers[1].poll() is None
    assert held(tmp_path / "many") == held(tmp_path / "alone")
    assert len(held(tmp_path / "many")["record"]) == COUNT


def seen(address: str) -> int:
    """How many workers a scheduler has."""
    with Client(address, set_as_default=False, timeout=_PATIENCE) as client:  # type: ignore[no-untyped-call]
        return len(client.scheduler_info(n_workers=-1)["workers"])


def test_a_scheduler_that_is_not_there_is_told_in_a_sentence() -> None:
    """Nobody answers at that address."""
    with pytest.raises(RedError, match="No scheduler answers"), cluster("nonsense://x"):
        pass
