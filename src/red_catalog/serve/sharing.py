"""What several server processes count, told as one.

Each process writes its counts into a file of a folder that they share; whichever is asked adds
them up. The file of a process that ended keeps counting: counters never go down.
"""

import asyncio
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from red_catalog.serve.records import Records

INTERVAL: Final = 1.0  # seconds between two writings
_FRESH: Final = 10.0  # seconds after which a process that wrote nothing is no more
Workers = tuple[int, int]


class Counts:
    """The counts of this process and, where there is a folder, of those beside it."""

    def __init__(
        self, records: Records, workers: Callable[[], Workers], folder: Path | None
    ) -> None:
        self.records = records
        self._workers = workers
        self._folder = folder
        self._writing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to write, where there is a folder."""
        if self._folder:
            self._writing = asyncio.create_task(self._keep_writing(self._folder))

    async def stop(self) -> None:
        """Writes a last time."""
        if self._writing and self._folder:
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing
            self._write(self._folder)

    def total(self) -> tuple[Records, Workers]:
        """Everything counted; SPARQL workers that are up, and that were replaced."""
        if not self._folder:
            return self.records, self._workers()
        self._write(self._folder)
        total, up, replaced = Records(), 0, 0
        for file in self._folder.glob("*.json"):
            told = json.loads(file.read_bytes())
            total.add(told["records"])
            replaced += told["replaced"]
            if time.time() - file.stat().st_mtime < _FRESH:
                up += told["up"]
        return total, (up, replaced)

    async def _keep_writing(self, folder: Path) -> None:
        while True:
            self._write(folder)
            await asyncio.sleep(INTERVAL)

    def _write(self, folder: Path) -> None:
        up, replaced = self._workers()
        told = {"records": self.records.to_plain(), "up": up, "replaced": replaced}
        new = folder / f"{os.getpid()}.new"
        new.write_text(json.dumps(told), "ascii")
        new.replace(folder / f"{os.getpid()}.json")
