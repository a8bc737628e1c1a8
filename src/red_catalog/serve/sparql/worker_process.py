"""A worker as the server sees it: a process with two pipes, which may be killed at any moment."""

import asyncio
import json
import logging
import math
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from red_catalog.config import Sparql
from red_catalog.serve import frames

START_SECONDS = 30.0
IN_MEMORY = 1_000_000  # bytes of an answer kept in memory; the rest goes to a temporary file
_TICKS = os.sysconf("SC_CLK_TCK")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Spooled:
    """A whole answer, to be read from `content` and closed."""

    content: IO[bytes]
    size: int
    truncated: bool


class Trouble(Exception):  # noqa: N818
    """A worker's word that a query failed."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__(told["code"])
        self.told = told


class StartError(Exception):
    """Why a worker did not start: its last words."""


class Worker:
    """One worker process and the pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        self.process = process
        self.questions, self.answers = process.stdin, process.stdout
        self.errors = process.stderr  # closed once it is ready
        self.is_sealed = True  # until it says otherwise
        self.spent = 0.0  # seconds of processor time up to its last answer

    @property
    def has_ended(self) -> bool:
        """Whether the process is known to be no more."""
        return self.process.returncode is not None or self.answers.at_eof()

    async def ready(self) -> None:
        """Waits until the snapshot is open. Raises StartError where it is not, or too late."""
        try:
            async with asyncio.timeout(START_SECONDS):
                try:
                    _, content = await frames.receive_frame(self.answers)
                except asyncio.IncompleteReadError:
                    raise StartError(await self._last_words()) from None
        except TimeoutError:
            raise StartError(f"it was not ready after {START_SECONDS:g} s") from None
        told = json.loads(content)
        self.is_sealed, self.spent = bool(told["sealed"]), float(told["worked"])
        if not self.is_sealed:
            _LOG.warning("This platform cannot keep SPARQL workers from the network.")

    async def _last_words(self) -> str:
        said = (await self.errors.read()).decode("utf-8", "replace").split("\n")
        last = next((line for line in reversed(said) if line.strip()), "")
        return last.rstrip(". ") or f"it ended with {await self.process.wait()}"

    async def ask(self, question: Mapping[str, Any]) -> Spooled:
        """Sends one question and spools its answer."""
        content = json.dumps(question).encode()
        self.questions.write(frames.pack_frame(frames.QUESTION, content))
        await self.questions.drain()
        kind, head = await frames.receive_frame(self.answers)
        head, _, whole = head.partition(b"\n")
        about = json.loads(head)
        self.spent = float(about["worked"])
        if kind == frames.TROUBLE:
            raise Trouble(about)
        if kind == frames.WHOLE:
            return Spooled(BytesIO(whole), about["size"], about["truncated"])
        spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        try:
            while (frame := await frames.receive_frame(self.answers))[0] == frames.DATA:
                spool.write(frame[1])
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return Spooled(spool, about["size"], about["truncated"])

    def strike(self) -> None:
        """Has the process die."""
        # Not process.kill(): where the process has just died, it takes the exit status away
        # from whoever waits for it, and a death for want of memory looks like any other.
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)

    def worked(self) -> float:
        """Seconds of processor time that the process has had; infinite where nobody tells."""
        try:
            told = Path(f"/proc/{self.process.pid}/stat").read_text("ascii")
        except OSError:
            return math.inf
        user, system = told.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / _TICKS

    def give_way(self) -> None:
        """Has the process run only while nobody else wants the processor."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 19)
            # Niceness counts from the server's own, which may be nice already; this does not.
            if hasattr(os, "SCHED_IDLE"):
                os.sched_setscheduler(self.process.pid, os.SCHED_IDLE, os.sched_param(0))

    async def kill(self) -> int:
        """Ends the process at once; returns how it had ended, or was ended."""
        self.strike()
        self.questions.close()
        with suppress(OSError):
            await self.questions.wait_closed()
        code = await self.process.wait()
        for pipe in (self.answers, self.errors):
            while await pipe.read(65_536):
                pass  # only at its end does the pipe close itself
        return code


async def spawn(snapshot: Path, limits: Sparql) -> Worker:
    """A new worker on this snapshot, within these limits; it may not be ready yet."""
    # An arena a thread would eat the address space that the limit counts.
    environment = {"PATH": os.environ.get("PATH", ""), "MALLOC_ARENA_MAX": "2"}
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL"):
        if name in os.environ:
            environment[name] = os.environ[name]
    command = [sys.executable, "-m", "red_catalog.serve.sparql.worker", str(snapshot)]
    process = await asyncio.create_subprocess_exec(
        *command,
        str(limits.memory_bytes),
        str(limits.seconds),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
        start_new_session=True,  # Ctrl-C is for the server, which then stops them
    )
    return Worker(process)
