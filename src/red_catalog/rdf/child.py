"""The disposable process that reads documents: nothing here trusts what it reads.

Started by `reading`, as `python -m red_catalog.rdf.child`. Requests come on stdin, answers go
to stdout (see `frames`). It imports as little as it can, so that it starts fast.
"""

import contextlib
import gc
import hashlib
import os
import re
import resource
import signal
import sys
from typing import Any, BinaryIO, Final

from red_catalog.rdf import frames
from red_catalog.rdf.canonical import apply_rdfc, canonicalise
from red_catalog.rdf.describing import Description, Split
from red_catalog.rdf.graphs import split_graphs
from red_catalog.rdf.parsing import parse
from red_catalog.rdf.syntax import Decoded, decode
from red_catalog.rdf.terms import iri, may_have_server
from red_catalog.rdf.trouble import RefusedError, Trouble

# What documents hold in which something is marked private, whatever their syntax: the namespace of
# the mark, and its name.
_MARK: Final = (b"red#", b"private")
# Numbers that some program would try to write out in full.
_HUGE_NUMBER: Final = re.compile(
    rb'"[+-]?[\d.]{1,400}[eE][+-]?\d{5,}"\^\^<|"[+-]?[\d.]{400}[^" ]*"\^\^<'
)


class OverrunError(Exception):
    """RDFC-1.0 did not end in time."""


def main() -> None:
    """Answers requests until stdin ends."""
    sys.modules["socket"] = None  # type: ignore[assignment]  # nothing here may reach out
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 32)
    gc.disable()  # nothing here makes cycles worth collecting
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            header, content = frames.unpack(lambda size: _take(requests, size))
        except EOFError:
            return
        _answer(header, content, answers)
        del content
        answers.flush()


def _take(stream: BinaryIO, size: int) -> bytes:
    taken = stream.read(size)
    if len(taken) < size:
        raise EOFError
    return taken


def _limit(what: int, amount: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        amount = min(amount, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (amount, hard))


def _answer(header: dict[str, Any], content: bytes, answers: BinaryIO) -> None:
    _limit(resource.RLIMIT_AS, int(header["memory_bytes"]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = used.ru_utime + used.ru_stime + header["document_seconds"]
    _limit(resource.RLIMIT_CPU, int(seconds) + 2)
    marked = False
    try:
        decoded = decode(
            content, header["media_type"], header["location"], header["format"],
            header["document_bytes"],
        )  # fmt: skip
        marked = all(part in decoded.content for part in _MARK)
        _read(header, decoded, answers, marked=marked)
    except RefusedError as error:
        told = {"kind": "refused", "trouble": error.trouble, "private": marked}
        answers.write(frames.pack(told))
    except MemoryError:
        answers.write(frames.pack({"kind": "refused", "trouble": Trouble("memory")}))


def _read(header: dict[str, Any], decoded: Decoded, answers: BinaryIO, *, marked: bool) -> None:
    if header.get("graphs"):
        _write_graphs(header, decoded, answers)
        return
    graph = parse(decoded.content, decoded.syntax, header["base"], header["depth"])
    split = Split(graph, (header["foreign"], header["own"]), header["depth"])
    held_back = dict(graph.broken_datasets)
    told: set[object] = set()
    for description in split.descriptions():
        held_back.pop(description.subject, None)
        told.add(_fault(description.trouble))
        _write_record(description, header["record_seconds"], answers)
    for subject, trouble in held_back.items():
        told.add(_fault(trouble))
        answers.write(frames.pack(_quarantined(subject, trouble)))
    # What was broken and belongs to no dataset is told too, once.
    others = [trouble for trouble in graph.tainted.values() if _fault(trouble) not in told]
    end = {
        "kind": "end",
        "repaired": decoded.repaired + graph.repaired + others,
        "listed": split.listed(),
        "next_page": split.next_page(),
        "dropped": split.dropped(),
        "private": marked,
    }
    answers.write(frames.pack(end))


def _fault(trouble: Trouble | None) -> object:
    """What is wrong, whomever it touches: a catalogue names the address that a dataset bears."""
    return trouble and (trouble.code, trouble.line, trouble.column, str(trouble.details))


def _write_graphs(header: dict[str, Any], decoded: Decoded, answers: BinaryIO) -> None:
    found = split_graphs(
        decoded.content, decoded.syntax, header["base"], header["depth"], header["document_bytes"]
    )
    for name, statements in found.items():
        answers.write(frames.pack({"kind": "graph", "name": name}, statements))
    answers.write(frames.pack({"kind": "end"}))


def _write_record(description: Description, seconds: float, answers: BinaryIO) -> None:
    subject, statements, trouble = description
    canonical = b""
    if trouble is None and not may_have_server(iri(subject)):
        # The parser of Turtle lets some through that nothing else can take apart.
        trouble = Trouble("iri-invalid", subject=subject, details={"iri": iri(subject)})
    if trouble is None:
        try:
            canonical = canonicalise(subject, statements, lambda lines: _relabel(lines, seconds))
        except OverrunError:
            trouble = Trouble("tangled", subject=subject, details={"seconds": seconds})
        else:
            if _HUGE_NUMBER.search(canonical):
                trouble = Trouble("number", subject=subject)
    if trouble is not None:
        answers.write(frames.pack(_quarantined(subject, trouble)))
        return
    digest = hashlib.sha256(canonical).hexdigest()
    record = {"kind": "record", "iri": iri(subject), "digest": digest}
    answers.write(frames.pack(record, canonical))


def _quarantined(subject: str, trouble: Trouble) -> dict[str, Any]:
    named = " ".join(iri(subject).split()) if subject.startswith("<") else ""
    return {"kind": "quarantined", "iri": named, "trouble": trouble}


def _relabel(ntriples: bytes, seconds: float) -> bytes:
    """RDFC-1.0 in a process of its own, which the kernel ends when its time is over."""
    readable, writable = os.pipe()
    pid = os.fork()
    if pid == 0:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        with open(writable, "wb") as out:  # noqa: PTH123  (a descriptor, not a path)
            out.write(apply_rdfc(ntriples))
        os._exit(0)
    os.close(writable)
    with open(readable, "rb") as answer:  # noqa: PTH123
        relabelled = answer.read()
    if os.waitpid(pid, 0)[1]:
        raise OverrunError
    return relabelled


if __name__ == "__main__":
    main()
