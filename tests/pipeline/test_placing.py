"""Where the report says that a dataset of a source that is no RDF is corrected."""

import pytest

from red_catalog.harvesters.places import name_fields
from red_catalog.model import Problem
from red_catalog.namespaces import term
from red_catalog.pipeline.explaining import explain
from red_catalog.validation.checking import validate
from tests.publish import records

IRI = "https://donnees.chu-rivemont.example/jeu/urgences"
AGENT = term("foaf:Agent")


def problems(kind: str) -> tuple[Problem, ...]:
    """What is told of a description that says little, of a source of this kind."""
    me, body, file = f"<{IRI}>", "<https://sante.example.fr/orad>", f"<{IRI}/csv>"
    record = records.canonical([
        (me, "rdf:type", "a dcat:Dataset"), (me, "healthdcatap:hdab", body),
        (me, "dcat:distribution", file), (file, "rdf:type", "a dcat:Distribution"),
        (body, "rdf:type", "a foaf:Agent"), (body, "foaf:name", records.words("Health Data Hub")),
    ])  # fmt: skip
    entry = records.entry(IRI, "urgences", record)
    return explain(entry, validate(IRI, record), forms={entry.source: kind}) or ()


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("ckan", "dcatap:applicableLegislation", "Dans CKAN : applicable_legislation."),
        ("ckan", "dcat:contactPoint", "Dans CKAN : contact_name, contact_email."),
        ("ckan", "dcat:keyword", "Dans CKAN : tags."),
        ("webpage", "dct:accessRights", "Dans schema.org : conditionsOfAccess."),
        ("webpage", "healthdcatap:healthCategory", "Aucun champ pour cela dans schema.org :"),
        ("iso19139", "healthdcatap:healthCategory", "Aucun champ pour cela dans ISO 19139 :"),
        ("ddi", "dct:type", "Aucun champ pour cela dans DDI :"),
        ("ddi", "dcatap:applicableLegislation", "Aucun champ pour cela dans DDI :"),
        ("oaipmh", "dcatap:applicableLegislation", "Aucun champ pour cela dans Dublin Core, DDI"),
        ("dublin-core", "dcat:theme", "Aucun champ pour cela dans Dublin Core :"),
        ("iso19139", "dct:description", "Dans ISO 19139 : gmd:abstract."),
        ("dublin-core", "dct:title", "Dans Dublin Core : dc:title."),
        (
            "ddi",
            "dct:title",
            "Dans DDI Codebook : stdyDscr/citation/titlStmt/titl ; DDI Lifecycle : "
            "StudyUnit/Citation/Title.",
        ),
        (
            "oaipmh",
            "dcat:theme",
            "Dans ISO 19139 : gmd:topicCategory.",
        ),
    ],
)
def test_advice_names_the_field_of_the_source(kind: str, path: str, expected: str) -> None:
    """Or its element, or the ways that can say what the format cannot."""
    own = [one for one in problems(kind) if f"<{IRI}>" in one.subjects]
    (fix,) = (one.fix["fr"] for one in own if one.path == term(path))
    assert expected in fix
    assert fix.endswith(expected) or "le classeur ou le formulaire." in fix


def test_advice_names_the_field_of_an_organisation() -> None:
    """In CKAN each has its own; what no table tells is left unsaid."""
    (reached,) = (one for one in problems("ckan") if one.path == term("cv:contactPoint"))
    assert "hdab_email" in reached.fix["fr"].partition(" Dans CKAN : ")[2]
    asked = "hdab_email", "publisher_email"
    assert set(asked) <= set(name_fields("ckan", AGENT, term("cv:contactPoint")) or ())
    assert name_fields("ckan", AGENT, term("dct:type")) is None
    either = f"{term('vcard:hasURL')}|{term('vcard:hasEmail')}"
    assert name_fields("ckan", term("vcard:Kind"), either) == ("contact_url", "contact_email")


def test_the_field_of_a_distribution_lies_in_its_resource() -> None:
    """Which may be called as one of the dataset is."""
    told = [one for one in problems("ckan") if one.about["en"].startswith("the distribution")]
    assert told
    assert all("Dans CKAN (ressource) : " in one.fix["fr"] for one in told)


def test_what_is_advised_is_left_without_a_way_where_there_is_none() -> None:
    """Only of what blocks is another way told."""
    told = [one for one in problems("webpage") if "le formulaire." in one.fix["fr"]]
    assert {one.severity.value for one in told} == {"violation"}


def test_a_correction_of_a_stream_is_a_new_event() -> None:
    """Told once a dataset: what was read is not read again."""
    first, *others = problems("ldes")
    assert first.fix["fr"].endswith("les événements déjà lus ne sont pas relus.")
    assert not any("as:Update" in one.fix["fr"] for one in others)
