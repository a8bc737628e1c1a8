"""Every stage of the pipeline on the catalogue in a folder, each measured; figures as JSON.

    python tests/bench/stages.py FOLDER COUNT FIGURES

A process of its own, so that the peaks of memory are those of this catalogue alone.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from red_catalog import config
from red_catalog.config import Config
from red_catalog.harvesters.file import harvest
from red_catalog.http import Http
from red_catalog.model import Document
from red_catalog.pipeline import publishing
from red_catalog.pipeline.harvest.crewing import Workers
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.register.ledger import Register
from red_catalog.store.answer import Question, answer
from red_catalog.store.embedded import open_read_only
from red_catalog.validation.checking import validate
from tests.bench import corpus
from tests.bench.generator import generate
from tests.bench.measuring import Cost, measure

CORES = 2
SAMPLE = 1000
# Beyond so many datasets the whole run is measured by its stages only, one after the other.
WHOLE = 10_000
QUERIES = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?d a <http://www.w3.org/ns/dcat#Dataset> }",
    "SELECT ?d ?t WHERE { ?d a <http://www.w3.org/ns/dcat#Dataset> ;"
    " <http://purl.org/dc/terms/title> ?t } LIMIT 100",
    "SELECT ?p (COUNT(?d) AS ?n) WHERE { ?d <http://purl.org/dc/terms/publisher> ?p } GROUP BY ?p",
)
Costs = dict[str, Cost]


def main() -> None:
    """Measures, and writes the figures."""
    folder, count, target = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    settings = config.load(folder / "red.toml")
    costs: Costs = {}
    costs["parse"] = measure(_parse, settings)[1]
    costs["validate"] = _scaled(measure(_validate, min(count, SAMPLE))[1], count)
    first = [s for s in settings.sources if s.id == _first(folder)]
    turns = settings.publication.keep_releases + 2  # before there is an old folder to write over
    if count <= WHOLE:
        costs |= _whole(settings, first, turns)
        # Once more, stage by stage: together, some of them run at the same time. Nothing is
        # removed: for minutes after that, ext4 takes ten times as long to make a file.
        for place in (settings.register.parent, settings.public):
            place.rename(folder / f"{place.name}-whole")
    costs["examine and commit"] = measure(harvest_all, settings, settings.sources)[1]
    costs |= _publish(settings)
    costs["query"] = measure(_query, settings)[1]
    for turn in range(turns):
        corpus.change(folder, turn)
        costs |= _renew(settings, "one changed", first)
    corpus.change(folder, 10, 0.01)
    costs |= _renew(settings, "1 % changed", settings.sources)
    corpus.change_together(folder, 11, count // 100)
    costs |= _renew(settings, "1 % together", settings.sources)
    corpus.change(folder, 12, 0.01, corpus.KEYWORD)
    costs |= _renew(settings, "1 % reworded", settings.sources)
    target.write_text(json.dumps({name: asdict(cost) for name, cost in costs.items()}))


def _whole(settings: Config, first: Any, turns: int) -> Costs:
    """Everything as it is run, and then one changed dataset, and one in a hundred."""
    costs = {"full": measure(_run, settings, settings.sources)[1]}
    for turn in range(turns):
        corpus.change(settings.root, turn + 100)
        costs["one changed: whole"] = measure(_run, settings, first)[1]
    corpus.change(settings.root, 100, 0.01)
    costs["1 % changed: whole"] = measure(_run, settings, settings.sources)[1]
    return costs


def _renew(settings: Config, name: str, sources: Any) -> Costs:
    """What it costs to harvest these sources and to publish what changed."""
    harvested = measure(harvest_all, settings, sources)[1]
    published = {f"{name}: {stage}": cost for stage, cost in _publish(settings).items()}
    return {f"{name}: harvest": harvested, **published}


def _first(folder: Path) -> str:
    return min((folder / "in").glob("*/*.nt")).parent.name


def _scaled(cost: Cost, count: int) -> Cost:
    times = count / min(count, SAMPLE)
    return Cost(cost.wall * times, cost.cpu * times, cost.peak)


def _http(settings: Config) -> Http:
    return Http(settings.var / "cache", "red-catalog/0 (bench)", settings.limits)


def _parse(settings: Config) -> int:
    found = 0
    with _http(settings) as http:
        for source in settings.sources:
            for one in harvest(source, http):
                assert isinstance(one, Document)
                reading = read(one, source, Limits())
                found += len(getattr(reading, "records", ()))
    return found


def _validate(count: int) -> int:
    return sum(len(validate(r.iri, r.canonical).findings) for r in generate(count))


def harvest_all(settings: Config, sources: Any) -> None:
    """One pass over these sources, with as many workers as there are cores."""
    with (
        Register.open(settings.register) as register,
        _http(settings) as http,
        Workers(CORES) as pool,
    ):
        for run in Harvester(settings, register, http, pool).harvest_all(sources):
            assert run.status == "ok", run.unreadable


def _run(settings: Config, sources: Any) -> None:
    """From files to everything that a release holds, as `red-catalog run` does it."""
    harvest_all(settings, sources)
    with Register.open(settings.register) as register:
        publishing.publish(settings, register)


@contextmanager
def _before(work: Callable[[], object], pieces: int) -> Iterator[None]:
    """In place of `beside`: the work is done here and now, so that it can be measured."""
    work()
    yield


def _publish(settings: Config) -> Costs:
    """Publishing as a whole, of which each part is measured by itself."""
    costs: Costs = {}
    before = {}
    for stage in ("announce", "fill_store", "fill_index", "fill_feeds"):
        before[stage] = getattr(publishing, stage)
        setattr(publishing, stage, partial(_noted, costs, stage, before[stage]))
    before["beside"] = vars(publishing)["beside"]
    vars(publishing)["beside"] = _before
    try:
        with Register.open(settings.register) as register:
            published, whole = measure(publishing.publish, settings, register)
    finally:
        for stage, work in before.items():
            setattr(publishing, stage, work)
    assert published.fresh
    parts = {"snapshot": costs["fill_store"], "index": costs["fill_index"],
             "feeds": _sum(costs["announce"], costs["fill_feeds"])}  # fmt: skip
    rest = Cost(whole.wall - sum(c.wall for c in parts.values()),
                whole.cpu - sum(c.cpu for c in parts.values()), whole.peak)  # fmt: skip
    return {"publish": rest, **parts}


def _noted(costs: Costs, stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
    found, costs[stage] = measure(work, *arguments)
    return found


def _sum(one: Cost, other: Cost) -> Cost:
    return Cost(one.wall + other.wall, one.cpu + other.cpu, max(one.peak, other.peak))


def _query(settings: Config) -> int:
    snapshot = open_read_only((settings.public / "current").resolve() / "store")
    media_type = "application/sparql-results+json"
    return sum(
        len(answer(snapshot, Question(text, media_type, "https://x/", 10_000, 64_000_000)).content)
        for text in QUERIES
    )


if __name__ == "__main__":
    main()
