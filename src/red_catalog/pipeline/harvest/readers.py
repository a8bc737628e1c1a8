"""Several documents read at a time, each in a child process of its own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from queue import LifoQueue
from typing import Protocol

from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.pipeline.harvest.crewing import Workers
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import Reader, read

Found = Reading | Unreadable


class Read(Protocol):
    """What reads the documents of a source: answers come in their order."""

    def __call__(self, documents: Sequence[Document], source: Source) -> Iterator[Found]:
        """What each document holds."""


@contextmanager
def reading(limits: Limits, executor: Executor | None) -> Iterator[Read]:
    """What reads documents here, a few at a time, or on the machines of a cluster.

    A child reads them whatever the process that it belongs to: to send them first to a worker,
    and what they hold back from it, costs more than that worker would do.
    """
    if not isinstance(executor, Workers):
        yield _One(limits, executor)
        return
    here = _Here(limits, executor.count)
    try:
        yield here
    finally:
        here.close()


class _Here:
    """So many children of this process, each begun when it is first needed."""

    def __init__(self, limits: Limits, count: int) -> None:
        self._readers = [Reader(limits) for _ in range(count)]
        self._threads = ThreadPoolExecutor(count, "reader")
        self._free: LifoQueue[Reader] = LifoQueue()  # the last one used has a child already
        for reader in self._readers:
            self._free.put(reader)

    def __call__(self, documents: Sequence[Document], source: Source) -> Iterator[Found]:
        return self._threads.map(lambda one: self._read(one, source), documents)

    def _read(self, document: Document, source: Source) -> Found:
        reader = self._free.get()
        try:
            return reader.read(document, source)
        finally:
            self._free.put(reader)

    def close(self) -> None:
        """Ends the children, in the middle of a document if need be."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for reader in self._readers:
            reader.stop()
        self._threads.shutdown()
        for reader in self._readers:
            reader.close()


class _One:
    """The one child that this process keeps, or those of the processes of an executor."""

    def __init__(self, limits: Limits, executor: Executor | None) -> None:
        self._limits, self._executor = limits, executor

    def __call__(self, documents: Sequence[Document], source: Source) -> Iterator[Found]:
        tasks = [(document, source, self._limits) for document in documents]
        return map(_read, tasks) if self._executor is None else self._executor.map(_read, tasks)


def _read(task: tuple[Document, Source, Limits]) -> Found:
    return read(*task)
