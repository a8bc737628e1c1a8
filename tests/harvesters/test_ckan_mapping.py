"""One dataset of CKAN as HealthDCAT-AP."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from red_catalog.harvesters.ckan_fields import DATASET, INTERNAL, RESOURCE
from red_catalog.harvesters.ckan_flat import FLAT
from red_catalog.harvesters.ckan_mapping import map_package
from red_catalog.model import Document, Reading, Record, Source, Unreadable
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read

SITE = "https://donnees.chu-nantes.example"
SOURCE = Source("chu-nantes", "chu-nantes", "ckan", SITE)
EU = "http://publications.europa.eu/resource/authority/"
HEALTH = "https://hdeu-dcat.data.health.europa.eu/resource/authority/"
COHORT: dict[str, object] = {
    "id": "4c0e2c5a-2f5e-4b0a-8d9e-2b9c3f0a7e11",
    "name": "cohorte-avc",
    "title": "Cohort of strokes",
    "title_translated": {"fr": "Cohorte des AVC", "en": "Cohort of strokes"},
    "notes": "Patients hospitalisés pour un AVC depuis 2012.\nSuivi annuel.",
    "uri": "https://donnees.chu-nantes.example/jeu/cohorte-avc",
    "identifier": "CHUN-AVC-2012",
    "alternate_identifier": ["doi:10.5072/avc"],
    "tags": [{"name": "avc", "display_name": "AVC"}, {"name": "neurologie"}],
    "access_rights": EU + "access-right/NON_PUBLIC",
    "theme": ["HEAL"],
    "frequency": "annuel",
    "language": ["fr"],
    "applicable_legislation": ["http://data.europa.eu/eli/reg/2025/327/oj"],
    "health_category": ["EHRS"],
    "health_theme": '["CANCER_DISEASE"]',
    "legal_basis": ["dpv:Consent"],
    "purpose": ["dpv:AcademicResearch"],
    "personal_data": ["dpv-pd:Gender"],
    "min_typical_age": 18,
    "number_of_records": "5230",
    "population_coverage": ["Adultes de Loire-Atlantique"],
    "provenance": "Dossiers patients informatisés",
    "temporal_coverage": [{"start": "2012-01-01", "end": "2024-12-31"}],
    "retention_period": [{"start": "2012", "end": ""}],
    "spatial_coverage": [{"text": "France"}, {"text": "Pays de la Loire", "geom": None}],
    "contact": [{"name": "Guichet des données", "email": "donnees@chu-nantes.example", "uri": ""}],
    "hdab": [{"name": "ORAD", "email": "orad@sante.example.fr", "url": "https://orad.example.fr"}],
    "publisher": [{"name": "CHU de Nantes", "url": "https://www.chu-nantes.example/"}],
    "publisher_type": ["biobank"],
    "trusted_data_holder": True,
    "license_id": "etalab-2.0",
    "metadata_created": "2024-02-03T08:09:10.123456",
    "modified": "2025-06-01",
    "metadata_modified": "2025-07-01T00:00:00",
    "couleur_du_logo": "bleu",
    "extras": [
        {"key": "coding_system", "value": '["ATC"]'},
        {"key": "budget", "value": "12 k€"},
        {"key": "vide", "value": ""},
    ],
    "resources": [],
}
RESOURCES: list[dict[str, object]] = [
    {
        "id": "r1",
        "name": "Demande d'accès",
        "url": "https://donnees.chu-nantes.example/acces?jeu=avc 2",
        "format": "CSV",
        "mimetype": "text/csv",
        "size": 1024,
        "hash": "md5:d41d8cd98f00b204e9800998ecf8427e",
        "created": "2024-02-03T08:09:10.123456",
        "applicable_legislation": "http://data.europa.eu/eli/reg/2025/327/oj",
    }
]
COHORT["resources"] = RESOURCES
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["https://a b\\", "2024-13-01", "[1]", "\ud800", "P1Y", "urn:x:y", "FR"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.text(max_size=8) | st.sampled_from(["fr", "uri", "name"]), inner, max_size=3
    ),
    max_leaves=8,
)  # fmt: skip
KEYS = sorted({*DATASET, *RESOURCE, *INTERNAL, *(flat for flat, _, _ in FLAT), "hash", "key"})


def mapped(package: object, language: str = "fr") -> Document:
    """The document of a package that has a name."""
    found = map_package(package, SITE, 1, language)
    assert isinstance(found, Document)
    return found


def record_of(document: Document) -> Record:
    """The one record that the reader finds, with nothing held back or repaired."""
    reading = read(document, SOURCE, Limits())
    assert isinstance(reading, Reading), reading
    assert (len(reading.records), reading.quarantined) == (1, ())
    assert reading.repaired == document.defects
    return reading.records[0]


def objects(document: Document, name: str) -> list[str]:
    """The terms that the dataset has for a property, in order."""
    prefix, local = name.split(":")
    start = f"<{COHORT['uri']}> <{PREFIXES[prefix]}{local}> "
    lines = document.content.decode().split("\n")
    return sorted(line.removeprefix(start)[:-2] for line in lines if line.startswith(start))


def test_record_has_the_iri_that_the_portal_gives() -> None:
    """`uri` wins over the address of the page."""
    assert record_of(mapped(COHORT)).iri == COHORT["uri"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dct:title", ['"Cohort of strokes"@en', '"Cohorte des AVC"@fr']),
        (
            "dct:description",
            ['"Patients hospitalisés pour un AVC depuis 2012.\\nSuivi annuel."@fr'],
        ),
        ("dct:identifier", ['"CHUN-AVC-2012"']),
        ("dcat:keyword", ['"AVC"@fr', '"neurologie"@fr']),
        ("dct:accessRights", [f"<{EU}access-right/NON_PUBLIC>"]),
        ("dcat:theme", [f"<{EU}data-theme/HEAL>"]),
        ("dct:accrualPeriodicity", [f"<{EU}frequency/ANNUAL>"]),
        ("dct:language", [f"<{EU}language/FRA>"]),
        ("healthdcatap:healthCategory", [f"<{HEALTH}healthcategories/EHRS>"]),
        ("healthdcatap:healthTheme", [f"<{HEALTH}health-theme/CANCER_DISEASE>"]),
        ("healthdcatap:hasCodingSystem", [f"<{HEALTH}coding-system/ATC>"]),
        ("dpv:hasLegalBasis", ["<https://w3id.org/dpv#Consent>"]),
        ("dpv:hasPersonalData", ["<https://w3id.org/dpv/dpv-pd#Gender>"]),
        (
            "healthdcatap:numberOfRecords",
            [f'"5230"^^<{PREFIXES["xsd"]}nonNegativeInteger>'],
        ),
        ("dct:modified", [f'"2025-06-01"^^<{PREFIXES["xsd"]}date>']),
        ("dct:issued", [f'"2024-02-03T08:09:10.123456"^^<{PREFIXES["xsd"]}dateTime>']),
        ("healthdcatap:populationCoverage", ['"Adultes de Loire-Atlantique"@fr']),
    ],
)
def test_field_becomes_its_property(name: str, expected: list[str]) -> None:
    """Texts with their language, codes and names as IRIs, numbers and dates with a datatype."""
    assert objects(mapped(COHORT), name) == expected


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (True, "true"), ("True", "true"), (" oui ", "true"), ("1", "true"), (["vrai"], "true"),
        (False, "false"), ("NON", "false"), ("0", "false"), (0, "false"), ("faux", "false"),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_as_people_write_them(written: object, kept: str) -> None:
    """Whether data are structured: as JSON, as Python or in words."""
    found = mapped({**COHORT, "has_structured_data": written})
    expected = f'"{kept}"^^<{PREFIXES["xsd"]}boolean>'
    assert objects(found, "healthdcatap:hasStructuredData") == [expected]


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("has_structured_data", "peut-être", "vrai ou faux"),
        ("identifier", True, "un texte"),
        ("identifier", {"a": 1}, "un texte"),
        ("provenance", [True], "un texte"),
        ("number_of_records", "cinq", "un nombre entier, zéro ou plus"),
    ],
)
def test_a_value_of_another_kind_is_told(field: str, value: object, wanted: str) -> None:
    """The holder reads which field, and what is expected there."""
    told = [d.message["fr"] for d in mapped({**COHORT, field: value}).defects]
    assert [one for one in told if f"« {field} »" in one and wanted in one]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0000", "2024-02-03T08:09:10.123456"),
        ("2024-05-01 10:00+0200", "2024-05-01T10:00:00+02:00"),
    ],
)
def test_a_date_that_no_source_may_give_is_told(written: str, value: str) -> None:
    """A year that there was not leaves the date to the portal's own record."""
    document = mapped({**COHORT, "issued": written})
    assert objects(document, "dct:issued") == [f'"{value}"^^<{PREFIXES["xsd"]}dateTime>']
    assert any("0000" in one.message["fr"] for one in document.defects) is (written == "0000")


def test_agents_have_the_contact_point_that_the_profile_wants() -> None:
    """E-mail and page of a body are one cv:ContactPoint."""
    lines = record_of(mapped(COHORT)).canonical.decode()
    assert lines.count("<http://data.europa.eu/m8g/contactPoint>") == 2
    assert '<http://data.europa.eu/m8g/email> "orad@sante.example.fr"' in lines
    assert "<http://data.europa.eu/m8g/contactPage> <https://orad.example.fr>" in lines
    assert "#hasEmail> <mailto:donnees@chu-nantes.example>" in lines
    assert f"<{HEALTH}publisher-type/biobank>" in lines


@pytest.mark.parametrize(
    ("given", "names", "mailed"),
    [
        ({"publisher_email": "dim@ch-plume.example"}, ["CHU de Plume"], True),
        ({"publisher": [{"name": "DIM", "email": "dim@ch-plume.example"}]}, ["DIM"], True),
        ({"publisher": [{"uri": "https://ch-plume.example/#ch", "name": ""}]}, [], False),
        ({"publisher": "Centre de Plume"}, ["Centre de Plume"], False),
        ({}, ["CHU de Plume"], False),
    ],
)
def test_the_organisation_names_a_publisher_who_has_no_name(
    given: dict[str, object], names: list[str], mailed: bool
) -> None:
    """A mailbox added beside it is its own; a publisher of another name or address stays alone."""
    package = {"id": "x", "title": "PMSI", "organization": {"title": "CHU de Plume"}, **given}
    lines = mapped(package).content.decode()
    found = [
        line.split('"')[1] for line in lines.splitlines() if f"<{PREFIXES['foaf']}name>" in line
    ]
    assert found == names
    assert lines.count("<http://purl.org/dc/terms/publisher>") == 1
    assert ("dim@ch-plume.example" in lines) is mailed


def test_resource_is_a_distribution() -> None:
    """With an address spelt as a browser would, its size, checksum and the package's licence."""
    lines = record_of(mapped(COHORT)).canonical.decode()
    own = f"<{COHORT['uri']}/resource/r1>"
    assert f"{own} <{PREFIXES['dcat']}accessURL> <{SITE}/acces?jeu=avc%202> .\n" in lines
    assert f"{own} <{PREFIXES['dct']}format> <{EU}file-type/CSV> .\n" in lines
    assert f"{own} <{PREFIXES['dct']}license> <https://spdx.org/licenses/etalab-2.0> .\n" in lines
    assert '"d41d8cd98f00b204e9800998ecf8427e"^^' in lines
    assert "checksumAlgorithm_md5" in lines


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("<p>DFG &lt; 60 mL/min/1,73 m<sup>2</sup></p>", "DFG < 60 mL/min/1,73 m²"),
        ("Patients de DFG < 60.\n\n- dialyse", r"Patients de DFG < 60.\n\n- dialyse"),
    ],
)
def test_a_description_is_without_the_tags_that_lay_it_out(notes: str, expected: str) -> None:
    """Of HTML and Markdown, which CKAN takes both, the former becomes words, the latter stays."""
    found = objects(mapped({**COHORT, "notes": notes}), "dct:description")
    assert found == [f'"{expected}"@fr']


def test_groups_have_no_equivalent() -> None:
    """They are told by their name where a dataset is in one."""
    package = {"id": "1", "name": "sejours", "title": "Séjours", "groups": []}
    assert mapped(package).defects == ()
    (told,) = mapped({**package, "groups": [{"name": "sante", "title": "Santé"}]}).defects
    assert (told.code, "groups" in told.message["fr"]) == ("field-unmapped", True)


def test_what_has_no_equivalent_is_told() -> None:
    """One sentence for all such fields, empty ones apart."""
    (told,) = mapped(COHORT).defects
    assert told.code == "field-unmapped"
    assert told.subject == COHORT["uri"]
    assert told.message["fr"].endswith("pas repris : budget, couleur_du_logo.")


def test_values_that_fit_no_property_are_told_and_left_aside() -> None:
    """The rest of the dataset stands."""
    wild = {
        "id": "x", "title": "Un jeu", "access_rights": "sur demande", "min_typical_age": "dix",
        "modified": "hier", "language": ["français", "FRA", "klingon"], "spatial": "{oups",
        "tags": "a,b", "resources": {"0": {}}, "temporal_coverage": ["2020-2024"],
    }  # fmt: skip
    document = mapped(wild)
    fields = [d.message["en"].split("”")[0].removeprefix("Field “") for d in document.defects]
    assert sorted(fields) == [
        "access_rights", "language", "min_typical_age", "modified", "resources",
        "spatial_coverage.geom", "tags", "temporal_coverage",
    ]  # fmt: skip
    assert record_of(document).iri == f"{SITE}/dataset/x"


@pytest.mark.parametrize(
    ("beside", "level"),
    [
        ("sur autorisation du comité d'accès", None),
        ("RESTRICTED", None),
        ("Licence Ouverte v2.0", "PUBLIC"),
        ("<p>Licence Ouverte</p>", "PUBLIC"),
        ("Aucune restriction", "PUBLIC"),
        ("-", "PUBLIC"),
    ],
)
@pytest.mark.parametrize("public", ["PUBLIC", f"{EU}access-right/PUBLIC"])
def test_open_access_is_taken_over_where_nothing_takes_it_back(
    public: str, beside: str, level: str | None
) -> None:
    """A condition beside it leaves the level out, and is told with the field; a licence is none."""
    document = mapped({"id": "x", "title": "Un jeu", "access_rights": [public, beside]})
    lines = record_of(document).canonical.decode()
    found = lines.count(f"{EU}access-right/")
    assert (found, found and f"{EU}access-right/{level}" in lines) == (
        int(bool(level)),
        bool(level),
    )
    doubted = [d for d in document.defects if d.code == "access-doubtful"]
    assert len(doubted) == int(level is None)
    assert all("access_rights" in d.fix["fr"] and beside in d.message["fr"] for d in doubted)


def test_flat_extras_make_structures() -> None:
    """Portals without a schema write contact_name, temporal_start, spatial as extras."""
    extras = {
        "contact_name": "DIM", "contact_email": "dim@chu-nantes.example",
        "publisher_name": "CHU de Nantes", "temporal_start": "2020", "temporal_end": "2021",
        "spatial": json.dumps({"type": "Point", "coordinates": [-1.55, 47.21]}),
    }  # fmt: skip
    listed = [{"key": key, "value": value} for key, value in extras.items()]
    document = mapped({"id": "x", "title": "PMSI", "extras": listed})
    lines = record_of(document).canonical.decode()
    assert document.defects == ()
    for expected in ("geoJSONLiteral", '"2020"^^', "mailto:dim@", '"CHU de Nantes"@fr'):
        assert expected in lines


def test_a_refused_value_is_told_what_to_write() -> None:
    """The list by its name with a code, the parts of a structure, the address of a law."""
    wild = {"frequency": "mensuell", "temporal_coverage": "2020-2024",
            "applicable_legislation": "code de la santé publique"}  # fmt: skip
    told = {
        d.message["fr"].split("»")[0][8:].strip(): d for d in mapped({"id": "x", **wild}).defects
    }
    assert "un code de la liste « Fréquences »" in told["frequency"].message["fr"]
    assert told["frequency"].fix["fr"].endswith("Vouliez-vous dire « mensuel » (MONTHLY) ?")
    assert "structurée (start, end)" in told["temporal_coverage"].message["fr"]
    law = "http://data.europa.eu/eli/reg/2025/327/oj"
    assert law in told["applicable_legislation"].fix["fr"]
    taken = {"applicable_legislation": "règlement (UE) 2025/327", "conforms_to": "OMOP"}
    document = mapped({"id": "x", "uri": COHORT["uri"], **taken})
    assert objects(document, "dcatap:applicableLegislation") == [f"<{law}>"]
    assert objects(document, "dct:conformsTo") == [f"<{HEALTH}standard/OMOP-CDM>"]


@pytest.mark.parametrize("mailed", [{}, {"hdab_email": "orad@sante.example"}])
def test_a_text_is_the_name_of_who_it_stands_for(mailed: dict[str, str]) -> None:
    """Of the access body and of the contact, with the address that stands in another field."""
    document = mapped({"id": "x", "hdab": "Health Data Hub", "contact": "DIM", **mailed})
    assert document.defects == ()
    lines = document.content.decode()
    assert lines.count('"Health Data Hub"@fr') == lines.count('"DIM"@fr') == 1
    assert lines.count("orad@sante.example") == len(mailed)
    assert lines.count("healthdataportal.eu/ns/health#hdab>") == 1


@pytest.mark.parametrize("package", [None, [], "x", {}, {"id": 3}, {"id": " ", "name": ["x"]}])
def test_dataset_without_a_name_is_held_back(package: object) -> None:
    """Nothing could tell it from another at the next harvest."""
    found = map_package(package, SITE, 7, "")
    assert isinstance(found, Unreadable)
    assert (found.problem.code, "7" in found.problem.message["fr"]) == ("ckan-unnamed", True)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=6), st.lists(ANYTHING, max_size=2))
def test_nothing_makes_it_fail(package: dict[str, object], resources: list[object]) -> None:
    """Whatever the types, the outcome is a document that reads, in which nothing is broken."""
    found = map_package({"id": "x", **package, "resources": resources}, SITE, 1, "fr")
    if isinstance(found, Document):
        reading = read(found, SOURCE, Limits())
        assert isinstance(reading, Reading), reading
        assert (len(reading.records), reading.quarantined) == (1, ()), found.content


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(KEYS), ANYTHING, st.sampled_from([*sorted(RESOURCE), "url", "hash"]), ANYTHING
)
def test_one_wild_field_hurts_no_other(key: str, value: object, inner: str, other: object) -> None:
    """A wild value in one field of the dataset, and in one of its resource."""
    resource = {**RESOURCES[0], inner: other}
    found = map_package({**COHORT, key: value, "resources": [resource]}, SITE, 1, "")
    if isinstance(found, Document):
        reading = read(found, SOURCE, Limits())
        assert isinstance(reading, Reading)
        assert (len(reading.records), reading.quarantined) == (1, ()), found.content


@pytest.mark.parametrize("tag", ["A", "fr-1", "e1", "fr-aa-aa"])
def test_a_key_that_is_no_language_costs_its_value_alone(tag: str) -> None:
    """A text under it is told; the dataset is read."""
    resource = {**RESOURCES[0], "compress_format": {tag: "zip", "fr_FR": "archive zip"}}
    found = map_package({**COHORT, "resources": [resource]}, SITE, 1, "")
    assert isinstance(found, Document)
    assert "un texte par langue" in " ".join(one.message["fr"] for one in found.defects)
    reading = read(found, SOURCE, Limits())
    assert isinstance(reading, Reading)
    assert (len(reading.records), reading.quarantined) == (1, ())
    assert b'"archive zip"@fr-fr' in reading.records[0].canonical
