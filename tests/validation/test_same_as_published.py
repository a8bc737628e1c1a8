"""The profiles of others say what their published shapes say."""

from functools import cache
from typing import Final

import pytest
import rdflib

from red_catalog.model import Level, Triple
from red_catalog.validation import shapes_graph
from tests import shared
from tests.validation.test_same_as_official import (
    EVERY_CLASS,
    FORMATS,
    mutant,
    referenced,
    results,
    triples_of,
)  # fmt: skip

# Where each profile's published shapes lie.
PUBLISHED: Final = {
    "dcat-ap-3": (
        "dcat-ap-3.0.1/shapes.ttl",
        "dcat-ap-3.0.1/shapes_recommended.ttl",
        "dcat-ap-3.0.1/range.ttl",
        "dcat-ap-3.0.1/mdr-vocabularies.shape.ttl",
        "dcat-ap-3.0.1/deprecateduris.ttl",
    ),
    "hdh": ("hdh/hdap-validator-sensitivity-shape.ttl",),
}

every_profile = pytest.mark.parametrize("profile", PUBLISHED)


@cache
def published(profile: str) -> rdflib.Graph:
    """The published shapes, merged."""
    graph = rdflib.Graph()
    for file in PUBLISHED[profile]:
        graph.parse(shared.folder("official") / file)
    return graph


def differences(profile: str, triples: list[Triple]) -> list[str]:
    """What our shapes make different, a line each."""
    beside = referenced(triples)
    theirs = results(published(profile), triples, beside)
    ours = results(shapes_graph.shapes(profile, Level.PUBLIC), triples, beside)
    return sorted(f"{'+' if k in ours else '-'} {k}" for k in theirs.keys() ^ ours.keys())


@every_profile
def test_every_real_document_gets_the_same_results(profile: str) -> None:
    """Whole documents that others wrote."""
    compared, found = 0, []
    for path in sorted(shared.real().rglob("*")):
        triples = triples_of(path) if path.suffix in FORMATS else None
        if triples:
            compared += 1
            found += [f"{path.name} {line}" for line in differences(profile, triples)]
    assert found == []
    assert compared > 0


@every_profile
def test_every_class_gets_the_same_results(profile: str) -> None:
    """A description that uses every class and breaks nearly every rule."""
    triples = triples_of(EVERY_CLASS)
    assert triples
    assert differences(profile, triples) == []


@every_profile
@pytest.mark.parametrize("seed", range(12))
def test_mutants_of_every_class_get_the_same_results(profile: str, seed: int) -> None:
    """The same description with statements missing and objects exchanged at random."""
    triples = triples_of(EVERY_CLASS)
    assert triples
    assert differences(profile, mutant(triples, seed)) == []
