"""A child process that answers messages within a deadline."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any, Final

import pyoxigraph

import red_catalog
from red_catalog.rdf import frames

_PIECE: Final = 1 << 20


class StoppedError(Exception):
    """The child overran or died; `code` is a code of `defects.TABLE`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Process:
    """One child, its pipes, and nothing of this process's environment or files."""

    def __init__(self, module: str) -> None:
        roots = (str(Path(package.__file__ or "").parent.parent) for package in _PACKAGES)
        path = os.pathsep.join(dict.fromkeys([*roots, *filter(None, sys.path)]))
        self._process = subprocess.Popen(  # noqa: S603
            # Neither site nor the working folder: both take time and neither is wanted.
            [sys.executable, "-S", "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path, "PYTHONHASHSEED": "0"},
            bufsize=0,
            process_group=0,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._input = self._process.stdin.fileno()
        self._output = self._process.stdout.fileno()
        os.set_blocking(self._input, False)
        self._received = bytearray()

    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.poll() is None

    def send(self, header: dict[str, Any], payload: bytes, deadline: float) -> None:
        """Sends one message. Raises StoppedError when the child does not take it in time."""
        rest = memoryview(frames.pack(header, payload))
        while rest:
            self._wait(self._input, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._input, rest[:_PIECE]) :]
            except BrokenPipeError:
                raise StoppedError(self._why()) from None

    def receive(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        """The next message. Raises StoppedError when it does not come in time."""
        return frames.unpack(lambda size: self._take(size, deadline))

    def _take(self, size: int, deadline: float) -> bytes:
        while len(self._received) < size:
            self._wait(self._output, select.POLLIN, deadline)
            piece = os.read(self._output, _PIECE)
            if not piece:
                raise StoppedError(self._why())
            self._received += piece
        taken = bytes(self._received[:size])
        del self._received[:size]
        return taken

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        if not poll.poll(max(0, deadline - monotonic()) * 1000):
            raise StoppedError("too-slow")

    def _why(self) -> str:
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return "too-slow"
        return "memory" if code == -signal.SIGABRT else "crash"

    def close(self) -> None:
        """Ends the child, and what it started."""
        self.kill()
        self._close_pipes()

    def kill(self) -> None:
        """Ends the child, and what it started; its pipes stay open for who waits at them."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def forget(self) -> None:
        """Closes the pipes and leaves the child alone: another process owns it."""
        self._process.returncode = 0
        self._close_pipes()

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


_PACKAGES: Final = (red_catalog, pyoxigraph)
