"""Shapes that the plan leaves to pySHACL, which runs those and no others."""

import logging

import pytest
import rdflib

from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.validation.compiled.fallback import compile_engine
from tests.validation.compiled.test_plan import DATASET, PREFIXES, dataset

SPARQL = """
ex:Title a sh:NodeShape ; sh:targetClass dcat:Dataset ;
    sh:property [ sh:path dct:title ; sh:minCount 1 ] .
ex:Dates a sh:NodeShape ; sh:targetClass dcat:Dataset ;
    sh:sparql [ sh:message "Le début suit la fin."@fr ; sh:select \"\"\"
        PREFIX dct: <http://purl.org/dc/terms/>
        SELECT $this ?value
        WHERE { $this dct:issued ?value ; dct:modified ?end . FILTER(?value > ?end) }
    \"\"\" ] .
ex:Uses a sh:NodeShape ; sh:targetClass dcat:Catalog ; sh:node ex:Dates .
"""
CUSTOM = """
ex:LengthComponent a sh:ConstraintComponent ; sh:parameter [ sh:path ex:words ] ;
    sh:validator [ a sh:SPARQLAskValidator ;
        sh:ask "ASK { FILTER (STRLEN(STR($value)) > $words) }" ] .
ex:Long a sh:NodeShape ; sh:targetClass dcat:Dataset ;
    sh:property [ sh:path dct:title ; ex:words 10 ] .
"""


def read_shapes(turtle: str) -> rdflib.Graph:
    """Shapes in Turtle."""
    return rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle")


def test_sparql_constraints_are_run_and_announced(caplog: pytest.LogCaptureFixture) -> None:
    """The shape with SPARQL is left out of the plan, named in the log, and run by pySHACL."""
    with caplog.at_level(logging.WARNING):
        engine = compile_engine(read_shapes(SPARQL))
    named = "<https://chu.example.fr/Dates>"
    assert [u.shape for u in engine.plan.unsupported] == [named, "<https://chu.example.fr/Uses>"]
    assert any(named in record.getMessage() for record in caplog.records)
    day = "^^<http://www.w3.org/2001/XMLSchema#date>"
    late, early = f'"2024-01-01"{day}', f'"2023-01-01"{day}'
    results = engine.validate(dataset(("dct:issued", late), ("dct:modified", early)))
    assert [(r.component, r.value) for r in results] == [
        ("sh:SPARQLConstraintComponent", late),
        ("sh:MinCountConstraintComponent", None),
    ]


def test_custom_components_are_run() -> None:
    """A shape with a component of its own is left to pySHACL, nested in another or not."""
    engine = compile_engine(read_shapes(CUSTOM))
    assert [u.reason for u in engine.plan.unsupported] == [
        "the component <https://chu.example.fr/LengthComponent>"
    ]
    (result,) = engine.validate(dataset(("dct:title", '"court"')))
    assert (result.focus, result.path) == (DATASET, term("dct:title"))


def test_a_shape_that_refers_to_sparql_goes_with_it() -> None:
    """What a shape conforms to cannot be split: the whole shape is left to pySHACL."""
    engine = compile_engine(read_shapes(SPARQL))
    day = "^^<http://www.w3.org/2001/XMLSchema#date>"
    catalog = [
        ("_:b1", RDF_TYPE, term("dcat:Catalog")),
        ("_:b1", term("dct:issued"), f'"2024-01-01"{day}'),
        ("_:b1", term("dct:modified"), f'"2023-01-01"{day}'),
    ]
    assert [r.component for r in engine.validate(catalog)] == ["sh:NodeConstraintComponent"]


def test_core_shapes_need_no_pyshacl() -> None:
    """An engine of shapes that the plan takes has nothing left to run."""
    engine = compile_engine(read_shapes("[] sh:targetClass dcat:Dataset ; sh:nodeKind sh:IRI ."))
    assert engine.rest is None
