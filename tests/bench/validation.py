"""The compiled validator beside pySHACL, on the same generated records, in one run.

    python tests/bench/validation.py [--records 1000] [--many 10000]

Both start from the canonical bytes of each record: the plan splits them into terms, pySHACL
gets an rdflib graph of them, and of the part of the code lists that the record mentions.
Shapes and code lists are read before the clock starts. One process each; seconds are those
of its processor, so that neighbours do not count, but for "two processes / one".
"""

import argparse
import multiprocessing
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

import rdflib

sys.path.insert(0, str(Path(__file__).parents[2]))

from red_catalog.model import Level, Record
from red_catalog.validation.compiled.data import Background, read_canonical
from red_catalog.validation.compiled.fallback import gather_mentioned
from red_catalog.validation.compiled.plan import Plan, compile_shapes
from red_catalog.validation.result import Result
from tests.bench.generator import generate, level_of
from tests.validation.compiled.reference import (
    Multiset,
    background,
    counted,
    node_of,
    official_shapes,
    results_in,
)

BATCH: Final = 250
ROUNDS: Final = 5  # of one process against two
_plans: dict[str, Plan] = {}


def load_plans() -> dict[str, Plan]:
    """The plans of the three levels, once a process."""
    if not _plans:
        _plans.update({str(level): compile_shapes(official_shapes(level), background())
                       for level in Level})  # fmt: skip
    return _plans


def run_compiled(records: list[Record]) -> list[Result]:
    """What the plans say of the records."""
    plans, found = load_plans(), []
    for record in records:
        found += plans[level_of(record)].validate(read_canonical(record.canonical))
    return found


def count_results(records: list[Record]) -> int:
    """How much the plans say of the records."""
    return len(run_compiled(records))


def run_pyshacl(records: list[Record]) -> tuple[Multiset, float]:
    """What pySHACL says of the records, and the seconds that it took to say it."""
    import pyshacl  # noqa: PLC0415 - the worker of the plan is measured without it

    shapes = {str(level): official_shapes(level) for level in Level}
    said: Multiset = Counter()
    seconds = 0.0
    for number, record in enumerate(records):
        level = level_of(record)
        start = process_time()
        graph = _graph_of(record, background())
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes[level], inplace=True)
        seconds += process_time() - start
        said += counted(results_in(report, read_canonical(record.canonical), background()))
        if number % 100 == 99:
            sys.stderr.write(f"pySHACL: {number + 1} of {len(records)}\n")
    return said, seconds


def _graph_of(record: Record, lists: Background) -> rdflib.Graph:
    # Not rdflib's own parser: it is slower, and gives blank nodes other labels.
    graph = rdflib.Graph(bind_namespaces="none")
    triples = read_canonical(record.canonical)
    for s, p, o in [*triples, *gather_mentioned(triples, lists)]:
        graph.add((node_of(s), node_of(p), node_of(o)))
    return graph


def in_own_process(task: Callable[..., Any], *arguments: object) -> Any:
    """The answer of a task, from a process that has done nothing else."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(task, arguments)


def time_compiled(count: int) -> tuple[Multiset, float]:
    """One process with the plans ready: results and seconds."""
    records = list(generate(count))
    load_plans()
    start = process_time()
    said = run_compiled(records)
    seconds = process_time() - start
    return counted(said), seconds


def time_pyshacl(count: int) -> tuple[Multiset, float]:
    """One process with pySHACL and the shapes ready: results and seconds."""
    return run_pyshacl(list(generate(count)))


def measure_stream(count: int) -> tuple[float, float]:
    """Seconds a record (median of batches) and megabytes of a worker after so many records."""
    _warm(seed=1)
    per_record = []
    for batch in batches(count):
        start = process_time()
        count_results(batch)
        per_record.append((process_time() - start) / len(batch))
    return median(per_record), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_best(count: int) -> tuple[float, float]:
    """The best of three workers: what a neighbour takes from the processor is not ours."""
    measured = [in_own_process(measure_stream, count) for _ in range(3)]
    return min(seconds for seconds, _ in measured), min(memory for _, memory in measured)


def batches(count: int) -> Iterator[list[Record]]:
    """The generated records in batches, made when asked for."""
    batch = []
    for record in generate(count):
        batch.append(record)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def compare_processes(count: int) -> float:
    """How many times as fast two processes are as one, over the same records.

    The median of rounds that measure both in turn: one alone tells more of its neighbours.
    """
    work = list(batches(count))
    spawn = multiprocessing.get_context("spawn").Pool
    with spawn(1) as one, spawn(2) as two:
        return median(_seconds(one, 4, work) / _seconds(two, 8, work) for _ in range(ROUNDS))


def _seconds(pool: Pool, warming: int, work: list[list[Record]]) -> float:
    pool.map(_warm, range(warming), chunksize=1)
    start = perf_counter()
    pool.map(count_results, work, chunksize=1)
    return perf_counter() - start


def _warm(seed: int) -> None:
    count_results(list(generate(50, seed=seed)))


def main() -> int:
    """Prints the table; 1 where the engines disagree."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=1000)
    options.add_argument("--many", type=int, default=10_000)
    chosen = options.parse_args()
    ours, fast = in_own_process(time_compiled, chosen.records)
    theirs, slow = in_own_process(time_pyshacl, chosen.records)
    few, many = (measure_best(count) for count in (chosen.many // 10, chosen.many))
    rows = [
        ("records, triples", f"{chosen.records}, {count_triples(chosen.records)}"),
        ("results, compiled", str(ours.total())),
        ("results, pySHACL", str(theirs.total())),
        ("only one says it", str((ours - theirs).total() + (theirs - ours).total())),
        ("compiled, CPU s", f"{fast:.2f}"),
        ("pySHACL, CPU s", f"{slow:.2f}"),
        ("two processes / one", f"{compare_processes(chosen.many):.2f}"),
        (f"memory at {chosen.many} / {chosen.many // 10}", f"{many[1] / few[1]:.2f}"),
        (f"time a record at {chosen.many} / {chosen.many // 10}", f"{many[0] / few[0]:.2f}"),
    ]
    for label, value in rows:
        sys.stdout.write(f"{label:<32}{value:>16}\n")
    sys.stdout.write(f"compiled / pySHACL: {slow / fast:.0f} x\n")
    return 0 if ours == theirs else 1


def count_triples(count: int) -> int:
    """How many statements the records make together."""
    return sum(record.canonical.count(b"\n") for record in generate(count))


if __name__ == "__main__":
    sys.exit(main())
