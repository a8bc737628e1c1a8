"""Running pySHACL."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

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


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LISTED = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://formes.example.fr/#> .
:Patient a sh:NodeShape ; sh:targetClass :P ; sh:property [ sh:path :a ; sh:in ( 1 ) {} ] .
"""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Executor]:
    """A process of its own: others that share one have pySHACL make no words, to be quick."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        yield pool


def run_listed(message: str, *said: Triple) -> Result:
    """The one result on a patient whose `a` is the blank node `_:v`, of which this is said."""
    graph = rdflib.Graph().parse(data=LISTED.replace("{}", message), format="turtle")
    (found,) = pyshacl_engine.run(graph, [TRIPLES[0], (NODE, f"<{P}a>", "_:v"), *said], [])
    return found


@pytest.mark.parametrize("message", ["", '; sh:message "Un seul."@fr'])
def test_a_list_that_goes_round_in_a_circle_is_a_value_as_any(
    elsewhere: Executor, message: str
) -> None:
    """Whether the shape has a message of its own or pySHACL makes one."""
    ring = [("_:v", f"<{RDF}rest>", "_:w"), ("_:w", f"<{RDF}rest>", "_:v")]
    steps = [(node, f"<{RDF}first>", '"pas"') for node in ("_:v", "_:w")]
    found = elsewhere.submit(run_listed, message, *ring, *steps).result()
    assert (found.value, len(found.messages)) == ("_:v", 1)


def test_a_message_quotes_its_own_record(elsewhere: Executor) -> None:
    """Where pySHACL makes it, and whatever lay at the same place in memory before."""
    said = [(("_:v", f"<{P}n>", f'"patient {number}"'),) for number in range(200)]
    found = [elsewhere.submit(run_listed, "", *some) for some in said]
    for number, one in enumerate(found):
        assert f"patient {number}" in one.result().messages[0]


def test_what_a_description_says_of_results_is_none() -> None:
    """A value that calls itself a report leaves the report of the shapes as it is."""
    sh = "http://www.w3.org/ns/shacl#"
    forged: list[Triple] = [
        ("_:rapport", f"<{sh}result>", "_:resultat"),
        ("_:resultat", f"<{sh}focusNode>", f"<{P}ici>"),
    ]
    told = pyshacl_engine.run(shapes(), [*TRIPLES, (NODE, f"<{P}a>", "_:rapport"), *forged], [])
    assert {one.component for one in told} == {
        "sh:DatatypeConstraintComponent", "sh:MaxInclusiveConstraintComponent",
        "sh:MinCountConstraintComponent", "sh:NodeConstraintComponent",
    }  # fmt: skip
