"""Publishing by itself, once holders have handed nothing in for a while."""

import asyncio
import logging
import sys
from contextlib import suppress
from typing import Final

from red_catalog.config import Config
from red_catalog.errors import BusyError

_LONGEST: Final = 10  # quiet times after which a release is made however much comes in
_PAUSE: Final = 1.0  # seconds before a run that could not begin is tried again
_LOG = logging.getLogger(__name__)


class Republisher:
    """Runs `red-catalog run` on the sources that are handed in."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.quiet = config.serve.quiet_seconds
        self._changed = asyncio.Event()
        self._work: asyncio.Task[None] | None = None
        self._last = 0.0

    def note(self) -> None:
        """Something was handed in or taken back."""
        self._last = asyncio.get_running_loop().time()
        self._changed.set()

    async def start(self) -> None:
        """Watches, if it should; what came before the last end is taken at once."""
        if self.config.serve.publish == "on-ingest" and self.config.file:
            self.note()
            self._work = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Ends the watch, and a run under way: the next one makes up for it."""
        if self._work:
            self._work.cancel()
            # Whatever the watch ended with, the server ends in order.
            await asyncio.wait({self._work})

    async def _watch(self) -> None:
        while True:
            await self._changed.wait()
            await self._settle()
            self._changed.clear()
            if not await self._run():
                await asyncio.sleep(_PAUSE)
                self.note()

    async def _settle(self) -> None:
        loop = asyncio.get_running_loop()
        latest = loop.time() + _LONGEST * self.quiet
        while (left := min(self._last + self.quiet, latest) - loop.time()) > 0:
            await asyncio.sleep(left)

    async def _run(self) -> bool:
        """Whether a run was made, well or not; otherwise it is for another time."""
        sources = [s.id for h in self.config.holders if (s := self.config.ingest_source(h.id))]
        if not sources:
            return True
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "red_catalog", "run", *sources,
                "--config", str(self.config.file), "--workers", "1",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
        except OSError as error:
            _LOG.warning("Publishing what was handed in could not begin: %s", error)
            return False
        try:
            _, said = await process.communicate()
        except asyncio.CancelledError:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()
            raise
        code = process.returncode or 0
        if code:
            told = said.decode("utf-8", "replace").strip()[-300:]
            _LOG.warning("Publishing what was handed in ended with %s: %s", code, told)
        return code != BusyError.exit_code
