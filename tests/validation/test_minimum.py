"""The 27 minimum elements."""

import csv
from typing import Final

import pytest

from red_catalog.model import Severity, Triple
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.validation.checking import validate
from red_catalog.validation.rules import minimum
from red_catalog.validation.rules.description import describe as read
from tests import shared
from tests.validation.test_checking import IRI, canonical
from tests.validation.test_same_as_official import triples_of

PROFILE: Final = "minimum-2026-2098"
DATASET: Final = "https://chu-valmont.example.fr/donnees/urgences"
RIGHT: Final = "http://publications.europa.eu/resource/authority/access-right/"
CATEGORY: Final = "https://hdeu-dcat.data.health.europa.eu/resource/authority/healthcategories/"
BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"


def describe(**values: str) -> list[Triple]:
    """A dataset with these properties; an underscore stands for the prefix's colon."""
    found = [(make_iri(DATASET), RDF_TYPE, term("dcat:Dataset"))]
    return found + [(make_iri(DATASET), term(n.replace("_", ":", 1)), v) for n, v in values.items()]


def numbers(status: str, **values: str) -> list[int]:
    """The numbers of the elements with a status."""
    found = minimum.elements(read(describe(**values), DATASET))
    return [element.number for element in found if element.status == status]


def test_the_table_is_that_of_the_facts() -> None:
    """Number and property of each element."""
    path = shared.folder("facts") / "minimum-elements-2026-2098.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = [
            (int(row["n"]), term(row["r8_property"].split(" ")[0]))
            for row in csv.DictReader(file, delimiter=";")
        ]
    actual = [(e.number, e.property) for e in minimum.elements(read([], DATASET))]
    assert expected == actual


def test_the_official_example_gives_all() -> None:
    """Nothing missing, nothing without object."""
    triples = triples_of(shared.real() / "mutants-r8" / "valid-unchanged.ttl")
    assert triples
    assert {e.status for e in minimum.elements(read(triples, IRI))} == {"given"}


def test_a_bare_dataset_misses_all() -> None:
    """An element does not apply only where the description says so."""
    assert list(range(1, 28)) == numbers("missing")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"dct_accessRights": f"<{RIGHT}PUBLIC>"}, [12]),
        ({"dct_accessRights": f"<{RIGHT}RESTRICTED>"}, []),
        ({"dct_accessRights": f"<{RIGHT}NON_PUBLIC>"}, []),
        (
            {"healthdcatap_hasStructuredData": make_literal("false", datatype=BOOLEAN)},
            [3, 4, 19, 26],
        ),
        ({"healthdcatap_hasStructuredData": make_literal("true", datatype=BOOLEAN)}, []),
        (
            {
                "healthdcatap_hasStructuredData": make_literal("false", datatype=BOOLEAN),
                "healthdcatap_hasCodeValues": '"U07.1"',
            },
            [19, 26],
        ),
        ({"healthdcatap_healthCategory": f"<{CATEGORY}RPDG>"}, [20]),
        ({"healthdcatap_healthCategory": f"<{CATEGORY}EHRS>"}, []),
    ],
)
def test_what_does_not_apply(values: dict[str, str], expected: list[int]) -> None:
    """What the description itself says decides."""
    assert expected == numbers("not-applicable", **values)


def test_a_reason_is_told_in_both_languages() -> None:
    """Only what does not apply has a reason."""
    values = {"dct_accessRights": f"<{RIGHT}PUBLIC>"}
    for element in minimum.elements(read(describe(**values), DATASET)):
        assert (element.reason is not None) == (element.status == "not-applicable")
        assert element.reason is None or set(element.reason) == {"fr", "en"}
        assert set(element.name) == {"fr", "en"}


def test_an_empty_text_gives_nothing() -> None:
    """White space is no title."""
    assert 24 in numbers("missing", dct_title='" "')


def test_what_is_given_applies() -> None:
    """A public dataset may still name its health data access body."""
    values = {
        "dct_accessRights": f"<{RIGHT}PUBLIC>",
        "healthdcatap_hdab": "<https://orad.example/>",
    }
    assert 12 in numbers("given", **values)


def test_the_profile_finds_what_is_missing() -> None:
    """One warning for each missing element, in both languages."""
    document = f"<{DATASET}> a <http://www.w3.org/ns/dcat#Dataset> ."
    findings = validate(DATASET, canonical(document), PROFILE).findings
    assert {(f.component, f.severity) for f in findings} == {
        ("red:MinimumElement", Severity.WARNING)
    }
    assert len(findings) == 27
    assert all(set(f.message) == {"fr", "en"} for f in findings)
