"""What people are told where a profile that others publish limits texts or asks for several."""

from pathlib import Path

import pytest

from red_catalog.model import Document, Problem
from red_catalog.pipeline.ruling import read_book
from red_catalog.rdf.limits import Limits
from red_catalog.validation import installing
from red_catalog.validation.documents import Manner, check_rdf

DATA = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://donnees.chu-valmorin.example/jeu/urgences> a dcat:Dataset ;
    dct:identifier "URG-2024" """


def problems(tmp_path: Path, asked: str, said: str) -> list[Problem]:
    """The problems of a dataset of which this is said, where the titles of a profile are so."""
    shapes = f"""
@prefix : <https://chu-valmorin.example/formes#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:Jeu a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property :titre .
:titre a sh:PropertyShape ; sh:path dct:title ; {asked} .
"""
    installing.install(shapes.encode(), "titres", tmp_path)
    document = Document("essai.ttl", f"{DATA} ; {said} .".encode())
    (checked,) = check_rdf(document, ["titres"], Limits(), Manner(installed=tmp_path))
    return [problem for dataset in checked.datasets for problem in dataset.problems]


@pytest.mark.parametrize(
    ("asked", "value", "wrong", "right"),
    [
        ("sh:maxLength 10", '"Passages aux urgences"@fr',
         {"fr": "a plus de 10 caractères", "en": "has more than 10 characters"},
         {"fr": "de 10 caractères au plus", "en": "of at most 10 characters"}),
        ("sh:minLength 10", '"Urgences"@fr',
         {"fr": "a moins de 10 caractères", "en": "has fewer than 10 characters"},
         {"fr": "de 10 caractères au moins", "en": "of at least 10 characters"}),
        ('sh:pattern "^URG-" ; sh:datatype <http://www.w3.org/2001/XMLSchema#string>',
         '"Urgences"',
         {"fr": "n'a pas la forme attendue", "en": "does not have the expected form"},
         {"fr": "de la forme « ^URG- »", "en": "of the form “^URG-”"}),
        ('sh:pattern "\\\\S"', '" "@fr',
         {"fr": "n'a pas la forme attendue", "en": "does not have the expected form"},
         {"fr": "qui n'est pas vide", "en": "that is not empty"}),
        ('sh:languageIn ( "fr" "en" ) ; sh:nodeKind sh:Literal', '"Notaufnahme"@de',
         {"fr": "n'est pas dans l'une des langues demandées",
          "en": "is not in one of the languages asked for"},
         {"fr": "dans l'une de ces langues : fr, en", "en": "in one of these languages: fr, en"}),
    ],
)  # fmt: skip
def test_a_limit_is_told_with_its_measure(
    asked: str, value: str, wrong: dict[str, str], right: dict[str, str], tmp_path: Path
) -> None:
    """What is wrong with the value, and how it should be; the page of the rule says the same."""
    (problem,) = problems(tmp_path, asked, f"dct:title {value}")
    (rule,) = [r for r in read_book("titres", tmp_path).rules if r.local == "titre"]
    assert rule.expected
    for lang in ("fr", "en"):
        assert problem.message[lang].endswith(f" {wrong[lang]}.")
        assert problem.fix[lang].endswith(f" {right[lang]}.")
        assert rule.expected[lang].endswith(f" {right[lang]}")
    # Nobody but the holder can shorten or translate it.
    assert problem.turtle is None


@pytest.mark.parametrize(
    "asked", ["sh:maxLength 10", 'sh:pattern "^URG-"', 'sh:languageIn ( "de" )', "sh:minLength 99"]
)
def test_no_example_is_shown_that_the_limit_refuses(asked: str, tmp_path: Path) -> None:
    """Pasted, it would be the next problem; nor does the page of the rule show one."""
    (problem,) = problems(tmp_path, f"sh:minCount 1 ; {asked}", "dct:language <https://x.example/>")
    assert problem.kind == "missing"
    assert problem.turtle is None
    (rule,) = [r for r in read_book("titres", tmp_path).rules if r.local == "titre"]
    assert rule.example is None


def test_an_example_that_the_limits_admit_is_shown(tmp_path: Path) -> None:
    """The usual one, in both languages."""
    asked = 'sh:minCount 1 ; sh:maxLength 80 ; sh:minLength 5 ; sh:languageIn ( "fr" "en" )'
    (problem,) = problems(tmp_path, asked, "dct:language <https://x.example/>")
    assert problem.turtle
    assert '"Séjours hospitaliers de 2020 à 2024"@fr' in problem.turtle["fr"]


@pytest.mark.parametrize(
    ("least", "message", "fix"),
    [
        (2, {"fr": "a 1 valeur ; il en faut 2 au moins.",
             "en": "has 1 value; at least 2 are needed."},
         {"fr": "Ajoutez une autre valeur.", "en": "Add another value."}),
        (4, {"fr": "a 1 valeur ; il en faut 4 au moins.",
             "en": "has 1 value; at least 4 are needed."},
         {"fr": "Ajoutez 3 autres valeurs.", "en": "Add 3 more values."}),
    ],
)  # fmt: skip
def test_too_few_values_are_not_said_to_be_missing(
    least: int, message: dict[str, str], fix: dict[str, str], tmp_path: Path
) -> None:
    """How many there are and must be."""
    (problem,) = problems(tmp_path, f"sh:minCount {least}", 'dct:title "Urgences"@fr')
    assert all(problem.message[lang].endswith(message[lang]) for lang in ("fr", "en"))
    assert problem.fix == fix


def test_too_few_values_of_which_one_is_wrong_are_two_problems(tmp_path: Path) -> None:
    """To correct the value does not make them enough."""
    found = problems(tmp_path, "sh:minCount 2 ; sh:nodeKind sh:IRI", 'dct:title "Urgences"@fr')
    assert sorted(p.kind for p in found) == ["missing", "value"]
