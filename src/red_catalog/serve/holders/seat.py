"""A seat at the desk: one thread, with its own connection to the register that lies there now."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from red_catalog.register.desk import Desk
from red_catalog.serve.request.refusal import Refusal

Found = TypeVar("Found")
_File = tuple[int, int]  # a file system, and what has this number in it


class Seat:
    """Works at the desk of a register, one thing after the other."""

    def __init__(self, register: Path, name: str) -> None:
        self._register = register
        self._thread = ThreadPoolExecutor(1, name)
        self._open = ExitStack()
        self._desk: Desk | None = None
        self._file: _File | None = None

    async def leave(self) -> None:
        """Closes the register."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._open.close)
        self._thread.shutdown()

    async def work(self, work: Callable[[Desk], Found]) -> Found:
        """What comes of some work. Raises Refusal (503) where the register is not in its place."""

        def run() -> Found:
            found = work(self._sit_down())
            if _look_at(self._register) != self._file:
                raise _gone()  # before it was told that something is kept
            return found

        return await asyncio.get_running_loop().run_in_executor(self._thread, run)

    def _sit_down(self) -> Desk:
        """The desk of the file that lies in the register's place now, whoever put it there."""
        file = _look_at(self._register)
        if self._desk is None or file != self._file:
            if file is None and self._file is not None:
                raise _gone()
            self._open.close()
            self._desk = None
            self._desk = self._open.enter_context(Desk.open(self._register))
            self._file = file or _look_at(self._register)
        else:
            self._desk.expect_ours(self._register)
        return self._desk


def _look_at(path: Path) -> _File | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _gone() -> Refusal:
    return Refusal(
        503,
        "Le registre n'est pas à sa place : réessayez dans un instant.",
        "The register is not in its place: try again in a moment.",
        headers={"Retry-After": "30"},
    )
