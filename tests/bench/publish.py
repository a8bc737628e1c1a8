"""Publishing so many datasets, against writing the same bytes and against rdflib's graphs.

`make bench-publish`, or `python tests/bench/publish.py 10000`.
"""

import argparse
import hashlib
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import rdflib
from rdflib.plugins.serializers.nt import _quoteLiteral

from red_catalog.config import Config
from red_catalog.model import (
    Entry,
    Finding,
    Holder,
    Level,
    Record,
    Report,
    Severity,
    Source,
    Verdict,
)
from red_catalog.pipeline.publishing import fill_store
from red_catalog.publish import datasets, folder, release, site
from red_catalog.publish import graph as graph_module
from red_catalog.publish import view as view_module
from red_catalog.publish.gathering import Gathered
from tests.bench import generator
from tests.publish import records

MOMENT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


def entries(count: int) -> list[Entry]:
    """Entries of the register made from the generator's records, one in three flagged."""
    return [_entry(number, record) for number, record in enumerate(generator.generate(count))]


def _entry(number: int, record: Record) -> Entry:
    level = generator.level_of(record)
    findings = () if number % 3 else (
        Finding(Severity.VIOLATION, f"<{record.iri}>", "<http://purl.org/dc/terms/title>", None,
                "sh:MinCountConstraintComponent", None,
                {"fr": "Le titre n’est pas donné.", "en": "The title is not given."}),
    )  # fmt: skip
    holder = record.iri.removeprefix("https://").partition(".")[0]
    return Entry(
        record.iri, f"jeu-{number}-{record.digest[:6]}", holder, f"{holder}-dcat",
        record.canonical, record.digest,
        Verdict.FLAGGED if findings else Verdict.CONFORMANT,
        Report("healthdcat-ap-8", "8", "sha256:00", Level(level), findings),
        MOMENT, MOMENT,
    )  # fmt: skip


def make_config(root: Path, found: list[Entry]) -> Config:
    """A catalogue of the generator's holders."""
    ids = sorted({e.holder for e in found})
    return replace(
        records.config(root),
        holders=tuple(Holder(i, {"fr": i.upper(), "en": i.upper()}) for i in ids),
        sources=tuple(Source(f"{i}-dcat", i, "dcat", f"https://{i}.example.fr/dcat") for i in ids),
    )


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that a piece of work takes, by the clock and of all processors together.

    The second number means something on a busy machine, too.
    """
    os.sync()
    start, before = time.perf_counter(), _used()
    work()
    return time.perf_counter() - start, _used() - before


def _used() -> float:
    """Seconds that this process and those that ended below it have used."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def publish(
    config: Config,
    found: list[Entry],
    moment: datetime = MOMENT,
    workers: int | None = None,
) -> None:
    """One whole publication, without the query store."""
    prepared = release.prepare(config, found, [], moment, workers=workers)
    assert prepared is not None
    release.switch(config, prepared)


def write_same_bytes(source: Path, target: Path) -> tuple[float, float]:
    """The floor: the same files with the same bytes, from memory."""
    files = [(p.relative_to(source), p.read_bytes()) for p in source.rglob("*") if p.is_file()]

    def work() -> None:
        made: set[Path] = set()
        for name, content in files:
            path = target / name
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(content)
        os.sync()

    taken = timed(work)
    megabytes = sum(len(content) for _, content in files) / 1e6
    tell(f"floor: the same {len(files):,} files, {megabytes:,.0f} MB", taken)
    return taken


def tell(what: str, taken: tuple[float, float]) -> None:
    """Prints what a piece of work took."""
    print(f"{what:50} {taken[0]:10.2f} s  {taken[1]:10.2f} s of processors", flush=True)  # noqa: T201


class Straight(dict[str, dict[str, list[str]]]):
    """The statements of an rdflib graph, asked of it each time that a page wants some."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__()
        self._graph = graph
        self._nodes = {_written(s): s for s in graph.subjects(unique=True)}

    def __contains__(self, subject: object) -> bool:
        """Whether anything is said of it."""
        return subject in self._nodes

    def __iter__(self) -> Iterator[str]:
        """Every subject."""
        return iter(self._nodes)

    def __getitem__(self, subject: str) -> dict[str, list[str]]:
        """What is said of it, by property."""
        said: dict[str, list[str]] = {}
        for predicate, value in self._graph.predicate_objects(self._nodes[subject]):
            said.setdefault(_written(predicate), []).append(_written(value))
        return said

    def get(self, subject: str, default: Any = None) -> Any:
        """What is said of it, or the default."""
        return self[subject] if subject in self._nodes else default


def _written(node: Any) -> str:
    return _quoteLiteral(node) if isinstance(node, rdflib.Literal) else str(node.n3())


def from_rdflib(config: Config, found: list[Entry]) -> None:
    """The same templates, filled straight from rdflib's graphs, which also write the files."""
    rdflib.NORMALIZE_LITERALS = False
    about = site.site(config)

    class Filled(graph_module.Graph):
        """A page's graph that is an rdflib graph."""

        def __init__(self, main: str, triples: list[Any]) -> None:
            super().__init__(main, [])
            if triples:
                self.nodes = Straight(current[0])

    current: list[rdflib.Graph] = []
    ours = vars(view_module)["Graph"]
    vars(view_module)["Graph"] = Filled
    for entry in found:
        graph = rdflib.Graph().parse(data=entry.canonical, format="nt")
        current[:] = [graph]
        for path, _ in datasets.render_pages(about, entry):
            assert path
        for syntax in ("turtle", "json-ld", "xml", "nt"):
            graph.serialize(format=syntax)
    vars(view_module)["Graph"] = ours


def _live(config: Config) -> release.Prepared:
    """The live release, as if it were about to get its store."""
    found = folder.live(config.public)
    assert found is not None
    return release.Prepared(
        found.manifest["id"],
        found.folder,
        found.manifest,
        Gathered({}, whole=True, spool=config.var),
    )


def change(entry: Entry) -> Entry:
    """The entry with another description."""
    canonical = entry.canonical + b'<%s> <http://purl.org/dc/terms/rights> "Revu"@fr .\n' % (
        entry.iri.encode()
    )
    digest = hashlib.sha256(canonical).hexdigest()
    return replace(entry, canonical=canonical, digest=digest, versions=2)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--rdflib", type=int, default=150, help="datasets of the rdflib way")
    options = parser.parse_args()
    found = entries(options.count)
    say = print
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        times = {}
        for workers in (1, 2):
            config = make_config(root / f"w{workers}", found)
            times[workers] = timed(partial(publish, config, found, workers=workers))
            told = f"full publish, {options.count:,} datasets, {workers} process(es)"
            tell(told, times[workers])
        changed = [change(found[0]), *found[1:]]
        later = MOMENT.replace(hour=15)
        first = folder.live(config.public)
        stores = [timed(partial(fill_store, _live(config), None))]
        once = timed(lambda: publish(config, changed, later))
        stores.append(timed(partial(fill_store, _live(config), first)))
        tell("one changed dataset", once)
        say(
            f"  {once[0] / times[2][0]:.1%} of a full publish in two processes, "
            f"{once[0] / times[1][0]:.1%} in one; {once[1] / times[1][1]:.1%} of its processors"
        )
        tell("query store, built", stores[0])
        tell("query store, renewed", stores[1])
        floor = write_same_bytes((config.public / "current").resolve(), root / "floor")
        sample = found[: min(options.rdflib, len(found))]
        taken = timed(lambda: from_rdflib(config, sample))
        slow = tuple(one * len(found) / len(sample) for one in taken)
        tell(f"templates filled from rdflib (scaled from {len(sample)})", (slow[0], slow[1]))
        whole = tuple(a + b for a, b in zip(slow, floor, strict=True))
        say(
            f"with the floor added, rdflib's way takes {whole[0] / times[1][0]:.1f} times one "
            f"process ({whole[1] / times[1][1]:.1f} times its processors) and "
            f"{whole[0] / times[2][0]:.1f} times two; "
            f"two processes are {times[1][0] / times[2][0]:.2f} times as fast as one"
        )
        shutil.rmtree(root / "floor", ignore_errors=True)


if __name__ == "__main__":
    main()
