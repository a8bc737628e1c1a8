"""A pool of SPARQL workers that may be killed at any moment.

One more worker is started than may run at once, so that the query after a killed one does not
wait. A query that has run for PATIENCE seconds, and worked, is made to yield the processor, and
gives up its place to the next: runaways then slow the others down but do not shut them out. Where
many have given up their places and others still wait, the one that has run longest is ended.
"""

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from red_catalog.config import Sparql
from red_catalog.serve.seldom import Seldom
from red_catalog.serve.sparql.failures import busy, crashed, ended, explain, too_long, unable
from red_catalog.serve.sparql.worker_process import Spooled, StartError, Trouble, Worker, spawn

PATIENCE = 1.0
WORK = 0.05  # seconds of processor time: less is none of a query's fault on a busy machine
_AGAIN = 5.0  # seconds until the next trial, after a worker that did not start
_TELLING = 60.0  # seconds between lines of the log on it
_LOG = logging.getLogger(__name__)


class Pool:
    """Workers on one release's snapshot."""

    def __init__(self, snapshot: Path, limits: Sparql) -> None:
        self.snapshot = snapshot
        self.limits = limits
        self._slots = asyncio.Semaphore(limits.workers)
        # None wakes whoever waits, where none is left and none starts.
        self._idle: asyncio.Queue[Worker | None] = asyncio.Queue()
        self._all: set[Worker] = set()  # those that were ready once
        self._slow: dict[Worker, None] = {}  # without a place, the longest first
        self._overdue: dict[Worker, None] = {}  # to give up theirs, once somebody waits
        self._watching: dict[Worker, asyncio.Task[None]] = {}
        self._ended: set[Worker] = set()
        self._waiting = 0
        self._starting = 0
        self._asked = 0
        self.replaced = 0
        self._closing = False
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._tried = asyncio.Event()
        self._failure: str | None = None  # why none starts
        self._telling = Seldom(_TELLING)
        self._starts: set[asyncio.Task[None]] = set()
        self._burials: set[asyncio.Task[None]] = set()

    @property
    def is_ready(self) -> bool:
        """Whether a worker is up."""
        return any(not worker.has_ended for worker in self._all)

    @property
    def is_sealed(self) -> bool:
        """Whether no worker that is up can reach the network."""
        return all(worker.is_sealed for worker in self._all)

    def processes(self) -> list[int]:
        """The process ids of the workers."""
        return sorted(worker.process.pid for worker in self._all)

    async def start(self) -> None:
        """Starts the workers; returns when the first is ready. Raises StartError where it fails."""
        self._fill()
        await self._tried.wait()
        if not self._all:
            self._telling.is_time()  # whoever has it start tells
            raise StartError(self._failure)

    async def ask(self, question: Mapping[str, Any]) -> Spooled:
        """The answer to one question. Raises Refusal where it fails or takes too long."""
        self._asked += 1
        self._quiet.clear()
        try:
            return await self._ask(question)
        finally:
            self._asked -= 1
            if not self._asked:
                self._quiet.set()

    async def close(self) -> None:
        """Waits for the questions under way, then ends every worker."""
        await self._quiet.wait()
        self._closing = True
        for task in self._starts:
            task.cancel()
        await asyncio.gather(*self._starts, return_exceptions=True)
        for worker in tuple(self._all):
            self._bury(worker)
        await asyncio.gather(*self._burials)

    async def _ask(self, question: Mapping[str, Any]) -> Spooled:
        worker = await self._take()
        watch = asyncio.get_running_loop().call_later(PATIENCE, self._go_watch, worker)
        sound = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                answer = await worker.ask(question)
            sound = True
        except Trouble as trouble:
            sound = trouble.told["code"] != "memory"
            raise explain(trouble.told, question["query"]) from None
        except TimeoutError:
            raise too_long(self.limits.seconds) from None
        except (asyncio.IncompleteReadError, OSError):
            code = await worker.kill()
            raise (ended() if worker in self._ended else crashed(code)) from None
        finally:
            watch.cancel()
            if watching := self._watching.pop(worker, None):
                watching.cancel()
            self._overdue.pop(worker, None)
            self._ended.discard(worker)
            self._give_back(worker, sound=sound)
        return answer

    async def _take(self) -> Worker:
        self._waiting += 1
        try:
            self._make_room()
            async with asyncio.timeout(self.limits.seconds):
                await self._slots.acquire()
                try:
                    return await self._pick()
                except BaseException:
                    self._slots.release()
                    raise
        except TimeoutError:
            raise busy() from None
        finally:
            self._waiting -= 1

    async def _pick(self) -> Worker:
        """The next idle worker. Raises Refusal where there is none and none starts."""
        while True:
            if self._failure and not self._all:
                raise unable()
            worker = await self._idle.get()
            if worker and not worker.has_ended:
                return worker
            if worker:  # the system may kill it at any time
                self.replaced += 1
                self._bury(worker)
                self._fill()

    def _give_back(self, worker: Worker, *, sound: bool) -> None:
        if worker in self._slow:
            del self._slow[worker]
            sound = False  # its low priority cannot be taken back
        else:
            self._slots.release()
        if sound:
            self._idle.put_nowait(worker)
        else:
            self.replaced += 1
            self._bury(worker)
            self._fill()

    def _bury(self, worker: Worker) -> None:
        self._all.discard(worker)
        task = asyncio.get_running_loop().create_task(_end(worker))
        self._burials.add(task)
        task.add_done_callback(self._burials.discard)

    def _go_watch(self, worker: Worker) -> None:
        self._watching[worker] = asyncio.get_running_loop().create_task(self._watch(worker))

    async def _watch(self, worker: Worker) -> None:
        """Has a query that takes long give up its place, once it has worked."""
        while worker.worked() - worker.spent < WORK:
            await asyncio.sleep(0.1)
        self._overdue[worker] = None
        self._make_room()

    def _make_room(self) -> None:
        """Has the longest overdue query give up its place, where there is room or need."""
        full = len(self._slow) >= 2 * self.limits.workers
        if not self._overdue or (full and not self._waiting):
            return
        if full:
            oldest = next((w for w in self._slow if w not in self._ended), None)
            if oldest:
                self._ended.add(oldest)
                oldest.strike()
        worker = next(iter(self._overdue))
        del self._overdue[worker]
        self._slow[worker] = None
        worker.give_way()
        self._slots.release()
        self._fill()

    def _fill(self) -> None:
        if self._closing:
            return
        wanted = self.limits.workers + 1 + len(self._slow)
        for _ in range(wanted - len(self._all) - self._starting):
            self._starting += 1
            self._go_start()

    async def _start_one(self) -> None:
        try:
            worker = await spawn(self.snapshot, self.limits)
            try:
                await worker.ready()
            except BaseException:
                self._bury(worker)
                raise
            self._all.add(worker)
            self._idle.put_nowait(worker)
            self._failure = None
            self._tried.set()
        except (StartError, OSError) as error:
            self._note_failure(str(error))
            await asyncio.sleep(_AGAIN)  # not a hot loop over a broken snapshot
            asyncio.get_running_loop().call_soon(self._fill)
        finally:
            self._starting -= 1

    def _note_failure(self, why: str) -> None:
        self._failure = why
        if self._tried.is_set() and self._telling.is_time():
            _LOG.error("No SPARQL worker starts on %s: %s.", self.snapshot.parent.name, why)
        self._tried.set()
        if self._waiting and not self._all:
            self._idle.put_nowait(None)

    def _go_start(self) -> None:
        task = asyncio.get_running_loop().create_task(self._start_one())
        self._starts.add(task)
        task.add_done_callback(self._starts.discard)


async def _end(worker: Worker) -> None:
    await worker.kill()
