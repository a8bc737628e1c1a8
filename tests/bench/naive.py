"""The pipeline that one would write first: rdflib, pySHACL over the whole graph, and templates.

    python tests/bench/naive.py FOLDER COUNT SAMPLE FIGURES

It does to a dataset what ours does: holds it against the same profiles, fills the same page, which
tells of what they found. It has no register, no search, and no page of anything else. It is given
some datasets, and its time is scaled by their number: from 100 to 1,000 it was measured to grow as
the graph does.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pyshacl
import rdflib

sys.path.insert(0, str(Path(__file__).parents[2]))

from red_catalog import config, vocabulary
from red_catalog.config import Config
from red_catalog.model import Level
from red_catalog.pipeline import publishing
from red_catalog.pipeline.stocking import RegisterStock
from red_catalog.validation import profiles
from tests.bench.generator import generate
from tests.bench.measuring import Cost, measure
from tests.bench.publish import write_same_bytes
from tests.bench.rdflib_way import write_datasets
from tests.bench.stages import WHOLE


def main() -> None:
    """Measures, and writes the figures."""
    folder, count, sample = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    settings = config.load(folder / "red.toml")
    sample = min(sample, count)
    told = {}
    graph, told["parse"] = measure(_parse, sample)
    main_one, *others = settings.validation.profiles
    _, told["validate"] = measure(_check, graph, [main_one])
    others += [name for name in profiles.scoring() if name not in others]
    _, told["validate, other profiles"] = measure(_check, graph, others)
    told["publish"] = _publish(settings, sample)
    _, told["dump"] = measure(graph.serialize, folder / "naive.nt", "nt", None, "utf-8")
    live = (folder / "public" / "current").resolve()
    step = 10 if count > WHOLE else 1
    (wall, cpu), cost = measure(write_same_bytes, live, folder / "floor", step)
    floor = Cost(wall, cpu, cost.peak)  # without reading them first
    scaled = {name: _scaled(cost, count / sample) for name, cost in told.items()}
    scaled["floor"] = _scaled(floor, step)
    Path(sys.argv[4]).write_text(json.dumps({name: asdict(c) for name, c in scaled.items()}))


def _scaled(cost: Cost, times: float) -> Cost:
    return Cost(cost.wall * times, cost.cpu * times, cost.peak)


def _parse(count: int) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for record in generate(count):
        graph.parse(data=record.canonical, format="nt")
    return graph


def _check(graph: rdflib.Graph, names: list[str]) -> None:
    """The whole graph, with the code lists, once against each; its shapes of the usual level."""
    lists = "".join(f"{s} {p} {o} .\n" for s, p, o in vocabulary.triples())
    known = rdflib.Graph(bind_namespaces="none").parse(data=lists, format="nt")
    for name in names:
        shapes = rdflib.Graph()
        for file in profiles.load(name).files[Level.NON_PUBLIC]:
            shapes.parse(file, format="turtle")
        pyshacl.validate(graph + known, shacl_graph=shapes, inplace=True)


def _publish(settings: Config, sample: int) -> Cost:
    """The pages of what the register holds, taken out of it before."""
    stock = RegisterStock(settings.register, settings.catalogue.base_iri)
    found = stock.fetch([iri for _, iri in stock.names()[:sample]])
    _, cost = measure(write_datasets, settings, found, publishing.lore(settings, stock))
    stock.close()
    return cost


if __name__ == "__main__":
    main()
