"""The DCAT-AP 3 profile says what the published DCAT-AP 3.0.1 shapes say."""

from functools import cache
from typing import Final

import pytest
import rdflib

from red_catalog.model import Level, Triple
from red_catalog.validation import profiles
from tests import shared
from tests.validation.test_same_as_official import (
    EVERY_CLASS,
    FORMATS,
    mutant,
    referenced,
    results,
    triples_of,
)  # fmt: skip

PROFILE: Final = "dcat-ap-3"
PARTS: Final = ("shapes", "shapes_recommended", "range", "mdr-vocabularies.shape", "deprecateduris")


@cache
def published() -> rdflib.Graph:
    """The published shapes, merged."""
    graph = rdflib.Graph()
    for part in PARTS:
        graph.parse(shared.folder("official") / "dcat-ap-3.0.1" / f"{part}.ttl")
    return graph


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


def test_a_place_of_geonames_is_known_by_its_address() -> None:
    """What DCAT-AP sees otherwise than HealthDCAT-AP, which asks for the place's list."""
    place = "<https://sws.geonames.org/3017382/>"
    iri = "<https://chu-valmont.example.fr/donnees/catalogue>"
    spatial = "<http://purl.org/dc/terms/spatial>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    triples = [(iri, kind, "<http://www.w3.org/ns/dcat#Catalog>"), (iri, spatial, place)]

    def told(profile: str) -> bool:
        found = results(profiles.shapes(profile, Level.PUBLIC), triples, ())
        return (iri, spatial, place, "sh:NodeConstraintComponent", "sh:Warning") in found

    assert (told(PROFILE), told("healthdcat-ap-8")) == (False, True)
