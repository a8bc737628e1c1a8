"""Checking one record."""

import json
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCAT, RDF

from red_catalog.errors import RedError
from red_catalog.model import Level, Report, Severity
from red_catalog.validation import profiles
from red_catalog.validation.checking import check, conforms, read, validate
from red_catalog.validation.compiled.declaration import term_of
from tests import shared
from tests.bench.generator import generate

IRI = "https://healthdcat-ap.example.org/release-7/example/dataset-oncology-ehrs-2024"
EVERY_CLASS = Path(__file__).parents[1] / "data" / "shapes" / "every-class.ttl"
COHORT = "https://chu-valmont.example.fr/donnees/dataset-cohorte"
# What a hostile holder adds: axioms and shapes that would turn the rules to his advantage.
AXIOMS = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
dcat:Catalog rdfs:subClassOf dcat:Dataset .
dcat:Dataset rdfs:subClassOf foaf:Agent .
<https://red-catalog.org/shapes/healthdcat-ap-8#Dataset> sh:deactivated true .
<https://chu-valmont.example.fr/#forme> a sh:NodeShape ;
    sh:targetClass dcat:Dataset ;
    sh:property [ sh:path dct:title ; sh:maxCount 0 ] .
<https://chu-valmont.example.fr/> owl:imports <https://chu-valmont.example.fr/formes.ttl> .
"""


def canonical(*documents: str) -> bytes:
    """Documents as sorted N-Triples lines, blank nodes under labels that never change."""
    graph = rdflib.Graph()
    for document in documents:
        graph.parse(data=document, format="turtle")
    lines = sorted({" ".join(map(term_of, t)) + " ." for t in graph})
    return ("\n".join(lines) + "\n").encode()


def mutant(name: str) -> Report:
    """The report on a single-defect variant of the official example."""
    path = shared.real() / "mutants-r8" / name
    return validate(IRI, canonical(path.read_text("utf-8")))


def test_mutants_get_the_violations_that_were_observed() -> None:
    """Every single-defect mutant: the same violations and as many warnings."""
    expected = json.loads((shared.real() / "mutants-r8" / "expected.json").read_text("utf-8"))
    for name, observed in expected.items():
        report = mutant(name)
        violations = {
            ((f.path or "").strip("<>").replace("#", "/").rsplit("/", 1)[-1],
             f.component.removeprefix("sh:").removesuffix("ConstraintComponent"))
            for f in report.findings if f.severity is Severity.VIOLATION
        }  # fmt: skip
        assert {
            tuple(v.replace("#", "/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].split("|"))
            for v in observed["violations"]
        } == violations, name
        assert (report.level, report.count(Severity.WARNING)) == (
            Level(observed["level"]), observed["warnings"],
        ), name  # fmt: skip


def test_a_record_read_once_is_checked_as_often_as_wanted() -> None:
    """Against each profile the report is the same, and conformance what the report says."""
    text = canonical(EVERY_CLASS.read_text("utf-8"))
    for record in (text, b"", next(generate(1)).canonical):
        description = read(COHORT, record)
        for profile in profiles.names():
            report = check(description, profile)
            assert report == validate(COHORT, record, profile)
            assert conforms(description, profile) == (not report.count(Severity.VIOLATION))


def test_a_report_names_what_it_was_made_with() -> None:
    """Profile, release, digest of the shapes and level of the dataset."""
    report = validate(COHORT, canonical(EVERY_CLASS.read_text("utf-8")))
    profile = profiles.load("healthdcat-ap-8")
    assert (report.profile, report.release, report.shapes, report.level) == (
        profile.name, profile.release, profile.digest, Level.NON_PUBLIC,
    )  # fmt: skip


def test_findings_come_once_and_gravest_first() -> None:
    """One a (focus, path, value, component, severity), in an order that does not change."""
    findings = validate(COHORT, canonical(EVERY_CLASS.read_text("utf-8"))).findings
    keys = Counter((f.focus, f.path, f.value, f.component, f.severity) for f in findings)
    assert set(keys.values()) == {1}
    ranks = [list(Severity).index(f.severity) for f in findings]
    assert ranks == sorted(ranks)


def test_every_finding_is_explained_in_both_languages() -> None:
    """A message for all, a way to mend for nearly all."""
    findings = validate(COHORT, canonical(EVERY_CLASS.read_text("utf-8"))).findings
    assert [
        f for f in findings if set(f.message) != {"fr", "en"} or not all(f.message.values())
    ] == []
    assert {f.component for f in findings if f.fix is None} <= {"sh:OrConstraintComponent"}


def test_codes_that_a_record_merely_cites_are_not_its_own() -> None:
    """No advice on the shape of a country that the record only names."""
    focus = {f.focus for f in validate(COHORT, canonical(EVERY_CLASS.read_text("utf-8"))).findings}
    assert "<http://publications.europa.eu/resource/authority/country/FRA>" not in focus


def test_shapes_and_axioms_of_a_holder_change_nothing() -> None:
    """The same findings with shapes, subclass axioms and imports in the data."""
    document = EVERY_CLASS.read_text("utf-8")
    assert "[]" in document
    plain = document.replace("[]", "<https://chu-valmont.example.fr/donnees/sans-nom>")
    plain = plain.replace("[ a dpv:PersonalData ]", ":sans-nom").replace("[ a dct:Location ]", ":x")
    plain = plain.replace("[ a dct:MediaType ]", ":type-de-media")
    expected = validate(COHORT, canonical(plain))
    assert validate(COHORT, canonical(plain, AXIOMS)) == expected


def test_a_record_without_anything_is_told_what_it_lacks() -> None:
    """A bare dataset gets every mandatory property as a missing one."""
    bare = f"<{COHORT}> a <{DCAT.Dataset}> ."
    findings = validate(COHORT, canonical(bare)).findings
    missing = [
        f for f in findings
        if f.severity is Severity.VIOLATION and f.component == "sh:MinCountConstraintComponent"
    ]  # fmt: skip
    assert len(missing) == 14
    assert str(RDF.type) not in {f.path for f in findings}


def test_an_unknown_profile_is_refused() -> None:
    """One sentence, before anything is checked."""
    with pytest.raises(RedError, match="No profile is called"):
        validate(COHORT, b"", "healthdcat-ap-9")
