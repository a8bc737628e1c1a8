"""Moving the SPARQL workers from one release to the next without dropping a query."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from red_catalog.config import Sparql
from red_catalog.errors import RedError
from red_catalog.serve.releases import Release, Releases
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.seldom import Seldom
from red_catalog.serve.sparql.pool import Pool
from red_catalog.serve.sparql.remote import RemoteStore
from red_catalog.serve.sparql.worker_process import StartError

INTERVAL = 0.5  # seconds between looks at `current`
_AGAIN = 10.0  # seconds until a release on which no worker starts is tried again
_TELLING = 60.0  # seconds between lines of the log on it
_LOG = logging.getLogger(__name__)


class Switch:
    """Holds the pool on the live release.

    A new release gets new workers; the old ones answer until those are ready, then finish
    what they were asked and end.
    """

    def __init__(
        self, releases: Releases, limits: Sparql, remote: RemoteStore | None = None
    ) -> None:
        self.releases = releases
        self.limits = limits
        self.pool: Pool | RemoteStore | None = remote
        self._remote = remote
        self._served: Release | None = None
        self._failed: Path | None = None
        self._again = 0.0
        self._telling = Seldom(_TELLING)
        self._watch: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def is_ready(self) -> bool:
        """Whether queries can be answered."""
        return self.pool is not None and self.pool.is_ready

    def workers(self) -> tuple[int, int]:
        """How many workers are up, and how many were replaced on this release."""
        return (len(self.pool.processes()), self.pool.replaced) if self.pool else (0, 0)

    def require_pool(self) -> Pool | RemoteStore:
        """The pool. Raises Refusal while there is none."""
        if self.pool is None:
            raise Refusal(
                503,
                "Le service SPARQL démarre ou n'a pas de données.",
                "The SPARQL endpoint is starting or has no data.",
                headers={"Retry-After": "5"},
            )
        return self.pool

    async def start(self) -> None:
        """Starts the workers, if there is a release, and watches for the next."""
        if self._remote is not None:
            await self._remote.start()
            return
        await self._look()
        self._watch = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Ends all workers once they have answered."""
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await asyncio.gather(*self._closing)
        if self.pool:
            await self.pool.close()

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(INTERVAL)
            await self._look()

    async def _look(self) -> None:
        release = self._current()
        if release is None or release == self._served:
            return
        now = asyncio.get_running_loop().time()
        if release.folder == self._failed and now < self._again:
            return
        if not release.store.is_dir():
            _LOG.warning("The release %s has no SPARQL snapshot.", release.folder.name)
            self._served = release
            return
        new = Pool(release.store, self.limits)
        try:
            await new.start()
        except StartError as error:
            await new.close()
            self._note_failure(release, error)
            return
        except BaseException:
            await new.close()
            raise
        self._served = release
        old, self.pool = self.pool, new
        if old:
            task = asyncio.create_task(old.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _note_failure(self, release: Release, error: StartError) -> None:
        if release.folder != self._failed:
            self._failed, self._telling = release.folder, Seldom(_TELLING)
        self._again = asyncio.get_running_loop().time() + _AGAIN
        if self._telling.is_time():
            told = "No SPARQL worker starts on %s (%s): run `red-catalog publish --afresh`."
            _LOG.error(told, release.folder.name, error)

    def _current(self) -> Release | None:
        try:
            return self.releases.current()
        except (OSError, RedError):
            _LOG.exception("The new release cannot be read.")
            return None
