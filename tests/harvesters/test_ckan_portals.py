"""What portals of CKAN write beside the schema, and what becomes of it."""

import json

import pytest

from red_catalog.model import Document, Severity
from red_catalog.namespaces import term
from red_catalog.validation.checking import validate
from tests.harvesters.protocols import values
from tests.harvesters.test_ckan_mapping import COHORT, EU, RESOURCES, mapped, record_of

POINT = json.dumps({"type": "Point", "coordinates": [-1.55, 47.21]})
OWN = {
    "contact", "publisher", "spatial_coverage", "resources", "license_id", "license_title",
    "maintainer_email", "author", "author_email",
}  # fmt: skip
COMPLETE: dict[str, object] = {
    **COHORT,
    "legal_basis": ["https://w3id.org/dpv#Consent", "https://w3id.org/dpv/legal/eu/gdpr#A9-2-j"],
    "analytics": ["https://donnees.chu-nantes.example/tableau-de-bord"],
    "resources": [{**RESOURCES[0], "status": "http://purl.org/adms/status/UnderDevelopment"}],
}


def test_codes_of_no_european_list_bring_their_class_along() -> None:
    """What nobody could correct in CKAN is no violation: bases, licences, statuses, checksums."""
    record = record_of(mapped(COMPLETE))
    paths = {
        finding.path
        for finding in validate(record.iri, record.canonical).findings
        if finding.severity is Severity.VIOLATION
    }
    cured = (
        "dpv:hasLegalBasis", "dpv:hasPurpose", "dpv:hasPersonalData", "dct:license",
        "adms:status", "dcatap:applicableLegislation", "healthdcatap:analytics", "spdx:algorithm",
    )  # fmt: skip
    assert [one for one in cured if term(one) in paths] == []
    assert f"{EU}distribution-status/DEVELOP" in record.canonical.decode()


def test_codes_of_european_lists_are_not_described() -> None:
    """An unknown code of such a list stays one that the checks tell."""
    licence = f"{EU}licence/INCONNUE"
    lines = mapped({**COHORT, "license_id": licence}).content.decode()
    assert f"<{licence}> .\n" in lines
    assert f"\n<{licence}> " not in lines


def portal(**fields: object) -> Document:
    """A dataset of a portal without a schema, all that is particular to it in extras."""
    own = {key: fields.pop(key) for key in list(fields) if key in OWN}
    extras = [{"key": key, "value": value} for key, value in fields.items()]
    return mapped({"id": "pmsi", "title": "PMSI", "extras": extras, **own})


def told(document: Document) -> str:
    """All that is told of it, in English."""
    return " ".join(one.message["en"] for one in document.defects)


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("France", "dct:spatial", f"{EU}country/FRA"),
        ("https://sws.geonames.org/2990969/", "dct:spatial", "https://sws.geonames.org/2990969/"),
        ("Nantes", "skos:prefLabel", "Nantes@fr"),
        (POINT, "locn:geometry", POINT),
        ("POINT (-1.55 47.21)", "locn:geometry", "POINT (-1.55 47.21)"),
        ("-1.5,47.2,0,48", "dct:spatial", None),
        ("{oups", "dct:spatial", None),
        ("Point-à-Pitre (Guadeloupe)", "skos:prefLabel", "Point-à-Pitre (Guadeloupe)@fr"),
        ("Tin (Oise)", "skos:prefLabel", "Tin (Oise)@fr"),
        ("SRID=4326;POLYGON((0 47,1 47,1 48,0 47))", "dct:spatial", None),
        ("ENVELOPE(-2,1,48,47)", "dct:spatial", None),
        ("BOX(-2 47,1 48)", "dct:spatial", None),
        ("POLYGON EMPTY", "dct:spatial", None),
        pytest.param(f"POLYGON(({'0 47,' * 20_000}0 47))", "dct:spatial", None, id="outline"),
        pytest.param("Loire " * 100, "dct:spatial", None, id="long"),
    ],
)
def test_spatial_is_a_geometry_a_name_or_an_address(
    written: str, name: str, value: str | None
) -> None:
    """What is none of them is told, and makes no place."""
    document = portal(spatial=written)
    assert values(document, name) == ([value] if value else [])
    assert ("is not a geometry" in told(document)) is (value is None)
    assert bool(values(document, "locn:geometry")) is (name == "locn:geometry")


def test_flat_fields_complete_the_one_structure_beside_them() -> None:
    """The address goes with its name; one beside another name is another's, and is told."""
    contact, chu = [{"name": "Guichet", "email": ""}], [{"name": "CHU de Nantes"}]
    document = portal(contact=contact, contact_email="dim@chu-nantes.example", publisher=chu)
    assert values(document, "vcard:hasEmail") == ["mailto:dim@chu-nantes.example"]
    assert told(document) == ""
    other = {"publisher_name": "ARS Pays de la Loire", "publisher_email": "ars@sante.example.fr"}
    document = portal(publisher=chu, **other)
    assert values(document, "foaf:name") == ["CHU de Nantes@fr"]
    assert "ars@" not in document.content.decode()
    assert "not taken over: publisher_email, publisher_name" in told(document)


def test_a_place_beside_others_is_one_more() -> None:
    """Said twice, it is one."""
    places = [{"text": "Nantes", "geom": POINT}]
    assert len(values(portal(spatial_coverage=places, spatial=POINT), "dct:spatial")) == 1
    both = portal(spatial_coverage=places, spatial="France")
    assert f"{EU}country/FRA" in values(both, "dct:spatial")
    assert len(values(both, "dct:spatial")) == 2


def test_flat_fields_of_ckanext_dcat_are_read() -> None:
    """Creators, identifiers, related resources and bounding boxes, as its extras name them."""
    box = "POLYGON((-2 47,-1 47,-1 48,-2 47))"
    document = portal(
        creator_name="Équipe PMSI", creator_email="pmsi@chu-nantes.example",
        publisher_name="CHU de Nantes", publisher_identifier="https://ror.org/05c1qsg97",
        contact_name="DIM", contact_identifier="https://orcid.org/0000-0002-1825-0097",
        related_resource="https://donnees.chu-nantes.example/etude", spatial_bbox=box,
    )  # fmt: skip
    assert told(document) == ""
    assert set(values(document, "foaf:name")) == {"Équipe PMSI@fr", "CHU de Nantes@fr"}
    assert "https://ror.org/05c1qsg97" in values(document, "dct:identifier")
    assert values(document, "vcard:hasUID") == ["https://orcid.org/0000-0002-1825-0097"]
    assert values(document, "dct:relation") == ["https://donnees.chu-nantes.example/etude"]
    assert values(document, "dcat:bbox") == [box]


@pytest.mark.parametrize("resources", [[], RESOURCES])
def test_a_licence_known_by_its_title_is_kept(resources: list[object]) -> None:
    """On the distributions, or on the dataset where it has none; nobody's is no licence."""
    known = portal(license_id="", license_title="Licence Ouverte 2.0", resources=resources)
    assert values(known, "dct:license") == ["https://spdx.org/licenses/etalab-2.0"]
    title = "Licence du CHU de Nantes"
    document = portal(license_id="", license_title=title, resources=resources)
    assert len(values(document, "dct:license")) == 1
    assert values(document, "rdfs:label") == [f"{title}@fr"]
    none = portal(license_id="notspecified", license_title="Non spécifiée", resources=resources)
    assert values(none, "dct:license") == []


@pytest.mark.parametrize("title", ["License Not Specified", "Licence non spécifiée", "No license"])
def test_a_title_that_says_no_licence_is_none(title: str) -> None:
    """Portals without identifiers of licences write it out."""
    assert values(portal(license_id="", license_title=title), "dct:license") == []


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"author": "DIM", "maintainer_email": "eds@chu-nantes.example"}, ["DIM@fr"]),
        (
            {
                "author": "Jeanne Martin",
                "author_email": "jeanne.martin@messagerie.example",
                "maintainer_email": "eds@chu-nantes.example",
            },
            ["Jeanne Martin@fr"],
        ),
        ({"author": "DIM", "creator_name": "EDS"}, ["EDS@fr"]),
        ({"author": " "}, []),
    ],
)
def test_the_author_is_the_creator_where_none_is_named(
    fields: dict[str, object], names: list[str]
) -> None:
    """Whoever maintains the dataset is its contact, and the author's mailbox is not published."""
    document = portal(**fields)
    assert "jeanne.martin" not in document.content.decode()
    assert values(document, "foaf:name") == names
    assert len(values(document, "dct:creator")) == len(names)


def test_a_contact_of_whom_nothing_is_known_is_none() -> None:
    """The author then stands in for the maintainer."""
    two = "dim@chu-nantes.example; data@chu-nantes.example"
    document = portal(maintainer_email=two, author="DIM", author_email="dim@chu-nantes.example")
    assert values(document, "vcard:fn") == ["DIM@fr"]
    assert len(values(document, "dcat:contactPoint")) == 1
    assert "maintainer_email" in told(document)
