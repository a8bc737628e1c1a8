"""Work shared among processes: each is a copy of this one, so that nothing is sent but names."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from red_catalog import parents
from red_catalog.publish import tidying

Result = TypeVar("Result")
Piece = TypeVar("Piece")
Do = Callable[[Any, Any], Any]

# Fewer pieces of work than this are done before a process has started.
WORTH_IT: Final = 100
_AHEAD: Final = 32
_held: list[Any] = []


class Crew:
    """Does pieces of work on one thing, `held`, here or in processes that have a copy of it."""

    def __init__(self, held: Any, pool: ProcessPoolExecutor | None) -> None:
        self._held, self._pool = held, pool
        self._asked: list[Future[Any] | Any] = []

    def ask(self, do: Callable[[Any, Any], Result], piece: Any) -> None:
        """Has a piece of work done: now without processes, soon with them."""
        if self._pool is None:
            self._asked.append(do(self._held, piece))
        else:
            self._asked.append(self._pool.submit(_do, do, piece))

    def map(self, do: Callable[[Any, Piece], Result], pieces: Sequence[Piece]) -> list[Result]:
        """What doing it to each piece gives, apart from what else has been asked for."""
        if self._pool is None:
            return [do(self._held, piece) for piece in pieces]
        # Not the pool's own: what that cancels on its way out is a bug to a pool that is ended.
        asked = [self._pool.submit(_do, do, piece) for piece in pieces]
        return [one.result() for one in asked]

    def stream(
        self, do: Callable[[Any, Piece], Result], pieces: Sequence[Piece]
    ) -> Iterator[Result]:
        """What doing it to each piece gives, in order; few pieces are ahead of what is taken."""
        if self._pool is None:
            yield from (do(self._held, piece) for piece in pieces)
            return
        coming: deque[Future[Result]] = deque()
        for piece in pieces:
            coming.append(self._pool.submit(_do, do, piece))
            if len(coming) > _AHEAD:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()

    def results(self) -> Sequence[Any]:
        """What has been asked for so far, in that order."""
        done = [a.result() if isinstance(a, Future) else a for a in self._asked]
        self._asked.clear()
        return done


@contextmanager
def crew(held: Any, pieces: int, workers: int | None = None) -> Iterator[Crew]:
    """A crew for so many pieces of work; one process a core unless `workers` says otherwise."""
    wanted = workers or os.cpu_count() or 1
    if wanted == 1 or pieces < WORTH_IT or "fork" not in multiprocessing.get_all_start_methods():
        yield Crew(held, None)
        return
    with _forked(wanted, held) as pool:
        yield Crew(held, pool)


@contextmanager
def beside(work: Callable[[], object], pieces: int) -> Iterator[None]:
    """Has work of so many pieces done meanwhile in a process of its own; a little, before."""
    if pieces < WORTH_IT or "fork" not in multiprocessing.get_all_start_methods():
        work()
        yield
        return
    with _forked(1, work) as pool:
        done = pool.submit(_work)
        yield
        done.result()


@contextmanager
def _forked(count: int, held: Any) -> Iterator[ProcessPoolExecutor]:
    """So many processes with a copy of a thing; where the block fails, they end at once."""
    context = multiprocessing.get_context("fork")
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count, context, initializer=_hold, initargs=(held,))
    with tidying.frozen(), pool:
        try:
            yield pool
        except BaseException:
            for worker in {*multiprocessing.active_children()} - others:
                worker.kill()
            raise


def _work() -> None:
    _held[0]()


def _hold(held: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this one
    parents.work_for()
    _held[:] = [held]


def _do(do: Do, piece: Any) -> Any:
    return do(_held[0], piece)
