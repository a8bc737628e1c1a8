"""The processes that share the work of a harvest, started when there is work for them."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from threading import Lock
from types import TracebackType
from typing import Any, Final

# What they load once for all of them: all that a record needs.
_LOADED: Final = ["red_catalog.pipeline.harvest.readied"]


class Workers(Executor):
    """So many processes. A harvest that finds nothing new never starts them."""

    def __init__(self, count: int) -> None:
        self.count: Final = count
        self._lock = Lock()
        self._pool: Executor | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Has a piece of work done."""
        with self._lock:
            self._pool = self._pool or _start(self.count)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        """Ends the processes; nobody waits for what they do where the harvest failed."""
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)
        return None


def _start(count: int) -> Executor:
    """Processes forked from one that loaded the program.

    Otherwise each of them would load all of it again, which costs it more than its start.
    """
    # Here: a harvest without work for them does without.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    from red_catalog import parents  # noqa: PLC0415

    context = get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return ProcessPoolExecutor(count, context, initializer=parents.work_for)
