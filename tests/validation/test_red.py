"""The catalogue's own checks."""

import json
from datetime import date
from time import process_time
from typing import Final

import pytest
import rdflib

from red_catalog.model import Report, Severity, Triple
from red_catalog.namespaces import PREFIXES as NAMESPACES
from red_catalog.validation import shapes_graph
from red_catalog.validation.checking import validate
from red_catalog.validation.result import Result
from red_catalog.validation.rules import catalogue, dates, wording
from red_catalog.validation.rules.correcting import correct
from red_catalog.validation.rules.description import describe
from red_catalog.validation.rules.finding import make
from red_catalog.validation.rules.table import RULES
from tests import shared
from tests.validation.test_checking import IRI, canonical
from tests.validation.test_same_as_official import as_terms

DATASET: Final = "https://chu-valmont.example.fr/donnees/urgences"
TODAY: Final = date(2026, 11, 24)
HEALTH: Final = "https://hdeu-dcat.data.health.europa.eu/resource/authority/"
EHDS: Final = "http://data.europa.eu/eli/reg/2025/327/oj"
PREFIXES: Final = """
@prefix : <https://chu-valmont.example.fr/donnees/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dpv: <https://w3id.org/dpv#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix healthdcatap: <http://healthdataportal.eu/ns/health#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle: str) -> list[Triple]:
    """A description as terms."""
    return list(as_terms(rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle")))


def results(turtle: str) -> list[Result]:
    """What the rules find, on a day that never changes."""
    description = describe(triples(turtle), DATASET, TODAY)
    return [result for rule in RULES["red"] for result in rule(description)]


def rules(turtle: str) -> list[str]:
    """The names of the rules that are broken."""
    return sorted((r.shape or "").rpartition("#")[2].rstrip(">") for r in results(turtle))


def report(turtle: str) -> Report:
    """The whole report on a dataset's description."""
    return validate(DATASET, canonical(PREFIXES + turtle), "red")


def mutant(name: str) -> Report:
    """The report on a single-defect variant of the official example."""
    path = shared.real() / "mutants-r8" / name
    return validate(IRI, canonical(path.read_text("utf-8")), "red")


def test_the_official_example_is_left_in_peace() -> None:
    """No finding at all."""
    assert mutant("valid-unchanged.ttl").findings == ()


def test_what_the_official_shapes_do_not_see_is_seen() -> None:
    """One problem for each mutant whose official results are those of the valid example."""
    folder = shared.real() / "mutants-r8"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    valid = expected["valid-unchanged.ttl"]
    unseen = {name for name, observed in expected.items() if observed == valid}
    # Without structured data, variables need not be described: that mutant has no defect.
    sound = {"valid-unchanged.ttl", "structured-false-without-variables.ttl"}
    found = {name: len(mutant(name).findings) for name in sorted(unseen)}
    assert found == {name: 0 if name in sound else 1 for name in sorted(unseen)}
    assert {"modified-not-a-date.ttl", "empty-title.ttl"} <= unseen


def test_mutants_that_the_official_shapes_see_get_no_other_problem() -> None:
    """At most a word, with the right value, on the very value that they complain about."""
    for path in sorted((shared.real() / "mutants-r8").glob("*.ttl")):
        official = validate(IRI, canonical(path.read_text("utf-8")))
        told = {(f.focus, f.path, f.value) for f in official.findings}
        if path.name not in {"modified-not-a-date.ttl", "empty-title.ttl"}:
            mine = {(f.focus, f.path, f.value) for f in mutant(path.name).findings}
            assert mine <= told, path.name


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (':j dct:issued "2024-02-29"^^xsd:date', []),
        (':j dct:issued "2024"^^xsd:gYear ; dct:modified "2024-05"^^xsd:gYearMonth', []),
        (':j dct:issued "2024-02-29T10:00:00Z"^^xsd:dateTime', []),
        (':j dct:issued "2023-02-29"^^xsd:date', ["not-a-date"]),
        (':j dct:modified "hier"', ["not-a-date"]),
        (":j dct:modified :hier", ["not-a-date"]),
        (':j dct:modified "24/11/2026"', ["not-a-date"]),
        (':j dct:issued "20240115"^^xsd:date', ["not-a-date"]),
        (':j dct:modified "2026-11-24"', ["date-without-type"]),
        (':j dcat:byteSize "beaucoup"^^xsd:nonNegativeInteger', ["ill-typed"]),
        (':j dcat:byteSize "-5"^^xsd:nonNegativeInteger', ["ill-typed"]),
        (':j dcat:byteSize "5"^^xsd:nonNegativeInteger', []),
        (':j dct:modified "2999-01-01"^^xsd:date', ["date-in-the-future"]),
        (':j dct:issued "2027-06-01"^^xsd:date', []),
        (':p dcat:endDate "2099-12-31"^^xsd:date', []),
        (':p dcat:endDate "9999-12-31"^^xsd:date', ["date-in-the-future"]),
        (
            ':p dcat:startDate "2024-01-02"^^xsd:date ; dcat:endDate "2024-01-01"^^xsd:date',
            ["start-after-end"],
        ),
        (':p dcat:startDate "2024-06-02"^^xsd:date ; dcat:endDate "2024"^^xsd:gYear', []),
        (
            ':p dcat:startDate "2024-06-02"^^xsd:date ; dcat:endDate "2023"^^xsd:gYear',
            ["start-after-end"],
        ),
        (
            ':j dct:issued "2024-02-01"^^xsd:date ; dct:modified "2023-02-01"^^xsd:date',
            ["modified-before-issued"],
        ),
    ],
)
def test_dates(turtle: str, expected: list[str]) -> None:
    """Dates are dates, in order, and none too far in the future."""
    assert expected == rules(f"{turtle} .")


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        ('"18"^^xsd:nonNegativeInteger', '"99"^^xsd:nonNegativeInteger', []),
        ('"18"^^xsd:nonNegativeInteger', '"18"^^xsd:nonNegativeInteger', []),
        ('"99"^^xsd:nonNegativeInteger', '"100"^^xsd:nonNegativeInteger', []),
        ('"99"^^xsd:nonNegativeInteger', '"18"^^xsd:nonNegativeInteger', ["ages-out-of-order"]),
        ('"-1"^^xsd:nonNegativeInteger', '"-5"^^xsd:nonNegativeInteger', ["ill-typed"] * 2),
        ('"douze"', '"dix"', []),
    ],
)
def test_ages(least: str, most: str, expected: list[str]) -> None:
    """Numbers are compared as numbers, and nothing else is."""
    turtle = f":j healthdcatap:minTypicalAge {least} ; healthdcatap:maxTypicalAge {most} ."
    assert expected == rules(turtle)


def test_more_individuals_than_records() -> None:
    """Advice: some data count otherwise."""
    found = report(
        ':urgences a dcat:Dataset ; healthdcatap:numberOfRecords "5"^^xsd:nonNegativeInteger ; '
        'healthdcatap:numberOfUniqueIndividuals "9"^^xsd:nonNegativeInteger .'
    ).findings
    assert [(f.component, f.severity) for f in found] == [
        ("red:IndividualsAboveRecords", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (':j dct:title "Passages aux urgences"@fr', []),
        (':j dct:title "TODO"@fr', ["placeholder"]),
        (':j dct:title "À compléter"@fr', ["placeholder"]),
        (':j dct:description "[à compléter] par le DIM"@fr', ["placeholder"]),
        (':j dct:description "Questionnaires à compléter par les patients."@fr', []),
        (':j dct:description "xxx"@fr', ["placeholder"]),
        (':j dct:description "Syndrome 47,XXX : registre national."@fr', []),
        (':j dct:description "Lorem ipsum dolor sit amet"@fr', ["placeholder"]),
        (':j dct:title "test"@fr', ["placeholder"]),
        (':j dcat:keyword "test"@fr', []),
        (':j dct:title "..."@fr', ["placeholder"]),
        (':c a csvw:Column ; dct:title "test"@fr', []),
        (':j dct:description "Séquençage (insert size 350 pb)"@fr', []),
        (':j dct:description "(insérer ici le résumé)"@fr', ["placeholder"]),
        (':j dct:title "REGISTRO DE TODO EL PAÍS"@es', []),
        (':j dct:title "TODO EL PAÍS"@es', []),
        (':j dct:title "Séjours (TODO)"@fr', ["placeholder"]),
        (':j dct:description "Séjours. TODO : compléter"@fr', ["placeholder"]),
        (':j dct:description "TODO ask the hospital"@en', ["placeholder"]),
        (':j dcat:keyword "Na"@fr', []),
        (':j dct:title "na"@fr', ["placeholder"]),
        (':c skos:prefLabel "Inconnu"@fr', []),
        (':c skos:prefLabel "à compléter"@fr', ["placeholder"]),
        (':o foaf:name "Inconnu"@fr', ["placeholder"]),
        (':j dct:title "Passages aux urgences"@fr-x-chu', []),
        (':j dct:title "Passages aux urgences"@en-u-ca-gregory', []),
        (':j dct:title "Passages aux urgences"@fr-x', ["language-tag"]),
        (':o foaf:name "  "', ["empty-text"]),
        (':j dct:title "Passages aux urgences"', ["language-missing"]),
        (':j dcat:keyword "urgences"', ["language-missing"]),
        (':o foaf:name "CHU de Valmont"', []),
        (':j dct:title "Passages aux urgences"@fr-fr', []),
        (':j dct:title "Passages aux urgences"@fra', ["language-tag"]),
        (':j dct:title "Passages aux urgences"@francais', ["language-tag"]),
    ],
)
def test_texts(turtle: str, expected: list[str]) -> None:
    """Texts say something, in a language that is told."""
    assert expected == rules(f"{turtle} .")


@pytest.mark.parametrize("text", ['""', '" "', '"\\u00a0\\n"@fr'])
@pytest.mark.parametrize("name", ["title", "description"])
def test_an_empty_title_or_description_is_a_violation(name: str, text: str) -> None:
    """Of spaces alone, too."""
    found = report(f":urgences a dcat:Dataset ; dct:{name} {text} .").findings
    assert [(f.shape, f.severity) for f in found] == [
        (f"<https://red-catalog.org/shapes/red#{name}-not-empty>", Severity.VIOLATION)
    ]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('dct:identifier "SIREN 552 100 554"', []),
        ('dct:identifier "SIREN : 552 100 555"', ["wrong-siren"]),
        ('dct:identifier "urn:siret:55210055400014"', ["wrong-siret"]),
        ('dct:identifier "55210055400014"', ["wrong-siret"]),
        ('dct:identifier "750712184"', []),
        ('dct:identifier "FINESS 75071218"', ["wrong-finess"]),
        ("owl:sameAs <https://ror.org/02feahw73>", []),
        ("owl:sameAs <https://ror.org/02feahw7>", ["wrong-ror"]),
        ("owl:sameAs <http://ror.org/02feahw73>", ["wrong-ror"]),
        ('dct:identifier "CHU-VALMONT"', []),
        ('dct:identifier "numéro SIREN 552100554"', []),
        ('dct:identifier "552100554 (SIREN)"', []),
        ('dct:identifier "SIREN 552100554 (siège)"', []),
        ('dct:identifier "SIREN 552 100 554 - 75013 Paris"', []),
        ('dct:identifier "552100555 (SIREN)"', ["wrong-siren"]),
        ('dct:identifier "SIREN 552 100 555 (siège)"', ["wrong-siren"]),
        ('dct:identifier "FINESS juridique 750712184"', []),
        ('dct:identifier "N° FINESS : 2A 000 001 4"', []),
        ('dct:identifier "https://annuaire.example/finess/750712184?x=1"', []),
        ('dct:identifier "https://annuaire.example/siren/552100555?x=1"', ["wrong-siren"]),
        ("rdfs:seeAlso <https://www.data.gouv.fr/datasets/finess-extraction-du-fichier>", []),
        ("rdfs:seeAlso <https://annuaire.example/finess/750712184/fiche.html>", []),
        ("rdfs:seeAlso <https://mirror.org/chu>", []),
        ("owl:sameAs <https://annuaire.example/siren/552100555#org>", ["wrong-siren"]),
        ('adms:identifier [ skos:notation "552100555" ; adms:schemaAgency "INSEE, SIREN" ]',
         ["wrong-siren"]),
        ('adms:identifier [ skos:notation "552100554" ; adms:schemaAgency "INSEE, SIREN" ]', []),
    ],
)  # fmt: skip
def test_identifiers_of_organisations(statement: str, expected: list[str]) -> None:
    """Their form is checked where a description declares them."""
    assert expected == rules(f":urgences dct:publisher :chu . :chu a foaf:Agent ; {statement} .")


@pytest.mark.parametrize(
    ("number", "expected"), [("552100554", []), ("552100555", ["wrong-siren"])]
)
def test_the_address_of_an_organisation_may_hold_its_number(
    number: str, expected: list[str]
) -> None:
    """What follows the number in the address is none of it."""
    agent = f"<https://chu-valmont.example.fr/siren/{number}#org>"
    assert expected == rules(f":urgences dct:publisher {agent} . {agent} a foaf:Agent .")


def corrected(turtle: str) -> list[tuple[str, str | None]]:
    """The rules that are broken, each with the right value."""
    return [((r.shape or "").rpartition("#")[2].rstrip(">"), correct(r)) for r in results(turtle)]


@pytest.mark.parametrize(
    "value",
    [
        "<http://data.europa.eu/eli/reg/2025/327>",
        "<https://data.europa.eu/eli/reg/2025/327/oj>",
        "<http://data.europa.eu/eli/reg/2025/327/oj/>",
        "<http://data.europa.eu/eli/reg/2025/327/oj/fra>",
        "<https://eur-lex.europa.eu/eli/reg/2025/327/oj/eng>",
        "<https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32025R0327>",
        '"http://data.europa.eu/eli/reg/2025/327/oj"',
        '"Règlement (UE) 2025/327"',
    ],
)
def test_other_addresses_of_the_regulation(value: str) -> None:
    """Each is told, with the right one."""
    told = corrected(f":j dcatap:applicableLegislation {value} .")
    assert told == [("legislation-address", f"<{EHDS}>")]


@pytest.mark.parametrize(
    "value",
    [
        f"<{EHDS}>",
        "<http://data.europa.eu/eli/reg/2016/679/oj>",
        "<http://data.europa.eu/eli/reg/2025/3271/oj>",
        "<https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000886460>",
    ],
)
def test_right_addresses_of_laws(value: str) -> None:
    """Nothing to say, of the laws of a State neither."""
    assert corrected(f":j dcatap:applicableLegislation {value} .") == []


@pytest.mark.parametrize(
    ("value", "rule", "right"),
    [
        ("http://13.81.34.152:1101/resource/authority/healthcategories/EHRS",
         "former-list", f"{HEALTH}healthcategories/EHRS"),
        ("https://hdeu-dcat.acceptance.data.health.europa.eu/resource/authority/coding-system/ICD-O-3",
         "former-list", f"{HEALTH}coding-system/ICD-O"),
        ("http://healthdataportal.eu/resource/authority/standard/HL7-V2",
         "former-list", f"{HEALTH}standard/HL7"),
        ("http://13.81.34.152:1101/resource/authority/healthcategories/RIEN", "former-list", None),
        (f"{HEALTH}coding-system/ICD-O-3", "renamed-code", f"{HEALTH}coding-system/ICD-O"),
        (f"{HEALTH}publisher-type/outpatient-institute", "renamed-code",
         f"{HEALTH}publisher-type/outpatient-institution"),
        ("https://w3id.org/dpv/pd#Age", "personal-data-address",
         "https://w3id.org/dpv/dpv-pd#Age"),
    ],
)  # fmt: skip
def test_codes_of_former_lists(value: str, rule: str, right: str | None) -> None:
    """Each is told, with the code of today where there is one."""
    told = corrected(f":j dct:relation <{value}> .")
    assert told == [(rule, right and f"<{right}>")]


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ('"24/11/2026"', '"2026-11-24"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ('"2026-11"', '"2026-11"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ('"hier"', None),
    ],
)
def test_dates_that_can_be_guessed(value: str, right: str | None) -> None:
    """With their type, in the right order."""
    assert [r for _, r in corrected(f":j dct:modified {value} .")] == [right]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("jeanne.dupont@chu-valmont.example.fr", ["personal-mailbox"]),
        ("j.dupont@chu-valmont.example.fr", ["personal-mailbox"]),
        ("marie-claude.le-goff@chu-valmont.example.fr", ["personal-mailbox"]),
        ("contact@chu-valmont.example.fr", []),
        ("entrepot.donnees@chu-valmont.example.fr", []),
        ("dpo.recherche@chu-valmont.example.fr", []),
        ("hdab-contact@example.org", []),
        ("gabinete.dados@hospital.example", []),
        ("sekretariat.rejestr@szpital.example", []),
        ("maria.salud@hospital.example", ["personal-mailbox"]),
    ],
)
def test_personal_mailboxes(address: str, expected: list[str]) -> None:
    """A first and a last name are told; the mailboxes of offices are fine."""
    assert expected == rules(f"[] vcard:hasEmail <mailto:{address}> .")
    assert expected == rules(f'[] cv:email "{address}" .')
    assert expected == rules(f'[] dct:description "Écrire à {address}."@fr .')


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("mailto:donnees@chu-valmont.example.fr", []),
        ("MAILTO:donnees@chu-valmont.example.fr?subject=Jeu%20de%20donn%C3%A9es", []),
        ("mailto:donnees+eds@chu-valmont.example.fr", []),
        ("mailto:donnees%20@chu-valmont.example.fr", ["not-a-mailbox"]),
        ("mailto:donnees@", ["not-a-mailbox"]),
        ("mailto:a@chu.example,b@chu.example", []),
        ("mailto:a@chu.example,", ["not-a-mailbox"]),
        ("mailto:a@chu.example%2Cb@chu.example", ["not-a-mailbox"]),
        ("mailto:a@chu.example;b@chu.example", ["not-a-mailbox"]),
        ("mailto://donnees@chu-valmont.example.fr", ["not-a-mailbox"]),
        ("mailto:donnees@chu..example", ["not-a-mailbox"]),
        ("https://chu-valmont.example.fr/contact", ["not-a-mailbox"]),
    ],
)
def test_links_to_a_mailbox_lead_to_one(address: str, expected: list[str]) -> None:
    """Mailboxes, written as a link; what else stands there is told."""
    assert rules(f"[] vcard:hasEmail <{address}> .") == expected
    assert rules(f"[] foaf:mbox <{address}> .") == expected
    assert rules(f"[] vcard:hasEmail <{address}> . <{address}> vcard:hasValue <urn:x> .") == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://chu-valmont.example.fr", []),
        ("http://localhost:8080/a?b=1#c", []),
        ("https://usager:mot@[2001:db8::1]:443/", []),
        ("https://santé.example.fr./été", []),
        ("ftp://", []),
        ("https://", ["no-server"]),
        ("https:///contact", ["no-server"]),
        ("http:chu-valmont.example.fr", ["no-server"]),
        ("https://www..fr", ["no-server"]),
        ("https://?jeu=1", ["no-server"]),
    ],
)
def test_web_addresses_name_a_server(address: str, expected: list[str]) -> None:
    """What nothing can open is told."""
    assert rules(f":j dcat:landingPage <{address}> .") == expected


@pytest.mark.parametrize("mark", ["true", '"oui"'])
def test_mailboxes_that_are_never_published_are_not_told(mark: str) -> None:
    """What is marked private, what hangs on it and private notes may name a person."""
    address, red = "jeanne.dupont@chu-valmont.example.fr", f"<{NAMESPACES['red']}"
    card = f"vcard:hasEmail <mailto:{address}> ; vcard:note [ dct:identifier '{address}' ]"
    assert rules(f"[] {red}private> {mark} ; {card} .") == []
    assert rules(f"[] {red}private> false ; {card} .") == ["personal-mailbox"] * 2
    assert rules(f":j {red}privateNote> 'Écrire à {address}.'@fr .") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patient 1 85 05 78 006 084 36 vu le 3 mars", ["social-security-number"]),
        ("Patient 185057800608491 vu le 3 mars", ["social-security-number"]),
        ("Patient 2 85 05 2A 006 084 36 vu le 3 mars", ["social-security-number"]),
        ("Fichier 185057800608436", []),
        ("Code 1 85 05 78", []),
        ("Téléphone 01 85 05 78 00", []),
        ("Volume de 1850578006084 octets", []),
    ],
)
def test_numbers_of_social_security(text: str, expected: list[str]) -> None:
    """Written with the usual gaps, or with the right key."""
    assert expected == rules(f'[] dct:description "{text}"@fr .')


def test_hostile_descriptions_are_flagged() -> None:
    """Dates in the year 2999, a named person and a number of social security."""
    found = {}
    for name in ("45-future-dates", "46-personal-data"):
        text = shared.attack(f"rdf/{name}.ttl").read_text("utf-8")
        report = validate("https://chu-a.example/jeu/b", canonical(text), "red")
        found[name] = sorted(f.component for f in report.findings)
    assert found == {
        "45-future-dates": ["red:DateInTheFuture"],
        "46-personal-data": ["red:PersonalMailbox", "red:SocialSecurityNumber"],
    }


def test_identifiers_that_datasets_share() -> None:
    """Each dataset is told; twice the same dataset is not two."""
    found = catalogue.twins(
        [
            ("https://a.example/1", ['"urgences"', '"A1"']),
            ("https://b.example/1", ['"urgences"', '"B1"']),
            ("https://a.example/1", ['"A1"']),
        ]
    )
    assert [(r.focus, r.value, others) for r, others in found] == [
        ("<https://a.example/1>", '"urgences"', ("https://b.example/1",)),
        ("<https://b.example/1>", '"urgences"', ("https://a.example/1",)),
    ]


def test_every_rule_has_words_in_both_languages() -> None:
    """Name, message and remedy, for each rule that the code can name and for each shape."""
    graph = shapes_graph.shapes("red", report(":x a dcat:Dataset .").level)
    rule = rdflib.URIRef("https://red-catalog.org/shapes/red#Rule")
    named = set(graph.subjects(rdflib.RDF.type, rule))
    assert len(named) == 25
    for node in named | set(graph.subjects(rdflib.RDF.type, rdflib.SH.PropertyShape)):
        words = wording.find(f"<{node}>")
        assert words
        assert words.fix
        assert all(set(t) == {"fr", "en"} for t in (words.name, words.message, words.fix))


def test_the_right_value_is_part_of_the_remedy() -> None:
    """For people, without any syntax."""
    one = make("date-without-type", "<urn:x>", "<http://purl.org/dc/terms/issued>", '"2024-01-15"')
    fix = wording.mend(one)
    assert fix == {
        "fr": "Écrivez plutôt « 2024-01-15 », avec le type « date ».",
        "en": "Write “2024-01-15” instead, with the type “date”.",
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15/01/2024", '"2024-01-15"^^xsd:date'),
        ("20240115", '"2024-01-15"^^xsd:date'),
        ("2024-01-15 08:30:00+01:00", '"2024-01-15T08:30:00+01:00"^^xsd:dateTime'),
        ("20249915", None),
        ("hier", None),
    ],
)
def test_a_date_written_otherwise_is_recognised(written: str, meant: str | None) -> None:
    """In the French order, without hyphens, with a space before the hour; else nobody guesses."""
    found = dates.typed(f'"{written}"')
    assert found == (meant and meant.replace("^^xsd:", f"^^<{NAMESPACES['xsd']}") + ">")


def test_long_texts_take_a_time_that_grows_with_their_length() -> None:
    """No text of a holder can keep the rules busy."""
    hostile = ("a.a@" * 50_000, "1 85 05 78 006 " * 20_000, "[ " * 100_000, "x" * 400_000)
    start = process_time()
    for text in hostile:
        rules(f'[] dct:description "{text}"@fr .')
    assert process_time() - start < 20


@pytest.mark.parametrize(
    "said",
    [
        f'dct:identifier "SIREN {"1 " * 100_000}"',
        f"owl:sameAs <https://annuaire.example/siren/x/{'/'.join(map(str, range(30_000)))}>",
        "adms:identifier [ skos:notation "
        + ", ".join(f'"{n}"' for n in range(4_000))
        + f' ; adms:schemaAgency "{"INSEE " * 20_000}SIREN" ]',
    ],
    ids=["groups of digits", "an address", "numbers and agencies"],
)
def test_long_identifiers_take_a_time_that_grows_with_their_length(said: str) -> None:
    """However many groups of digits, or numbers of an organisation, there are."""
    start = process_time()
    assert rules(f":urgences dct:publisher :chu . :chu a foaf:Agent ; {said} .") is not None
    assert process_time() - start < 10
