"""What one dataset says of another."""

import pytest

from red_catalog.model import Document, Severity
from red_catalog.rdf.limits import Limits
from red_catalog.validation.documents import Manner, check_rdf
from red_catalog.validation.fingerprints import basis, fingerprint
from tests.validation.explained import DATASET, TEXT, change, problems

BEFORE = DATASET.replace("eds-sejours", "eds-sejours-2023")
SAME = "dct:identifier"
_GRAVE = Severity.VIOLATION
_BLOCK = TEXT[TEXT.index("jeu:eds-sejours\n") : TEXT.index("\nici:identifiant\n")]
TWO = TEXT + _BLOCK.replace("jeu:eds-sejours\n", "jeu:eds-sejours-2023\n")


def naming(text: str, link: str, other: str = BEFORE) -> str:
    """The document whose first dataset names another."""
    return change((SAME, f"{link} <{other}> ; {SAME}"), text=text)


@pytest.mark.parametrize("link", ["dct:source", "dct:hasVersion", "dcat:hasVersion"])
@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_a_dataset_of_the_same_document_is_known_as_one(link: str, engine: str) -> None:
    """Nothing is said of the link, and nothing of the other dataset but in its own place."""
    plain, linked = (
        check_rdf(Document("essai.ttl", t.encode()), ("healthdcat-ap-8",), Limits(), Manner(engine))
        for t in (TWO, naming(TWO, link))
    )
    told = [
        [(d.iri, p.message, p.severity) for c in checks for d in c.datasets for p in d.problems]
        for checks in (plain, linked)
    ]
    assert [one for one in told[1] if one not in told[0]] == []
    assert {d.iri for c in linked for d in c.datasets} == {DATASET, BEFORE}
    assert [d.mqa for c in linked for d in c.datasets] == [d.mqa for c in plain for d in c.datasets]


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_a_relationship_may_lead_to_a_dataset_of_the_same_document(engine: str) -> None:
    """It may lead to a dataset, a series, a service or a catalogue: of these, that is one."""
    related = f"[ a dcat:Relationship ; dct:relation <{BEFORE}> ; dcat:hadRole ici:role ]"
    link = (SAME, f"dcat:qualifiedRelation {related} ; {SAME}")
    found = []
    for text in (TWO, change(link, text=TWO), change(link)):
        document = Document("essai.ttl", f"{text}\nici:role a dcat:Role .\n".encode())
        (check,) = check_rdf(document, ("healthdcat-ap-8",), Limits(), Manner(engine))
        found.append([p.path for p in check.datasets[0].problems if p.severity is _GRAVE])
    plain, beside, alone = found
    assert beside == plain
    assert alone == [*plain, "<http://purl.org/dc/terms/relation>"]


@pytest.mark.parametrize("link", ["dct:source", "dct:hasVersion"])
def test_a_dataset_that_is_described_elsewhere_is_a_violation_without_a_wrong_fix(
    link: str,
) -> None:
    """To type it here would make one more dataset without a title: the advice is another."""
    (problem,) = problems(naming(TEXT, link), link.split(":")[1])
    assert problem.severity is Severity.VIOLATION
    assert problem.turtle is None
    assert "un jeu de données décrit dans le document" in problem.fix["fr"]
    assert "a dataset described in the document" in problem.fix["en"]


def test_only_the_datasets_that_are_named_make_findings_out_of_date() -> None:
    """A new neighbour changes nothing, until it is the one that was missing."""
    canonical = f"<{DATASET}> <http://purl.org/dc/terms/source> <{BEFORE}> .\n".encode()
    based = basis(("healthdcat-ap-8",))
    alone, beside_one, beside_two = (
        fingerprint(canonical, based, datasets=frozenset(known))
        for known in ((), (f"{DATASET}-2021",), (f"{DATASET}-2021", BEFORE))
    )
    assert alone == beside_one != beside_two
