"""A release's Oxigraph snapshot: every record in its graph, and everything merged."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from red_catalog.model import Triple
from red_catalog.store.originals import find_rewritten

CHUNK = 20_000  # quads in memory at once: a million, the engine's own batch, takes gigabytes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open snapshot. `originals` remembers the literals that `store` rewrites."""

    store: Store
    originals: Store


def build(folder: Path, nquads: Path, vocabulary: Iterable[Triple]) -> int:
    """Builds the snapshot of a gzipped N-Quads dump; returns the number of its quads.

    Each quad stays in its named graph and is repeated in the default graph, which also
    holds `vocabulary` (the code lists with their labels). A union of the named graphs would
    not do instead: the engine counts the triples that graphs share twice, and is slow.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(str(folder / "store"))
    originals = Store(str(folder / "originals"))
    count = 0
    with gzip.open(nquads, "rb") as dump:
        for chunk in _chunks(parse(dump, RdfFormat.N_QUADS)):  # type: ignore[arg-type]
            count += len(chunk)
            store.bulk_extend(chunk)
            store.bulk_extend(_merged(chunk))
            originals.bulk_extend(find_rewritten(chunk))
    for chunk in _chunks(_read(vocabulary)):
        store.bulk_extend(chunk)
    for one in (store, originals):
        one.flush()
        one.optimize()
    return count


def open_read_only(folder: Path) -> Snapshot:
    """Opens a built snapshot; any number of processes may at once."""
    return Snapshot(
        Store.read_only(str(folder / "store")), Store.read_only(str(folder / "originals"))
    )


def _merged(chunk: list[Quad]) -> list[Quad]:
    default = DefaultGraph()
    return [Quad(q.subject, q.predicate, q.object) for q in chunk if q.graph_name != default]


def _read(triples: Iterable[Triple]) -> Iterator[Quad]:
    lines = (f"{s} {p} {o} .\n" for s, p, o in triples)
    while text := "".join(islice(lines, CHUNK)):
        yield from parse(text, RdfFormat.N_TRIPLES)


def _chunks(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    left = iter(quads)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
