"""A well-formed value of each property, to show how one is written: invented, to be replaced."""

from collections.abc import Iterable, Mapping
from typing import Final

from red_catalog.model import Text
from red_catalog.namespaces import EHDS_LEGISLATION, PREFIXES, SHAPES, term

_CONTACT_FR: Final = (
    "[ a cv:ContactPoint ;\n"
    '        cv:email "contact@organisme.example" ;\n'
    "        cv:contactPage <https://www.organisme.example/contact> ]"
)
ACCESS: Final = "<https://www.organisme.example/acces>"
"""Where the data of the examples are obtained."""
_AUTHORITY: Final = "https://hdeu-dcat.data.health.europa.eu/resource/authority"
_EU: Final = "http://publications.europa.eu/resource/authority"


def _agent(name: str, language: str, kind: str) -> str:
    return (
        "[ a foaf:Agent ;\n"
        f'    foaf:name "{name}"@{language} ;\n'
        f"    dct:type <{_AUTHORITY}/publisher-type/{kind}> ;\n"
        f"    foaf:homepage <https://www.organisme.example/> ;\n"
        f"    foaf:mbox <mailto:contact@organisme.example> ;\n"
        f"    cv:contactPoint {_CONTACT_FR} ]"
    )


def _distribution(title: str, language: str, rights: str) -> str:
    return (
        "[ a dcat:Distribution ;\n"
        f'    dct:title "{title}"@{language} ;\n'
        f'    dct:description "{title}"@{language} ;\n'
        f"    dcat:accessURL {ACCESS} ;\n"
        f"    dcatap:applicableLegislation <{EHDS_LEGISLATION}> ;\n"
        f"    dcatap:availability <{_EU}/planned-availability/AVAILABLE> ;\n"
        f"    dct:format <{_EU}/file-type/CSV> ;\n"
        '    dcat:byteSize "1048576"^^xsd:nonNegativeInteger ;\n'
        f'    dct:rights [ a dct:RightsStatement ; rdfs:label "{rights}"@{language} ] ;\n'
        f"    dct:license <{_EU}/licence/CC_BY_4_0> ]"
    )


def _variables(title: str, language: str) -> str:
    return (
        "[ a csvw:TableGroup ;\n"
        f'    dct:title "{title}"@{language} ;\n'
        f"    csvw:table [ a csvw:Table ;\n"
        f'        dct:title "{title}"@{language} ;\n'
        "        csvw:column [ a csvw:Column ;\n"
        f'            csvw:name "age" ;\n'
        f'            csvw:title "{title}"@{language} ;\n'
        f'            csvw:datatype "integer" ;\n'
        f'            dct:description "{title}"@{language} ] ] ]'
    )


def _both(fr: str, en: str) -> Text:
    return {"fr": f'"{fr}"@fr', "en": f'"{en}"@en'}


def _one(turtle: str) -> Text:
    return {"fr": turtle, "en": turtle}


_NUMBER: Final = '"{}"^^xsd:nonNegativeInteger'
_WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
_PERIOD: Final = (
    "[ a dct:PeriodOfTime ;\n"
    '    dcat:startDate "2020-01-01"^^xsd:date ;\n'
    '    dcat:endDate "2024-12-31"^^xsd:date ]'
)
_VALUES: Final[Mapping[str, Text]] = {
    "dct:title": _both("Séjours hospitaliers de 2020 à 2024", "Hospital stays, 2020 to 2024"),
    "dct:description": _both(
        "Séjours des patients hospitalisés de 2020 à 2024 : diagnostics, actes et durées.",
        "Stays of patients in hospital from 2020 to 2024: diagnoses, procedures and durations.",
    ),
    "dct:identifier": _one('"SEJOURS-2020-2024"'),
    "dct:accessRights": _one(f"<{_EU}/access-right/NON_PUBLIC>"),
    "dcatap:applicableLegislation": _one(f"<{EHDS_LEGISLATION}>"),
    "dcat:theme": _one(f"<{_EU}/data-theme/HEAL>"),
    "dcat:keyword": _both("hospitalisation", "hospital stay"),
    "healthdcatap:hasStructuredData": _one("true"),
    "healthdcatap:hasVariables": {
        "fr": _variables("Âge du patient à l'admission, en années", "fr"),
        "en": _variables("Age of the patient at admission, in years", "en"),
    },
    "healthdcatap:hdab": {
        "fr": _agent(
            "Organisme responsable de l'accès aux données de santé", "fr", "gov-public-sector-org"
        ),
        "en": _agent("Health data access body", "en", "gov-public-sector-org"),
    },
    "dct:publisher": {
        "fr": _agent("Centre hospitalier", "fr", "gov-public-sector-org"),
        "en": _agent("Hospital", "en", "gov-public-sector-org"),
    },
    "dcat:contactPoint": {
        "fr": "[ a vcard:Organization ;\n"
        '    vcard:fn "Bureau des données"@fr ;\n'
        "    vcard:hasURL <https://www.organisme.example/contact> ;\n"
        "    vcard:hasEmail <mailto:donnees@organisme.example> ]",
        "en": "[ a vcard:Organization ;\n"
        '    vcard:fn "Data office"@en ;\n'
        "    vcard:hasURL <https://www.organisation.example/contact> ;\n"
        "    vcard:hasEmail <mailto:data@organisation.example> ]",
    },
    "cv:contactPoint": _one(_CONTACT_FR.replace("        ", "    ")),
    "vcard:hasEmail": _one("<mailto:donnees@organisme.example>"),
    "vcard:hasURL": _one("<https://www.organisme.example/contact>"),
    "vcard:fn": _both("Bureau des données", "Data office"),
    "cv:email": _one('"contact@organisme.example"'),
    "cv:contactPage": _one("<https://www.organisme.example/contact>"),
    "foaf:name": _both("Centre hospitalier", "Hospital"),
    "foaf:homepage": _one("<https://www.organisme.example/>"),
    "foaf:mbox": _one("<mailto:donnees@organisme.example>"),
    "dcat:distribution": {
        "fr": _distribution("Extrait des séjours", "fr", "Réutilisation soumise à autorisation."),
        "en": _distribution("Extract of the stays", "en", "Reuse is subject to a permit."),
    },
    "dct:rights": {
        "fr": '[ a dct:RightsStatement ; rdfs:label "Réutilisation soumise à autorisation."@fr ]',
        "en": '[ a dct:RightsStatement ; rdfs:label "Reuse is subject to a permit."@en ]',
    },
    "dct:provenance": {
        "fr": "[ a dct:ProvenanceStatement ;\n"
        '    rdfs:label "Extraction annuelle du dossier patient informatisé."@fr ]',
        "en": "[ a dct:ProvenanceStatement ;\n"
        '    rdfs:label "Yearly extract of the electronic patient record."@en ]',
    },
    "dpv:hasPersonalData": _one("<https://w3id.org/dpv/dpv-pd#Age>"),
    "dpv:hasLegalBasis": _one("<https://w3id.org/dpv#PublicInterest>"),
    "dpv:hasPurpose": _one("<https://w3id.org/dpv#AcademicResearch>"),
    "dct:temporal": _one(_PERIOD),
    "healthdcatap:retentionPeriod": _one(_PERIOD),
    "dcat:accessURL": _one(ACCESS),
    "dcat:downloadURL": _one("<https://www.organisme.example/fichier.csv>"),
    "dcat:endpointURL": _one("<https://www.organisme.example/service>"),
    "dcat:landingPage": _one("<https://www.organisme.example/donnees>"),
    "dcat:byteSize": _one(_NUMBER.format(1048576)),
    "dcat:mediaType": _one("<http://www.iana.org/assignments/media-types/text/csv>"),
    "healthdcatap:numberOfRecords": _one(_NUMBER.format(1500000)),
    "healthdcatap:numberOfUniqueIndividuals": _one(_NUMBER.format(45000)),
    "healthdcatap:minTypicalAge": _one(_NUMBER.format(18)),
    "healthdcatap:maxTypicalAge": _one(_NUMBER.format(99)),
    "healthdcatap:populationCoverage": _both(
        "Adultes hospitalisés dans le département", "Adults in hospital in the department"
    ),
    "csvw:title": _both("Âge du patient", "Age of the patient"),
    "csvw:name": _one('"age"'),
    "csvw:datatype": _one('"string"'),
    "dct:issued": _one('"2026-01-15"^^xsd:date'),
    "dct:modified": _one('"2026-03-30"^^xsd:date'),
    "dcat:bbox": _one(
        f'"POLYGON((-5.2 41.3, 9.6 41.3, 9.6 51.1, -5.2 51.1, -5.2 41.3))"^^<{_WKT}>'
    ),
    "dcat:centroid": _one(f'"POINT(2.5 46.6)"^^<{_WKT}>'),
    "dcat:startDate": _one('"2020-01-01"^^xsd:date'),
    "dcat:endDate": _one('"2024-12-31"^^xsd:date'),
    "rdfs:label": _both("Intitulé", "Label"),
    "spdx:algorithm": _one(f"<{PREFIXES['spdx']}checksumAlgorithm_sha256>"),
    "spdx:checksumValue": _one(
        '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"^^xsd:hexBinary'
    ),
    "skos:notation": _one('"SEJOURS-2020-2024"'),
}
_KINDS: Final[Mapping[str, Text]] = {
    "xsd:boolean": _one("true"),
    "xsd:nonNegativeInteger": _one(_NUMBER.format(100)),
    "xsd:integer": _one("100"),
    "xsd:decimal": _one("10.5"),
    "xsd:duration": _one('"P1M"^^xsd:duration'),
    "xsd:date": _one('"2026-03-30"^^xsd:date'),
    "xsd:dateTime": _one('"2026-03-30T08:00:00"^^xsd:dateTime'),
    "xsd:anyURI": _one('"https://www.organisme.example/"^^xsd:anyURI'),
}
OUTGROWN: Final = frozenset(
    f"<{SHAPES}{rule}>"
    for rule in (
        "hdh#dataset-has-code-values", "hdh#dataset-publisher", "dcat-ap-3#dataset-publisher-code",
    )
)  # fmt: skip
"""Rules (terms) that ask for more than these examples have: none is better than a wrong one."""

# Where the example of the property would be one of something else.
_BY_RULE: Final[Mapping[str, Text]] = {
    "column-description": _both(
        "Âge du patient à l'admission, en années", "Age of the patient at admission, in years"
    ),
}
_BY_PATH: Final = {term(name): value for name, value in _VALUES.items()}
_BY_KIND: Final = {PREFIXES["xsd"] + name[4:]: value for name, value in _KINDS.items()}


def example_of(path: str | None, shapes: Iterable[str]) -> Text | None:
    """An example value of a property (a term) in Turtle that these rules (terms) ask for.

    None where none is known.
    """
    of_rule = (_BY_RULE.get(shape.rpartition("#")[2].rstrip(">")) for shape in shapes)
    return next(filter(None, of_rule), _BY_PATH.get(path or ""))


def example_of_datatype(datatype: str) -> Text | None:
    """An example literal of a datatype (an IRI), None where none is known."""
    return _BY_KIND.get(datatype)
