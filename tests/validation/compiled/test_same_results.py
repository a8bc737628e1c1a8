"""The plan says what pySHACL says: of real files, of generated records, of damaged ones."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from red_catalog.model import Triple
from red_catalog.validation.compiled.data import SUBCLASS_OF, read_canonical
from tests import real, shared
from tests.bench import generator
from tests.validation.compiled.grouping import group
from tests.validation.compiled.mutations import mutate
from tests.validation.compiled.reference import (
    SHAPES,
    background,
    compare,
    compare_all,
    plan,
    read,
    triples_of,
)

MUTATIONS: Final = int(os.environ.get("RED_MUTATIONS", "500"))
GENERATED: Final = int(os.environ.get("RED_GENERATED", "100"))
BATCH: Final = 25
RDF_SUFFIXES: Final = (".ttl", ".rdf", ".xml")


@cache
def real_records() -> dict[str, list[Triple]]:
    """Every real file that can be read as RDF; subclass axioms in data are never followed."""
    found = {path: list(_read(path)) for path in real.files() if path.suffix in RDF_SUFFIXES}
    return {_name(path): triples for path, triples in found.items() if triples}


def other_records() -> dict[str, list[Triple]]:
    """Every real file that only the catalogue reads, JSON-LD and quads among them."""
    found = {p: real.described(p) for p in real.files() if _name(p) not in real_records()}
    return {_name(path): triples for path, triples in found.items() if triples}


def _name(path: Path) -> str:
    return path.relative_to(shared.real()).as_posix()


def _read(path: Path) -> Iterator[Triple]:
    try:
        graph = read(path)
    except Exception:  # noqa: BLE001 - rdflib raises many kinds; broken files are others' tests
        return
    yield from (t for t in triples_of(graph) if t[1] != SUBCLASS_OF)


@cache
def originals() -> list[list[Triple]]:
    """What mutations start from: generated records, and real files small enough to be quick."""
    made = (read_canonical(r.canonical) for r in generator.generate(40, seed=7))
    small = (triples for triples in real_records().values() if len(triples) < 120)
    return [sorted(triples) for triples in chain(made, small)]


@cache
def codes() -> list[str]:
    """Nodes of the background."""
    return sorted(background().index)


def damage(number: int) -> tuple[str, list[Triple]]:
    """A damaged record, and the shapes to try it with."""
    some = originals()
    return SHAPES[number % len(SHAPES)], mutate(some[number % len(some)], codes(), str(number))


def find_difference(span: range) -> str | None:
    """The first damaged record that the engines disagree on, in words; for a worker process."""
    for number in span:
        name, record = damage(number)
        ours, theirs = compare(name, record)
        if ours or theirs:
            return f"record {number}, {name}: only ours {dict(ours)}, only pySHACL {dict(theirs)}"
    return None


def find_difference_in_group(span: range) -> str | None:
    """The first group of generated records that the engines disagree on, with every set.

    One graph of many records costs pySHACL half of what many graphs do. The plan must say of
    them together what it says of each alone, so that each is compared with every set.
    """
    records = [read_canonical(generator.make_record(0, number).canonical) for number in span]
    for some in group(records):
        together = sorted({triple for record in some for triple in record})
        if found := compare_all(together):
            return f"records {span}: {found}"
        for name in SHAPES:
            alone = {result for record in some for result in plan(name).validate(record)}
            if alone != set(plan(name).validate(together)):
                return f"records {span}, {name}: together not what each is alone"
    return None


def find_differences(search: Callable[[range], str | None], count: int) -> list[str]:
    """What the engines disagree on in so many records, with all processors at work."""
    background()  # so that a missing folder skips here, and not in a worker
    originals()
    spans = [range(first, min(first + BATCH, count)) for first in range(0, count, BATCH)]
    with ProcessPoolExecutor() as pool:
        return [found for found in pool.map(search, spans) if found]


@pytest.mark.parametrize("name", SHAPES)
def test_real_files_get_the_same_results(name: str) -> None:
    """On every real file, the plan and pySHACL give the same multiset of results."""
    every = real_records() | other_records()
    differing = {file: compare(name, triples) for file, triples in every.items()}
    assert {file: both for file, both in differing.items() if any(both)} == {}


def test_generated_records_get_the_same_results() -> None:
    """On generated records, each with every set, both give the same (RED_GENERATED of them)."""
    assert find_differences(find_difference_in_group, GENERATED) == []


def test_damaged_records_get_the_same_results() -> None:
    """On records changed at random, both give the same (RED_MUTATIONS of them)."""
    assert find_differences(find_difference, MUTATIONS) == []


@pytest.mark.parametrize("name", SHAPES)
@settings(
    max_examples=max(10, MUTATIONS // 50),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(number=st.integers(0, 10**9), choice=st.data())
def test_hypothesis_finds_no_difference(name: str, number: int, choice: st.DataObject) -> None:
    """On damaged records, with only some of their statements kept, both give the same."""
    some = originals()
    record = mutate(some[number % len(some)], codes(), f"hypothesis {number}")
    lost = choice.draw(st.sets(st.integers(0, len(record)), max_size=8))
    kept = [triple for place, triple in enumerate(record) if place not in lost]
    assert compare(name, kept) == ({}, {})
