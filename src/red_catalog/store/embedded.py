"""A release's Oxigraph snapshot: every record in its graph, and everything merged."""

import gzip
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, parse

from red_catalog.model import Triple as Statement
from red_catalog.store.index import INDEX
from red_catalog.store.originals import find_rewritten, may_be_rewritten
from red_catalog.store.textsearch import TextSearch

# Bytes of lines in memory at once, which take 400 MB with all: of smaller pieces the engine makes
# files that it must merge again and again, and of its own, a million quads, it takes gigabytes.
_CHUNK = 30_000_000
_MAIN: Final = "store"
_ORIGINALS: Final = "originals"
# Left when a snapshot is whole: the digest of the code lists that are in it.
_MARK: Final = "vocabulary.sha256"
# The engine never changes these files once written; it removes and replaces them.
_IMMUTABLE: Final = ".sst"
_CURRENT: Final = "CURRENT"  # where the engine begins to read
_LOG: Final = "LOG"  # what the engine notes of itself; those of before are LOG.old.MOMENT
_GRAPH: Final = re.compile(rb" <[^<>]*> \.\n")
_QUADS: Final = 100_000
_opened: Final[set[Path]] = set()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open snapshot. `originals` remembers the literals that `store` rewrites.

    `texts`: the words of its release, where it has an index.
    """

    store: Store
    originals: Store
    texts: TextSearch | None = None


def build(folder: Path, nquads: Path, vocabulary: Iterable[Statement]) -> int:
    """Builds the snapshot of a gzipped N-Quads dump; returns the number of its quads.

    Each quad stays in its named graph and is repeated in the default graph, which also
    holds `vocabulary` (the code lists with their labels). A union of the named graphs would
    not do instead: the engine counts the triples that graphs share twice, and is slow.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = _open(folder / _MAIN)
    originals = _open(folder / _ORIGINALS)
    count = 0
    with gzip.open(nquads, "rb") as dump:
        while lines := dump.readlines(_CHUNK):
            count += len(lines)
            _load(store, lines)
            typed = b"".join([line for line in lines if may_be_rewritten(line)])
            originals.bulk_extend(find_rewritten(parse(typed, RdfFormat.N_QUADS)))
    names = list(vocabulary)
    store.bulk_extend(_read(names))
    for one in (store, originals):
        one.flush()
        one.optimize()
    (folder / _MARK).write_text(_digest(names), "ascii")
    return count


def renew(
    folder: Path, before: Path, old: bytes, new: bytes, vocabulary: Iterable[Statement]
) -> bool:
    """Builds a snapshot from the one in `before`; False where only `build` can.

    `old` and `new`: N-Quads that `before` holds and that take their place. Quads of a graph
    that differ in the spelling of a literal alone must all be among them. The cost is that
    of the quads that differ, not of the snapshot: what the engine never changes is hard-linked.
    """
    names = list(vocabulary)
    if not _is_like(before, names):
        return False
    for name in (_MAIN, _ORIGINALS):
        _link(before / name, folder / name)
    gone, come = (list(parse(lines, RdfFormat.N_QUADS)) for lines in _compare(old, new))
    store = _open(folder / _MAIN)
    _replace(store, gone, come)
    store.extend(_merged(come))
    _forget(store, [q.triple for q in gone], names)
    originals = _open(folder / _ORIGINALS)
    _replace(originals, find_rewritten(gone), find_rewritten(come))
    for one in (store, originals):
        one.flush()
    (folder / _MARK).write_text(_digest(names), "ascii")
    return True


def open_read_only(folder: Path) -> Snapshot:
    """Opens a built snapshot; any number of processes may at once."""
    index = folder.parent / INDEX
    return Snapshot(
        _open(folder / _MAIN, Store.read_only),
        _open(folder / _ORIGINALS, Store.read_only),
        TextSearch(index) if index.is_file() else None,
    )


def empty() -> Snapshot:
    """A snapshot of nothing, in memory."""
    return Snapshot(Store(), Store())


def has_opened() -> bool:
    """Whether this process has had a store open: its copy by `fork` would wait for ever for one.

    The engine's threads, which write in the background, are not copied.
    """
    return bool(_opened)


def _open(folder: Path, how: Callable[[str], Store] = Store) -> Store:
    _opened.add(folder)
    return how(str(folder))


def _load(store: Store, lines: Iterable[bytes]) -> None:
    """Adds N-Quads, all in named graphs, as they are and merged.

    Lines and not quads: for six million they take three quarters of the time. They were parsed
    strictly when the catalogue took them.
    """
    quads = b"".join(lines)
    store.bulk_load(quads, RdfFormat.N_QUADS, lenient=True)
    store.bulk_load(_GRAPH.sub(b" .\n", quads), RdfFormat.N_TRIPLES, lenient=True)


def _replace(store: Store, gone: Iterable[Quad], come: Iterable[Quad]) -> None:
    for quad in gone:
        store.remove(quad)
    store.extend(come)


def _forget(store: Store, triples: Iterable[Triple], names: list[Statement]) -> None:
    """Takes what no record asserts any more out of the merged graph."""
    default = DefaultGraph()
    alone = []
    for one in triples:
        left = store.quads_for_pattern(one.subject, one.predicate, one.object, None)
        if all(quad.graph_name == default for quad in left):
            alone.append(one)
    subjects = {str(one.subject) for one in alone}
    named = {quad.triple for quad in _read(n for n in names if n[0] in subjects)}
    for one in alone:
        if one not in named:
            store.remove(Quad(one.subject, one.predicate, one.object, default))


def _compare(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """The lines that go, and those that come or must be said again.

    The engine keeps one of several spellings of a value: with one spelling go all of them.
    """
    before, after = set(old.split(b"\n")), set(new.split(b"\n"))
    gone, come = before - after, after - before
    touched = {_property(line) for line in gone}
    again = {line for line in before & after if line and _property(line) in touched}
    return b"\n".join(gone), b"\n".join(come | again)


def _property(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Subject, property and graph of a line."""
    subject, predicate, rest = line.split(b" ", 2) if line else (b"", b"", b"")
    return subject, predicate, rest[rest.rfind(b" <") :]


def _is_like(folder: Path, names: list[Statement]) -> bool:
    # Where nothing is, the engine would begin an empty store without a word.
    if not all((folder / name / _CURRENT).is_file() for name in (_MAIN, _ORIGINALS)):
        return False
    try:
        return (folder / _MARK).read_text("ascii") == _digest(names)
    except OSError:
        return False


def _link(source: Path, target: Path) -> None:
    """Copies a closed store; the bulk of it is shared.

    Not the engine's notes of before: each release would add its own, for years.
    """
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.name.partition(".")[0] == _LOG:
            continue
        if path.suffix == _IMMUTABLE:
            os.link(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def _digest(names: Iterable[Statement]) -> str:
    return hashlib.sha256(repr(list(names)).encode()).hexdigest()


def _merged(chunk: list[Quad]) -> Iterator[Quad]:
    default = DefaultGraph()
    return (Quad(q.subject, q.predicate, q.object) for q in chunk if q.graph_name != default)


def _read(triples: Iterable[Statement]) -> Iterator[Quad]:
    lines = (f"{s} {p} {o} .\n" for s, p, o in triples)
    while text := "".join(islice(lines, _QUADS)):
        yield from parse(text, RdfFormat.N_TRIPLES)
