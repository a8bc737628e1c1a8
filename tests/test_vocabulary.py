"""The code lists."""

import csv
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SKOS

from red_catalog import vocabulary
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY, RDF_TYPE, term
from red_catalog.vocabulary import Concept, words
from tests import shared

FOLDER = Path(vocabulary.__file__).parents[1] / "vocab"
FREQUENCY = f"{EU_AUTHORITY}frequency"
TRIALS = f"{HEALTH_AUTHORITY}healthcategories/EHCT"


def facts() -> list[dict[str, str]]:
    """Every code that the profile's documentation names."""
    path = shared.folder("facts") / "codelists.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_code_of_the_facts_is_known() -> None:
    """Scheme, IRI, code and labels are those of the facts, but for the one that we correct."""
    expected = [
        (r["scheme"], Concept(r["uri"], r["code"], _text(r["label_fr"], r["label_en"])))
        for r in facts()
        if r["uri"] != TRIALS
    ]
    actual = [
        (s, c) for s in vocabulary.schemes() for c in vocabulary.concepts(s) if c.iri != TRIALS
    ]
    assert _sorted(expected) == _sorted(actual)


def test_the_category_of_trials_names_its_regulations() -> None:
    """In both languages, without what was left of footnotes and drafts."""
    labels = vocabulary.labels(TRIALS)
    assert labels
    for label in labels.values():
        assert re.findall(r"[0-9]{3,4}/[0-9]{3,4}", label) == [
            "536/2014", "2024/1938", "2017/745", "2017/746",
        ]  # fmt: skip
        assert not re.search(r"Council[0-9]|\[", label)


def test_every_usual_word_is_of_a_code() -> None:
    """Of the list that it is a word for, or of a law or licence that is in none."""
    for scheme in vocabulary.schemes():
        codes = {concept.iri for concept in vocabulary.concepts(scheme)} | {words.ETALAB}
        assert set(words.of(scheme).values()) <= codes
    assert {vocabulary.labels(law) is not None for law in words.of(words.LAWS).values()} == {True}


def test_files_mean_what_a_turtle_parser_reads() -> None:
    """Our quick reader and rdflib find the same triples in every file."""
    graph = rdflib.Graph()
    for path in sorted(FOLDER.glob("*.ttl")):
        graph.parse(path)
    expected = {(s.n3(), p.n3(), o.n3()) for s, p, o in graph}
    assert expected == set(vocabulary.triples())


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{FREQUENCY}/ANNUAL", {"fr": "annuel", "en": "annual"}),
        (FREQUENCY, {"fr": "Fréquences", "en": "Frequencies"}),
        ("https://w3id.org/dpv#AcademicResearch", "Academic Research"),
        (f"{FREQUENCY}/OFTEN", None),
    ],
)
def test_labels_are_in_both_languages(iri: str, expected: object) -> None:
    """A name known in one language stands for both; an unknown code has none."""
    if isinstance(expected, str):
        expected = {"fr": expected, "en": expected}
    assert expected == vocabulary.labels(iri)


def test_background_holds_the_mentioned_codes_and_their_lists_only() -> None:
    """A code brings its own triples and those of its list, not its neighbours'."""
    code = f"{HEALTH_AUTHORITY}coding-system/ATC"
    subjects = {s for s, _, _ in vocabulary.background([code, "https://example.fr/"])}
    axioms = {s for s, _, _ in vocabulary.background([])}
    assert subjects - axioms == {f"<{code}>", f"<{HEALTH_AUTHORITY}coding-system>"}


def test_background_knows_the_subclasses_of_the_profile() -> None:
    """An organisation is an agent and a contact; a catalogue is never a dataset."""
    axioms = {(s, o) for s, p, o in vocabulary.background([]) if p == term("rdfs:subClassOf")}
    assert axioms == {
        (term(a), term(b))
        for a, b in [
            ("vcard:Organization", "vcard:Kind"),
            ("vcard:Individual", "vcard:Kind"),
            ("vcard:Group", "vcard:Kind"),
            ("foaf:Organization", "foaf:Agent"),
            ("foaf:Person", "foaf:Agent"),
            ("dct:MediaType", "dct:MediaTypeOrExtent"),
        ]
    }


def test_background_leaves_out_what_release_8_does_not_bring() -> None:
    """The terms of the privacy vocabulary have labels, and no type in a check."""
    assert vocabulary.background(["https://w3id.org/dpv/pd#Age"]) == vocabulary.background([])
    assert vocabulary.labels("https://w3id.org/dpv/pd#Age")


def test_background_gives_the_types_of_the_official_one() -> None:
    """Types, lists and nothing else that a shape could see differ from the official lists."""
    official = rdflib.Graph().parse(shared.folder("official") / "vocab" / "background-red.ttl")
    seen = (RDF.type, SKOS.inScheme)
    expected = {(s.n3(), p.n3(), o.n3()) for s, p, o in official if p in seen}
    actual = {t for t in vocabulary.whole_background() if t[1] in {RDF_TYPE, seen[1].n3()}}
    assert expected == actual


def test_membership_is_of_one_list() -> None:
    """A code is a member of its own list; an unknown one of none."""
    assert vocabulary.is_member(f"<{FREQUENCY}/ANNUAL>", FREQUENCY)
    assert not vocabulary.is_member(f"<{FREQUENCY}/ANNUAL>", f"{EU_AUTHORITY}country")
    assert not vocabulary.is_member(f"<{FREQUENCY}/OFTEN>", FREQUENCY)


def test_the_digest_is_of_the_lists_not_of_the_codes() -> None:
    """Two codes of a list have one digest; more lists, another one; the order is nothing."""
    annual, often = f"{FREQUENCY}/ANNUAL", f"{FREQUENCY}/OFTEN"
    french = f"{EU_AUTHORITY}language/FRA"
    digest = vocabulary.digest_of
    assert digest([annual]) == digest([often]) == digest([annual, "https://example.fr/"])
    assert digest([annual, french]) == digest([french, annual]) != digest([annual])
    assert digest(["https://example.fr/"]) == digest([])


def _text(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr or en, "en": en or fr}


def _sorted(pairs: list[tuple[str, Concept]]) -> list[tuple[str, str, str, dict[str, str]]]:
    return sorted((s, c.iri, c.code, dict(c.labels)) for s, c in pairs)
