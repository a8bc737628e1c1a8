"""Publishing so many datasets, against writing the same bytes and against rdflib's graphs.

`make bench-publish`, or `python tests/bench/publish.py 10000`.
"""

import argparse
import hashlib
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

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
from red_catalog.pipeline.publishing import fill_store, names
from red_catalog.publish import folder, release
from red_catalog.publish.gathering import Gathered
from red_catalog.publish.stock import Held, Name, Stock
from tests.bench import generator
from tests.bench.rdflib_way import by_rdflib
from tests.publish import records

MOMENT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


def entries(count: int) -> list[Entry]:
    """Entries of the register made from the generator's records, one in three flagged."""
    return [entry(number, record) for number, record in enumerate(generator.generate(count))]


def entry(number: int, record: Record) -> Entry:
    """The entry of a record, every third of them flagged."""
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
    found: list[Entry] | Stock,
    moment: datetime = MOMENT,
    workers: int | None = None,
) -> None:
    """One whole publication, without the query store."""
    prepared = release.prepare(config, found, [], moment, workers=workers)
    assert prepared is not None
    release.switch(config, prepared)
    release.prune(config)


class Changed(Held):
    """A stock that knows, as the register does, that its first dataset alone changed."""

    def since(self, release: str) -> Sequence[Name]:  # noqa: ARG002
        """The first dataset."""
        return self.names()[:1]


def write_same_bytes(source: Path, target: Path, step: int = 1) -> tuple[float, float]:
    """The floor: the same files with the same bytes, from memory; of so many files one."""
    found = sorted(p for p in source.rglob("*") if p.is_file())[::step]
    files = [(p.relative_to(source), p.read_bytes()) for p in found]

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


def _live(config: Config) -> release.Prepared:
    """The live release, as if it were about to get its store."""
    found = folder.live(config.public)
    assert found is not None
    return release.Prepared(
        found.manifest["id"],
        found.folder,
        found.manifest,
        Gathered({}, (), whole=True, spool=config.var),
    )


def change(entry: Entry, turn: int = 0) -> Entry:
    """The entry with another description."""
    canonical = entry.canonical + b'<%s> <http://purl.org/dc/terms/rights> "Revu %d"@fr .\n' % (
        entry.iri.encode(),
        turn,
    )
    digest = hashlib.sha256(canonical).hexdigest()
    return replace(entry, canonical=canonical, digest=digest, versions=2)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--rdflib", type=int, default=1000, help="datasets of the rdflib way")
    options = parser.parse_args()
    found = entries(options.count)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        full = {workers: _full(root, found, workers) for workers in (1, 2)}
        config = make_config(root / "w2", found)
        first = folder.live(config.public)
        tell("query store, built", timed(partial(fill_store, _live(config), None, names(config))))
        publish(config, _changed(found, 0), MOMENT.replace(minute=45))
        tell(
            "query store, renewed", timed(partial(fill_store, _live(config), first, names(config)))
        )
        once = _once(config, found)
        write_same_bytes((config.public / "current").resolve(), root / "floor")
        slow = _by_rdflib(root / "rdflib", found, options.rdflib)
    for number, unit in enumerate(("seconds by the clock", "seconds of processors")):
        sys.stdout.write(
            f"{unit}: rdflib's way / one process {slow[number] / full[1][number]:.1f}; "
            f"one process / two {full[1][number] / full[2][number]:.2f}; "
            f"one changed dataset {once[number] / full[1][number]:.1%} of a full publish\n"
        )


def _full(root: Path, found: list[Entry], workers: int) -> tuple[float, float]:
    """Everything, with so many processes."""
    config = make_config(root / f"w{workers}", found)
    taken = timed(partial(publish, config, found, workers=workers))
    tell(f"full publish, {len(found):,} datasets, {workers} process(es)", taken)
    return taken


def _changed(found: list[Entry], turn: int) -> Changed:
    return Changed([change(found[0], turn), *found[1:]])


def _once(config: Config, found: list[Entry]) -> tuple[float, float]:
    """One changed dataset, when as many releases are there as are kept, in one process."""
    for turn in range(1, config.publication.keep_releases + 2):
        later = MOMENT.replace(hour=15, minute=turn)
        taken = timed(partial(publish, config, _changed(found, turn), later, workers=1))
    tell("one changed dataset, 1 process", taken)
    return taken


def _by_rdflib(root: Path, found: list[Entry], sample: int) -> tuple[float, float]:
    """Everything once more, by the same templates, from rdflib's graphs and by its writers."""
    some = found[:sample]
    with by_rdflib():
        clock, processors = timed(partial(publish, make_config(root, some), some, workers=1))
    times = len(found) / len(some)
    tell(f"the same from rdflib's graphs (scaled from {len(some):,})",
         (clock * times, processors * times))  # fmt: skip
    return clock * times, processors * times


if __name__ == "__main__":
    main()
