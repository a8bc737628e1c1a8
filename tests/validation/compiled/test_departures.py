"""Where pySHACL departs from the recommendation, the plan does not: each case, on both sides."""

import pytest
import rdflib
from pyshacl.errors import ReportableRuntimeError

from red_catalog.model import Triple
from red_catalog.namespaces import term
from red_catalog.validation.compiled import compile_shapes
from red_catalog.validation.compiled.data import Background
from tests.validation.compiled.reference import Reference
from tests.validation.compiled.test_plan import DATASET, PREFIXES, dataset

NONE = Background(())
PART, WHOLE = "<https://chu.example.fr/part>", "<https://chu.example.fr/whole>"


def said(turtle: str, record: list[Triple]) -> tuple[list[str], list[str]]:
    """The components of the results: the plan's, then pySHACL's."""
    shapes = rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle")
    ours = compile_shapes(shapes, NONE).validate(record)
    theirs = Reference(shapes, NONE).validate(record)
    return [r.component for r in ours], [r.component for r in theirs]


def test_the_inverse_of_a_sequence_is_walked_from_its_end() -> None:
    """`^(dct:isPartOf/dct:source)`: from its end back by `dct:source`, then `dct:isPartOf`."""
    record = [
        *dataset(),
        (PART, term("dct:isPartOf"), WHOLE),
        (WHOLE, term("dct:source"), DATASET),
    ]
    shapes = """[] sh:targetClass dcat:Dataset ; sh:property [ sh:minCount 1 ;
        sh:path [ sh:inversePath ( dct:isPartOf dct:source ) ] ] ."""
    assert said(shapes, record) == ([], ["sh:MinCountConstraintComponent"])


def test_a_language_range_of_two_parts_takes_longer_tags() -> None:
    """`de-Latn` takes `de-Latn-AT`, as langMatches does."""
    shapes = """[] sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:title ;
        sh:languageIn ( "de-Latn" ) ] ."""
    record = dataset(("dct:title", '"Titel"@de-Latn-AT'))
    assert said(shapes, record) == ([], ["sh:LanguageInConstraintComponent"])


def test_a_text_and_a_text_of_type_string_are_one_term() -> None:
    """RDF 1.1: `"x"` is short for `"x"^^xsd:string`."""
    shapes = """[] sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:title ;
        sh:in ( "Cohorte"^^xsd:string ) ] ."""
    record = dataset(("dct:title", '"Cohorte"'))
    assert said(shapes, record) == ([], ["sh:InConstraintComponent"])


def test_a_blank_node_that_cannot_be_compared_is_a_result() -> None:
    """Where pySHACL stops, and tells nothing else of the record, the plan goes on."""
    shapes = """[] sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:issued ;
        sh:lessThan dct:modified ] ."""
    record = dataset(("dct:issued", "_:b1"), ("dct:modified", '"2024"'))
    graph = rdflib.Graph().parse(data=PREFIXES + shapes, format="turtle")
    (result,) = compile_shapes(graph, NONE).validate(record)
    assert result.component == "sh:LessThanConstraintComponent"
    with pytest.raises(ReportableRuntimeError, match="BlankNode"):
        Reference(graph, NONE).validate(record)
