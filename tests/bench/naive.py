"""The pipeline that one would write first: rdflib, pySHACL over the whole graph, and templates.

    python tests/bench/naive.py FOLDER COUNT SAMPLE FIGURES

pySHACL is given the graph of some datasets, and its time is scaled by their number: from 100 to
1,000 datasets it was measured to grow as the graph does.
"""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import pyshacl
import rdflib

sys.path.insert(0, str(Path(__file__).parents[2]))

from red_catalog import vocabulary
from red_catalog.model import Level
from red_catalog.validation import profiles
from tests.bench.generator import generate
from tests.bench.measuring import Cost, measure
from tests.bench.publish import entries, make_config, write_same_bytes
from tests.bench.rdflib_way import write_datasets
from tests.bench.stages import WHOLE


def main() -> None:
    """Measures, and writes the figures."""
    folder, count, sample = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    sample = min(sample, count)
    graph, parse = measure(_parse, sample)
    _, check = measure(_check, graph)
    found = entries(sample)
    _, pages = measure(write_datasets, make_config(folder / "naive", found), found)
    _, dump = measure(graph.serialize, folder / "naive.nt", "nt", None, "utf-8")
    live = (folder / "public" / "current").resolve()
    step = 10 if count > WHOLE else 1
    (wall, cpu), cost = measure(write_same_bytes, live, folder / "floor", step)
    floor = Cost(wall, cpu, cost.peak)  # without reading them first
    shutil.rmtree(folder / "floor")
    times = count / sample
    told = {"parse": parse, "validate": check, "publish": pages, "dump": dump}
    scaled = {name: _scaled(cost, times) for name, cost in told.items()}
    figures = {
        name: asdict(cost) for name, cost in (scaled | {"floor": _scaled(floor, step)}).items()
    }
    Path(sys.argv[4]).write_text(json.dumps(figures))


def _scaled(cost: Cost, times: float) -> Cost:
    return Cost(cost.wall * times, cost.cpu * times, cost.peak)


def _parse(count: int) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for record in generate(count):
        graph.parse(data=record.canonical, format="nt")
    return graph


def _check(graph: rdflib.Graph) -> None:
    """The whole graph, with the code lists, once against the shapes of its commonest level."""
    shapes = rdflib.Graph()
    for file in profiles.load("healthdcat-ap-8").files[Level.NON_PUBLIC]:
        shapes.parse(file, format="turtle")
    lists = "".join(f"{s} {p} {o} .\n" for s, p, o in vocabulary.triples())
    known = rdflib.Graph(bind_namespaces="none").parse(data=lists, format="nt")
    pyshacl.validate(graph + known, shacl_graph=shapes, inplace=True)


if __name__ == "__main__":
    main()
