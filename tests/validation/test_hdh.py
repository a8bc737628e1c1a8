"""The profile of the Health Data Hub says what its platform's shape says."""

from functools import cache
from typing import Final

import pytest
import rdflib

from red_catalog.model import Level, Severity, Triple
from red_catalog.validation import profiles
from red_catalog.validation.checking import validate
from tests import shared
from tests.validation.test_checking import IRI, canonical
from tests.validation.test_same_as_official import (
    EVERY_CLASS,
    FORMATS,
    mutant,
    referenced,
    results,
    triples_of,
)  # fmt: skip

PROFILE: Final = "hdh"


@cache
def published() -> rdflib.Graph:
    """The shape that the platform runs."""
    folder = shared.folder("official") / "hdh"
    return rdflib.Graph().parse(folder / "hdap-validator-sensitivity-shape.ttl")


def differences(triples: list[Triple]) -> list[str]:
    """What our shapes make different, a line each."""
    beside = referenced(triples)
    theirs = results(published(), triples, beside)
    ours = results(profiles.shapes(PROFILE, Level.PUBLIC), triples, beside)
    return sorted(f"{'+' if k in ours else '-'} {k}" for k in theirs.keys() ^ ours.keys())


def test_every_real_document_gets_the_same_results() -> None:
    """Whole documents that others wrote."""
    compared, found = 0, []
    for path in sorted(shared.real().rglob("*")):
        triples = triples_of(path) if path.suffix in FORMATS else None
        if triples:
            compared += 1
            found += [f"{path.name} {line}" for line in differences(triples)]
    assert found == []
    assert compared > 0


def test_every_class_gets_the_same_results() -> None:
    """A description that uses every class and breaks nearly every rule."""
    triples = triples_of(EVERY_CLASS)
    assert triples
    assert differences(triples) == []


@pytest.mark.parametrize("seed", range(12))
def test_mutants_of_every_class_get_the_same_results(seed: int) -> None:
    """The same description with statements missing and objects exchanged at random."""
    triples = triples_of(EVERY_CLASS)
    assert triples
    assert differences(mutant(triples, seed)) == []


def test_the_official_example_fails_with_fifteen_violations() -> None:
    """What is known of the platform: Release 8 does not pass there."""
    example = shared.real() / "mutants-r8" / "valid-unchanged.ttl"
    report = validate(IRI, canonical(example.read_text("utf-8")), PROFILE)
    assert report.count(Severity.VIOLATION) == 15


def test_it_asks_the_same_at_every_level() -> None:
    """The platform has one shape only."""
    files = profiles.load(PROFILE).files
    assert len(set(files.values())) == 1
