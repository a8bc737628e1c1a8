"""What people are told of a result."""

import pytest
import rdflib

from red_catalog.model import Level, Severity, Text
from red_catalog.validation import shapes_graph
from red_catalog.validation.advice.explaining import explain
from red_catalog.validation.result import Result

SHAPES = shapes_graph.shapes("healthdcat-ap-8", Level.NON_PUBLIC)
OURS = "<https://red-catalog.org/shapes/healthdcat-ap-8#{}>"
FOREIGN = rdflib.Graph().parse(
    data="""
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    <https://ailleurs.example.fr/#forme> sh:path <http://purl.org/dc/terms/title> ;
        sh:message "Title is mandatory"@en .
    """,
    format="turtle",
)


def result(component: str, shape: str, value: str | None = None, path: str = "?") -> Result:
    """A result of one of our shapes."""
    focus = "<https://chu-valmont.example.fr/donnees/cohorte>"
    full = f"sh:{component}ConstraintComponent"
    return Result(focus, path, value, full, "sh:Violation", OURS.format(shape))


def test_our_shapes_speak_for_themselves() -> None:
    """The message is the shape's, in French and English."""
    finding = explain(result("MinCount", "dcat-dataset-title"), SHAPES)
    assert finding.message == {
        "fr": "Donnez un titre au jeu de données.",
        "en": "Give the dataset a title.",
    }
    assert finding.severity is Severity.VIOLATION


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            result("MinCount", "dcat-dataset-title"),
            {"fr": "Ajoutez « Titre » à la description.", "en": "Add “Title” to the description."},
        ),
        (
            result("Node", "dcat-dataset-accrual-periodicity", '"annuel"'),
            {
                "fr": "Remplacez « annuel » par un code de la liste « Fréquences ».",
                "en": "Replace “annuel” with a code from the list “Frequencies”.",
            },
        ),
        (
            result("Datatype", "dataset-has-structured-data", '"oui"'),
            {
                "fr": "Remplacez « oui » par vrai (true) ou faux (false).",
                "en": "Replace “oui” with true or false.",
            },
        ),
        (
            result("NodeKind", "dcat-dataset-title", "<https://chu-valmont.example.fr/titre>"),
            {
                "fr": "Remplacez « https://chu-valmont.example.fr/titre » par un texte.",
                "en": "Replace “https://chu-valmont.example.fr/titre” with a text.",
            },
        ),
        (
            result("MaxCount", "dataset-hdab"),
            {
                "fr": "Pour « Organisme responsable de l'accès aux données de santé », "
                "retirez des valeurs : 1 au plus.",
                "en": "For “Health data access body”, remove some values: 1 at most.",
            },
        ),
        (
            result("Node", "dataset-hdab", "<https://orad.example.fr/>"),
            {
                "fr": "Complétez la description de « https://orad.example.fr/ » dans le document.",
                "en": "Complete the description of “https://orad.example.fr/” in the document.",
            },
        ),
    ],
)
def test_common_findings_say_how_to_mend_them(found: Result, expected: Text) -> None:
    """One sentence in each language, with the value and the list by their names."""
    assert explain(found, SHAPES).fix == expected


def test_foreign_shapes_get_a_sentence_of_ours() -> None:
    """A shape without French still tells both languages, under the property's name."""
    found = Result(
        "<https://chu-valmont.example.fr/donnees/cohorte>",
        "<http://purl.org/dc/terms/title>",
        None,
        "sh:MinCountConstraintComponent",
        "sh:Warning",
        "<https://ailleurs.example.fr/#forme>",
    )
    finding = explain(found, FOREIGN)
    assert finding.message == {"fr": "Il manque : « Titre ».", "en": "Missing: “Title”."}
    assert finding.severity is Severity.WARNING


def test_long_values_are_cut_short() -> None:
    """A value of a thousand characters does not fill the screen."""
    fix = explain(
        result("NodeKind", "dcat-dataset-title", f"<https://a.fr/{'a' * 999}>"), SHAPES
    ).fix
    assert fix is not None
    assert len(fix["fr"]) < 150
