"""Values as they should be written, and examples that go with what the holder wrote."""

import re

import pytest

from red_catalog.namespaces import EU_AUTHORITY
from tests.validation.explained import DATASET, TEXT, change, problems


@pytest.mark.parametrize(
    ("written", "fix", "turtle"),
    [
        ("100", "Gardez la valeur et déclarez-la comme un nombre décimal.", '"100"^^xsd:decimal'),
        ('"100,5"', "Écrivez plutôt « 100.5 ».", '"100.5"^^xsd:decimal'),
        ('"1.500"', "Remplacez cette valeur par un nombre décimal, avec un point.", "10.5"),
    ],
)
def test_a_figure_becomes_a_decimal_number(written: str, fix: str, turtle: str) -> None:
    """But for one that may be fifteen hundred, in whose place an example is shown."""
    text = f"{TEXT}\n<{DATASET}> dcat:spatialResolutionInMeters {written} .\n"
    (problem,) = problems(text, "spatialResolutionInMeters")
    assert problem.fix["fr"] == fix
    assert problem.turtle
    assert f"spatialResolutionInMeters {turtle} ." in problem.turtle["fr"]


def test_the_type_of_a_variable_is_written_by_its_name() -> None:
    """As CSVW itself has it, the type is an address; the profile wants its name as text."""
    (problem,) = problems(
        change(('csvw:datatype "integer"', "csvw:datatype xsd:integer")), "datatype"
    )
    assert problem.fix["fr"] == "Écrivez plutôt « integer »."
    assert problem.turtle
    assert 'csvw:datatype "integer" .' in problem.turtle["fr"]


@pytest.mark.parametrize(
    "written", ['"https://www.chu.example/eds.csv"', "<https://www.chu.example/eds.csv>"]
)
def test_the_address_of_a_file_stays_in_the_example_of_a_distribution(written: str) -> None:
    """It is where the data are, as text or as a link."""
    (problem,) = problems(f"{TEXT}\n<{DATASET}> dcat:distribution {written} .\n", "distribution")
    assert problem.turtle
    assert "dcat:accessURL <https://www.chu.example/eds.csv> ;" in problem.turtle["fr"]
    assert "organisme.example" not in problem.turtle["fr"]


@pytest.mark.parametrize(
    ("least", "most", "age"),
    [("", '"2"^^xsd:nonNegativeInteger', "2"), ('"18 ans"', '"2"^^xsd:nonNegativeInteger', "2"),
     ("", '"60"^^xsd:nonNegativeInteger', "18"), ('"100"^^xsd:nonNegativeInteger', "", "100")],
)  # fmt: skip
def test_an_example_of_an_age_goes_with_the_other_age(least: str, most: str, age: str) -> None:
    """Pasted, it makes no contradiction of what was right."""
    lines = [
        f"healthdcatap:{name}TypicalAge {value} ;" if value else ""
        for name, value in (("min", least), ("max", most))
    ]
    text = change(*zip(re.findall(r"healthdcatap:m.*TypicalAge .*;", TEXT), lines, strict=True))
    (problem,) = problems(text, "TypicalAge")
    assert problem.turtle
    assert f'TypicalAge "{age}"^^xsd:nonNegativeInteger .' in problem.turtle["fr"]


@pytest.mark.parametrize(
    ("written", "fix", "date"),
    [
        ("2024/03/12", "Écrivez plutôt « 2024-03-12 »", "2024-03-12"),
        ("1er août 2024", "Écrivez plutôt « 2024-08-01 »", "2024-08-01"),
        ("March 2024", "Écrivez plutôt « 2024-03 »", "2024-03"),
        ("31/12/2024", "Écrivez plutôt « 2024-12-31 »", "2024-12-31"),
        ("03/12/2024", "Si le jour vient en premier, écrivez « 2024-12-03 »", "2024-12-03"),
    ],
)
def test_a_date_in_figures_or_words_is_read(written: str, fix: str, date: str) -> None:
    """Where the day and the month might change places, it is an example to confirm."""
    text = change(('"2021-06-15"^^xsd:date', f'"{written}"'))
    (problem,) = problems(text, "issued", ("red",))
    assert problem.fix["fr"].startswith(fix)
    assert problem.turtle
    assert f'dct:issued "{date}"^^' in problem.turtle["fr"]
    assert ("(exemple" in problem.turtle["fr"]) == fix.startswith("Si")


def test_an_example_is_one_of_what_the_rule_is_about() -> None:
    """A variable is not described as a dataset is, and advice and example name one purpose."""
    described = re.search(r'dct:description "Pseudonyme.*"@fr', TEXT)
    assert described
    text = change((f"    {described[0]}", '    rdfs:comment "Pseudonyme"@fr'))
    (problem,) = problems(text, "terms/description")
    assert problem.turtle
    assert '"Âge du patient à l\'admission, en années"@fr' in problem.turtle["fr"]
    (purpose,) = problems(f'{TEXT}\n<{DATASET}> dpv:hasPurpose "recherche"@fr .\n', "hasPurpose")
    assert purpose.turtle
    assert "https://w3id.org/dpv#AcademicResearch" in purpose.fix["fr"]
    assert "dpv:hasPurpose <https://w3id.org/dpv#AcademicResearch>" in purpose.turtle["fr"]


@pytest.mark.parametrize(
    ("value", "code", "typed"),
    [
        ('"CC BY 4.0"', "publications.europa.eu/resource/authority/licence/CC_BY_4_0>", False),
        ('"Licence Ouverte 2.0"@fr', "spdx.org/licenses/etalab-2.0>", True),
    ],
)
def test_a_licence_in_words_gets_its_code(value: str, code: str, typed: bool) -> None:
    """The French one, which the European list lacks, is said to be a licence."""
    text = change(("a dcat:Distribution ;", f"a dcat:Distribution ; dct:license {value} ;"))
    (problem,) = (p for p in problems(text, "license") if p.kind == "value")
    assert problem.turtle
    assert problem.turtle["fr"].count(code) == 1 + typed
    pasted = f"{text.replace(value, '<urn:x>', 1)}\n{problem.turtle['fr']}"
    assert not any(code in str(p.found) for p in problems(pasted, "license"))


def test_a_code_that_no_list_has_is_not_declared_a_licence() -> None:
    """It is no more one for being said to be."""
    code = f"<{EU_AUTHORITY}licence/CC_BY_5_0>"
    text = change(("a dcat:Distribution ;", f"a dcat:Distribution ; dct:license {code} ;"))
    (problem,) = (p for p in problems(text, "license") if p.kind == "value")
    assert problem.turtle is None
    assert problem.fix["fr"].endswith("une licence de la liste européenne ou décrite dans le "
                                      "document.")  # fmt: skip


def test_an_author_may_be_a_person() -> None:
    """The rule takes one, and so do the words."""
    (problem,) = problems(f"{TEXT}\n<{DATASET}> dct:creator <https://orcid.example/1> .\n")[:1]
    assert problem.fix == {
        "fr": "Précisez-le, avec le type « foaf:Agent » et ce qu'il faut en dire (« Nom »), si "
        "c'est bien un organisme ou une personne, ou changez la valeur.",
        "en": "Say so, with the type “foaf:Agent” and what must be said of it (“Name”), if it is "
        "an organisation or a person, or change the value.",
    }
