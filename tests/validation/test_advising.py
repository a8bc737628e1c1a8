"""Advice that a holder can follow: what it asks for is kept, and what it replaces was wrong."""

import pytest

from red_catalog.model import Severity
from red_catalog.namespaces import EU_AUTHORITY
from tests.validation.explained import DATASET, TEXT, change, problems

PAGE = "https://www.chu-valmorin.example/eds/2024"
CHECKSUM = "https://donnees.chu-valmorin.example/jeu/eds-sejours#empreinte"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def with_checksum(said: str) -> str:
    """The sample, whose first distribution has a checksum of which this is said."""
    value = '<http://spdx.org/rdf/terms#checksumValue> "ab12"^^xsd:hexBinary'
    return f"""{TEXT}
ici:dist-1 <http://spdx.org/rdf/terms#checksum> <{CHECKSUM}> .
<{CHECKSUM}> a <http://spdx.org/rdf/terms#Checksum> ; {value} {said} .
"""


def test_nothing_is_advised_of_a_code() -> None:
    """What a holder says of a country is not kept but for its type: no bounding box is asked."""
    typed = f"{TEXT}\n<{EU_AUTHORITY}country/FRA> a dct:Location .\n"
    for name in ("bbox", "centroid"):
        told = [problems(text, f"dcat#{name}") for text in (TEXT, typed)]
        assert [[p.subjects for p in some] for some in told] == [
            [("<http://data.europa.eu/nuts/code/FRK>",)]
        ] * 2


def test_a_checksum_without_algorithm_is_offered_one_that_is_accepted() -> None:
    """Pasted, the example is right, its type with it."""
    text = with_checksum("")
    (problem,) = problems(text, "algorithm")
    assert problem.turtle
    assert problems(f"{text}\n{problem.turtle['fr']}", "algorithm") == []


@pytest.mark.parametrize("node", [f"<{CHECKSUM}>", "[] "])
def test_the_algorithm_of_a_checksum_is_kept_and_typed(node: str) -> None:
    """All that is wrong with it is that the document does not say what it is."""
    text = with_checksum(f"; <http://spdx.org/rdf/terms#algorithm> <{SHA256}>")
    if node != f"<{CHECKSUM}>":
        text = text.replace(f"<{CHECKSUM}> .\n<{CHECKSUM}> a", "[ a").rstrip(" .\n") + " ] .\n"
    (problem,) = problems(text, "algorithm")
    assert problem.removed == ()
    assert problem.turtle == {
        "fr": "@prefix spdx: <http://spdx.org/rdf/terms#> .\n"
        "# À ajouter à la fin du document :\n"
        "spdx:checksumAlgorithm_sha256 a spdx:ChecksumAlgorithm .\n",
        "en": "@prefix spdx: <http://spdx.org/rdf/terms#> .\n"
        "# To add at the end of the document:\n"
        "spdx:checksumAlgorithm_sha256 a spdx:ChecksumAlgorithm .\n",
    }
    assert problems(f"{text}\n{problem.turtle['fr']}", "algorithm") == []


def test_of_a_checksum_without_value_an_example_is_shown() -> None:
    """Hexadecimal digits, as the shape asks."""
    text = with_checksum("").replace('"ab12"^^xsd:hexBinary', '"douze"')
    (problem,) = problems(text, "checksumValue")
    assert problem.turtle
    assert "^^xsd:hexBinary" in problem.turtle["fr"]


def test_variables_that_are_there_are_not_asked_for() -> None:
    """Whether data are structured was written as text: that is one problem, and the only one."""
    structured = "healthdcatap:hasStructuredData true"
    text = change((structured, 'healthdcatap:hasStructuredData "true"'))
    found = [p for p in problems(text) if p.severity is Severity.VIOLATION]
    assert [(p.kind, (p.path or "").rpartition("#")[2]) for p in found] == [
        ("value", "hasStructuredData>")
    ]
    assert len(found[0].findings) == 2
    assert found[0].fix["fr"] == "Écrivez true, sans guillemets."
    assert problems(change((structured, "healthdcatap:hasStructuredData true"))) == problems(TEXT)


def test_a_link_in_place_of_a_title_does_not_become_the_title() -> None:
    """A text of the holder's own is asked for, and an example shown."""
    text = change(('dct:alternative "EDS Valmorin – séjours"@fr', f"dct:alternative <{PAGE}>"))
    (problem,) = problems(text, "alternative")
    assert problem.fix == {
        "fr": "Remplacez cette valeur par un texte entre guillemets.",
        "en": "Replace this value with text in quotation marks.",
    }
    assert problem.turtle
    assert f'"{PAGE}"' not in problem.turtle["fr"]
    assert "exemple" in problem.turtle["fr"]


def test_a_link_in_place_of_a_date_is_replaced_with_a_date() -> None:
    """Written as text it would be no date either."""
    series = f"""{TEXT}
jeu:eds-sejours dcat:inSeries jeu:serie .
jeu:serie a dcat:DatasetSeries ; dct:title "Séjours"@fr ; dct:description "Par an."@fr ;
    dcatap:applicableLegislation <http://data.europa.eu/eli/reg/2025/327/oj> ;
    dct:issued <{PAGE}> .
"""
    (problem,) = [p for p in problems(series, "issued") if p.kind == "value"]
    assert "une date" in problem.fix["fr"]
    assert problem.turtle
    pasted = series.replace(f"    dct:issued <{PAGE}> .", "    a dcat:Resource .")
    assert problems(f"{pasted}\n{problem.turtle['fr']}", "issued") == []


def test_an_identifier_that_is_an_address_is_put_in_quotation_marks() -> None:
    """The same address, as text: the advice does not say to write what is there."""
    text = change((f'dct:identifier "{DATASET}"', f"dct:identifier <{DATASET}>"))
    (problem,) = problems(text, "identifier")
    assert problem.fix == {
        "fr": "Écrivez cette adresse comme un texte, entre guillemets.",
        "en": "Write this address as text, in quotation marks.",
    }
    assert problem.turtle
    assert f'dct:identifier "{DATASET}" .' in problem.turtle["fr"]


@pytest.mark.parametrize(
    "place",
    [
        "http://data.europa.eu/nuts/code/FRK",
        "http://data.europa.eu/nuts/code/FRK24",
        "http://id.insee.fr/geo/departement/38",
    ],
)
def test_a_region_is_not_advised_away_for_a_country(place: str) -> None:
    """The remark of the profile stays, and what is done about it loses no territory."""
    text = TEXT.replace("http://data.europa.eu/nuts/code/FRK", place)
    (problem,) = problems(text, "/spatial")
    assert (problem.found or {})["fr"] == f"« {place} »"
    assert not problem.suggestions
    assert not problem.removed
    assert problem.turtle is None
    assert problem.fix["fr"].startswith("Vous pouvez garder cette valeur")
    assert problem.fix["en"].startswith("You can keep this value")


def test_a_place_of_geonames_is_kept_and_said_to_be_one() -> None:
    """Pasted, the fix satisfies the rule: the place is of the list that it asks for."""
    place = "https://sws.geonames.org/11071625/"
    text = TEXT.replace("http://data.europa.eu/nuts/code/FRK", place)
    (problem,) = problems(text, "/spatial")
    assert problem.removed == ()
    assert problem.turtle
    assert problem.fix["en"].startswith("Keep this value")
    assert problems(f"{text}\n{problem.turtle['en']}", "/spatial") == []


def test_what_says_no_more_than_a_country_is_replaced_by_the_country() -> None:
    """The NUTS code of a country is none of the EU list, and is no finer."""
    text = TEXT.replace("http://data.europa.eu/nuts/code/FRK", "http://data.europa.eu/nuts/code/FR")
    (problem,) = problems(text, "/spatial")
    assert problem.removed


@pytest.mark.parametrize(
    "place",
    [
        "http://data.europa.eu/nuts/code/FRH0",
        "https://id.insee.fr/geo/region/53",
        "https://sws.geonames.org/3030293/",
        "http://publications.europa.eu/resource/authority/atu/FRA_REG_BRE",
    ],
)
def test_a_region_that_nothing_says_is_a_place_is_kept_and_said_to_be_one(place: str) -> None:
    """Pasted, the fix leaves nothing that blocks, and no country takes the region's place."""
    text = change((f"<{EU_AUTHORITY}country/FRA>", f"<{place}>"))
    (problem,) = (p for p in problems(text, "/spatial") if place in (p.found or {})["fr"])
    assert problem.severity is Severity.VIOLATION
    assert problem.removed == ()
    assert problem.fix["fr"].startswith("Gardez cette valeur et précisez dans le document que c'es")
    assert problem.turtle
    pasted = problems(f"{text}\n{problem.turtle['fr']}")
    assert Severity.VIOLATION not in {p.severity for p in pasted}


@pytest.mark.parametrize(
    ("said", "fix"),
    [
        ('rdfs:label "Bretagne"@fr',
         "Vous pouvez garder cette valeur : elle décrit le lieu, et rien n'est bloqué."),
        ('dcat:bbox "POLYGON((-5 47,-1 47,-1 49,-5 49,-5 47))"',
         "Vous pouvez garder cette valeur : elle décrit le lieu, et rien n'est bloqué."),
        ('rdfs:label "France"@fr', f"« France » ({EU_AUTHORITY}country/FRA)."),
    ],
)  # fmt: skip
def test_a_place_that_is_described_in_words_is_kept(said: str, fix: str) -> None:
    """But for the name of a country, which has a code."""
    text = change((f"<{EU_AUTHORITY}country/FRA>", f"[ a dct:Location ; {said} ]"))
    (problem,) = (p for p in problems(text, "/spatial") if "FRK" not in p.message["fr"])
    assert problem.fix["fr"].endswith(fix)


@pytest.mark.parametrize(
    ("said", "about", "names"),
    [
        (f"<{DATASET}> red:feeNote", "feeNote", ("Redevances", "Fees")),
        (f"<{DATASET}> red:accessCondition", "accessCondition",
         ("Autre condition d’accès", "Other condition of access")),
        ("ici:droits-dist1 rdfs:label", "label", ("Intitulé", "Label")),
    ],
)  # fmt: skip
def test_a_property_that_no_shape_names_is_told_in_words(
    said: str, about: str, names: tuple[str, str]
) -> None:
    """Nobody who fills in a spreadsheet knows what `feeNote` is."""
    space = "https://red.example.fr/ns/red#"
    text = f'{TEXT}\n@prefix red: <{space}> .\n{said} "Écrire à jean.dupont@chu-lille.example"@fr .'
    (found,) = problems(text, about, ("red",))
    assert (found.name["fr"], found.name["en"]) == names
    assert found.message["fr"].startswith(f"« {names[0]} » ")


@pytest.mark.parametrize(
    ("said", "about", "advice"),
    [
        (
            f"<{DATASET}> dct:creator <https://orcid.example/0000-0001>",
            "creator",
            "Précisez-le, avec le type « foaf:Agent » et ce qu'il faut en dire (« Nom »), si c'est "
            "bien un organisme ou une personne, ou changez la valeur.",
        ),
        (
            f"ici:dist-1 spdx:checksum <{CHECKSUM}>",
            "checksum",
            "Précisez-le, avec le type « spdx:Checksum » et ce qu'il faut en dire (« Algorithme », "
            "« Valeur de l'empreinte »), si c'est bien une empreinte, ou changez la valeur.",
        ),
        (
            f"<{DATASET}> dcat:inSeries <https://chu-lille.example/serie>",
            "inSeries",
            "Précisez-le, avec le type « dcat:DatasetSeries » et ce qu'il faut en dire "
            "(« Législation applicable », « Description », « Titre »), si c'est bien une série, ou "
            "changez la valeur.",
        ),
    ],
)
def test_what_an_address_must_be_said_to_be_comes_with_all_that_it_must_have(
    said: str, about: str, advice: str
) -> None:
    """A fix that is pasted leaves nothing else that blocks."""
    text = f"{TEXT}\n@prefix spdx: <http://spdx.org/rdf/terms#> .\n{said} ."
    (found,) = problems(text, about)
    assert found.fix["fr"] == advice
    assert found.turtle
    for lang in ("fr", "en"):
        left = problems(f"{text}\n{found.turtle[lang]}")
        assert [p.message["fr"] for p in left if p.severity is Severity.VIOLATION] == []


@pytest.mark.parametrize(
    ("path", "described"),
    [
        ("dcat:theme", '[ rdfs:label "Santé"@fr ]'),
        ("healthdcatap:healthCategory", '[ rdfs:label "DME"@fr ]'),
        (
            "dct:language",
            '<https://chu-lille.example/fr> . <https://chu-lille.example/fr> rdfs:label "fr"',
        ),
    ],
)
def test_what_is_described_in_place_of_a_code_is_one_problem(path: str, described: str) -> None:
    """Not one more for the type that it lacks, which would mend nothing."""
    usual = {problem.message["fr"] for problem in problems(TEXT)}
    text = f"{TEXT}\n<{DATASET}> {path} {described} ."
    (found,) = (p for p in problems(text) if p.message["fr"] not in usual)
    assert found.subjects == (f"<{DATASET}>",)
    assert "du jeu de données : " in found.message["fr"]
    assert "type" not in found.fix["fr"]
