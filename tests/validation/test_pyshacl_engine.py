"""Running pySHACL."""

import pytest
import rdflib

from red_catalog.model import Triple
from red_catalog.namespaces import RDF_TYPE
from red_catalog.validation import pyshacl_engine
from red_catalog.validation.result import Result

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://formes.example.fr/#> .
:Patient a sh:NodeShape ; sh:targetClass :P ; sh:property :age , :nom , :lien .
:age sh:path :a ; sh:datatype xsd:integer ; sh:maxInclusive 9 ; sh:severity sh:Warning ;
    sh:message "Neuf au plus."@fr .
:nom sh:path [ sh:alternativePath ( :n [ sh:inversePath :m ] ) ] ; sh:minCount 1 ;
    sh:message "Il faut un nom."@fr .
:lien sh:path :l ; sh:node :Lieu ; sh:message "Il faut un lieu."@fr .
:Lieu a sh:NodeShape ; sh:property [ sh:path :v ; sh:minCount 1 ] .
"""
P = "https://formes.example.fr/#"
NODE = "_:b12"
TRIPLES: list[Triple] = [
    (NODE, RDF_TYPE, f"<{P}P>"),
    (NODE, f"<{P}a>", '"010"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    (NODE, f"<{P}l>", f"<{P}ici>"),
]
BESIDE: list[Triple] = [(f"<{P}autre>", RDF_TYPE, f"<{P}P>")]


def shapes() -> rdflib.Graph:
    """The shapes of this file."""
    return rdflib.Graph().parse(data=SHAPES, format="turtle")


def test_results_are_told_in_the_terms_of_the_data() -> None:
    """Blank node labels, lexical forms, paths; nested results and background focus left out."""
    found = pyshacl_engine.run(shapes(), TRIPLES, BESIDE)
    assert sorted(found, key=str) == sorted(
        [
            Result(
                NODE, f"<{P}a>", '"010"^^<http://www.w3.org/2001/XMLSchema#integer>',
                "sh:MaxInclusiveConstraintComponent", "sh:Warning", f"<{P}age>",
                ('"Neuf au plus."@fr',),
            ),
            Result(
                NODE, f"<{P}l>", f"<{P}ici>", "sh:NodeConstraintComponent", "sh:Violation",
                f"<{P}lien>", ('"Il faut un lieu."@fr',),
            ),
            Result(
                NODE, f"<{P}n>|(^<{P}m>)", None, "sh:MinCountConstraintComponent", "sh:Violation",
                f"<{P}nom>", ('"Il faut un nom."@fr',),
            ),
        ],
        key=str,
    )  # fmt: skip


def test_a_fault_of_our_own_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only queries fail because of what others wrote."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("pyshacl.validate", fail)
    with pytest.raises(KeyError):
        pyshacl_engine.run(shapes(), TRIPLES, BESIDE)


def test_the_shapes_stay_as_they_are() -> None:
    """What pySHACL adds goes into a copy, so that a second run says the same."""
    graph = shapes()
    before = len(graph)
    first = pyshacl_engine.run(graph, TRIPLES, BESIDE)
    assert len(graph) == before
    assert sorted(pyshacl_engine.run(graph, TRIPLES, BESIDE)) == sorted(first)
