"""What rules ask for in words: whoever does as told, to the letter, is done."""

import re

import pytest
import rdflib
from rdflib.namespace import SH

from red_catalog.model import Level
from red_catalog.validation import shapes_graph
from tests.validation.explained import DATASET, TEXT, problems

GRAPH = shapes_graph.shapes("healthdcat-ap-8", Level.NON_PUBLIC)
OURS = "https://red-catalog.org/shapes/healthdcat-ap-8#"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "rule", ["dataset-has-legal-basis", "dataset-has-purpose", "dataset-has-personal-data"]
)
def test_a_term_of_the_privacy_vocabulary_needs_what_the_message_says(
    rule: str, language: str
) -> None:
    """The address that it gives is refused bare, and taken with the type that it gives."""
    shape = rdflib.URIRef(OURS + rule)
    (said,) = (str(o) for o in GRAPH.objects(shape, SH.message) if o.language == language)
    example, kind = re.findall(r"https://[^\s,)]+", said)
    path = GRAPH.value(shape, SH.path)
    used = r"dpv:has(LegalBasis|Purpose|PersonalData)\s[^;]*;|dpvpd:\w+\s+a dpv:PersonalData \."
    text = re.sub(used, "", TEXT)
    for written, count in (
        (f"<{DATASET}> <{path}> <{example}> .", 1),
        (f"<{DATASET}> <{path}> <{example}> . <{example}> a <{kind}> .", 0),
    ):
        assert len(problems(f"{text}\n{written}\n", str(path))) == count, written


@pytest.mark.parametrize("language", ["fr", "en"])
def test_terms_of_use_need_what_the_message_says(language: str) -> None:
    """A statement of the type that the message gives is taken; one without is not."""
    shape = rdflib.URIRef(OURS + "dcat-distribution-rights-value")
    (said,) = (str(o) for o in GRAPH.objects(shape, SH.message) if o.language == language)
    (kind,) = re.findall(r"http://[^\s,)]+", said)
    assert (shape, SH["class"], rdflib.URIRef(kind)) in GRAPH


def test_no_message_says_as_such_or_of_the_dataset_twice() -> None:
    """Sentences made of a name and a class say nothing, or nothing that is French or English."""
    texts = [str(o) for o in GRAPH.objects(None, SH.message)]
    wrong = re.compile(r"comme telle?\b|as such\b|(?:suivie?|couverte?) (?:du|de la) |"
                       r"(?:followed|covered|described) of ")  # fmt: skip
    assert [text for text in texts if wrong.search(text)] == []


def test_a_thing_without_an_address_is_told_by_its_name() -> None:
    """Of several places, each is told apart as whoever wrote the document knows it."""
    places = "".join(
        f'<{DATASET}> dct:spatial [ a dct:Location ; skos:prefLabel "{name}"@fr ] .\n'
        for name in ("Isère", "Rhône-Alpes")
    )
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    told = problems(f"{prefix}{TEXT}\n{places}", "terms/spatial")
    for name in ("Isère", "Rhône-Alpes"):
        (one,) = (p for p in told if f": « {name} » n'est pas un code" in p.message["fr"])
        assert one.found == {"fr": f"« {name} »", "en": f"“{name}”"}
