"""Reading documents through a disposable child process."""

import atexit
import os
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Any, Final, Protocol, Self, TypeVar
from urllib.parse import urljoin, urlsplit

from red_catalog.model import (
    Defect,
    Document,
    Quarantined,
    Reading,
    Record,
    Source,
    Triple,
    Unreadable,
)
from red_catalog.rdf import defects
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.process import Process, StoppedError
from red_catalog.rdf.terms import iri, is_iri, literal
from red_catalog.rdf.trouble import Trouble
from red_catalog.rdf.writing import triples

Graphs = Mapping[str, Sequence[Triple]]
"""Statements by named graph, its name an N-Triples term; the default graph is ""."""
Found = TypeVar("Found")
Found_co = TypeVar("Found_co", covariant=True)

# A child is replaced after so many documents, or after one so big: its memory stays in pieces.
_DOCUMENTS: Final = 500
_BIG: Final = 20_000_000


class Reader:
    """Reads documents in one child process, replaced when it dies, overruns or grows old."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits: Final = limits or Limits()
        self._process: Process | None = None
        self._count = 0
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child process."""
        process, self._process = self._process, None
        if process:
            process.close()

    def stop(self) -> None:
        """Kills the child under whoever waits for it in another thread, who is told so."""
        if self._process:
            self._process.kill()

    def forget(self) -> None:
        """Lets go of the child, which belongs to the process that this one was forked from."""
        process, self._process = self._process, None
        if process:
            process.forget()

    def read(self, document: Document, source: Source) -> Reading | Unreadable:
        """What the document holds; trouble with it is a value, never an exception."""
        return self._guard(document, lambda: self._exchange(document, source, _Answer(document)))

    def read_graphs(self, document: Document, source: Source) -> Graphs | Unreadable:
        """The document's statements by named graph, or why it cannot be read."""
        return self._guard(
            document, lambda: self._exchange(document, source, _GraphsAnswer(document))
        )

    def _guard(
        self, document: Document, work: Callable[[], Found | Unreadable]
    ) -> Found | Unreadable:
        too_big = len(document.content) > self.limits.document_bytes
        if too_big:
            megabytes = self.limits.document_bytes // 1_000_000
            return _unreadable(document, Trouble("too-big", details={"megabytes": megabytes}))
        with self._lock:
            try:
                return work()
            except StoppedError as stopped:
                self.close()
                details = {"seconds": self.limits.document_seconds}
                return _unreadable(document, Trouble(stopped.code, details=details))
            except BaseException:
                self.close()  # an answer cut in the middle must not be taken for the next one
                raise

    def _exchange(
        self, document: Document, source: Source, answer: "_Incoming[Found]"
    ) -> Found | Unreadable:
        process = self._alive()
        deadline = monotonic() + self.limits.document_seconds
        header = {**_header(document, source, self.limits), "graphs": answer.graphs}
        process.send(header, document.content, deadline)
        while not answer.ended:
            answer.take(*process.receive(deadline))
        self._count += 1
        if self._count >= _DOCUMENTS or len(document.content) > _BIG:
            self.close()
        return answer.result()

    def _alive(self) -> Process:
        if self._process is None or not self._process.is_alive():
            self.close()
            self._process = Process("red_catalog.rdf.child")
            self._count = 0
        return self._process


def read(document: Document, source: Source, limits: Limits) -> Reading | Unreadable:
    """What the document holds, read by the one reader of this process."""
    return _one(limits).read(document, source)


def read_graphs(document: Document, source: Source, limits: Limits) -> Graphs | Unreadable:
    """The document's statements by named graph, read by the one reader of this process."""
    return _one(limits).read_graphs(document, source)


def _one(limits: Limits) -> Reader:
    global _reader  # noqa: PLW0603  (one child a process is the point)
    with _choosing:  # two threads at once would make two, and one child that nobody ends
        if _reader is None or _reader.limits != limits:
            close()
            _reader = Reader(limits)
        return _reader


def close() -> None:
    """Ends the child that `read` keeps."""
    global _reader  # noqa: PLW0603
    if _reader is not None:
        _reader.close()
    _reader = None


def _forget() -> None:
    global _reader, _choosing  # noqa: PLW0603
    _choosing = Lock()  # a thread that is not here may have held the other one
    if _reader is not None:
        _reader.forget()
    _reader = None


_reader: Reader | None = None
_choosing = Lock()
atexit.register(close)
os.register_at_fork(after_in_child=_forget)


def _header(document: Document, source: Source, limits: Limits) -> dict[str, Any]:
    base = document.base
    if base is not None and urlsplit(base).scheme == "file":
        base = None  # it would publish paths of this machine
    return {
        "media_type": document.media_type,
        "location": document.location,
        "base": base,
        "format": source.format,
        "foreign": list(source.foreign),
        "own": list(source.own),
        "document_bytes": limits.document_bytes,
        "document_seconds": limits.document_seconds,
        "record_seconds": limits.record_seconds,
        "memory_bytes": limits.memory_bytes,
        "depth": limits.depth,
    }


class _Incoming(Protocol[Found_co]):
    """The messages of one document on their way."""

    graphs: bool
    ended: bool

    def take(self, header: dict[str, Any], payload: bytes) -> None: ...

    def result(self) -> Found_co | Unreadable: ...


class _GraphsAnswer:
    """The graphs of one document, gathered."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[str, list[Triple]] = {}
        self._refused: dict[str, Any] | None = None
        self.graphs = True
        self.ended = False

    def take(self, header: dict[str, Any], payload: bytes) -> None:
        if header["kind"] == "graph":
            self._found[header["name"]] = triples(payload)
            return
        self.ended = True
        if header["kind"] == "refused":
            self._refused = header

    def result(self) -> Graphs | Unreadable:
        return _refuse(self._document, self._refused) if self._refused else self._found


class _Answer:
    """The messages of one document, gathered."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._records: list[Record] = []
        self._quarantined: list[Quarantined] = []
        self._end: dict[str, Any] | None = None
        self.graphs = False
        self.ended = False

    def take(self, header: dict[str, Any], payload: bytes) -> None:
        kind, location = header["kind"], self._document.location
        if kind == "record":
            self._records.append(Record(header["iri"], payload, header["digest"], location))
        elif kind == "quarantined":
            problem = _defect(header["trouble"], header["iri"])
            self._quarantined.append(Quarantined(header["iri"], problem, location))
        else:
            self._end = header
            self.ended = True

    def result(self) -> Reading | Unreadable:
        end = self._end
        assert end is not None
        if end["kind"] == "refused":
            return _refuse(self._document, end)
        return Reading(
            location=self._document.location,
            records=tuple(self._records),
            quarantined=tuple(self._quarantined),
            repaired=(*self._document.defects, *(_defect(t) for t in end["repaired"])),
            listed=tuple(end["listed"]),
            next_page=_next_page(end["next_page"], self._document.base),
            dropped=end["dropped"],
            private=self._document.private or end["private"],
        )


def _defect(sent: list[Any], dataset: str | None = None) -> Defect:
    trouble = Trouble(*sent)
    subject = trouble.subject or ""
    return defects.describe(trouble, iri(subject) if is_iri(subject) else dataset or None)


def _unreadable(document: Document, trouble: Trouble, *, private: bool = False) -> Unreadable:
    problem = defects.describe(trouble, None)
    return Unreadable(document.location, problem, private=document.private or private)


def _refuse(document: Document, header: dict[str, Any]) -> Unreadable:
    # Where memory ended, nothing is quoted.
    private = header.get("private", False)
    return _unreadable(document, Trouble(*header["trouble"]), private=private)


def _next_page(term: str | None, base: str | None) -> str | None:
    if term is None or term.startswith("_"):
        return None
    written = iri(term) if is_iri(term) else literal(term)[0].strip()
    try:
        return urljoin(base, written) if base else written
    except ValueError:  # whoever follows it tells that it is no address
        return written
