"""The codes that a writer may have meant."""

from time import process_time

import pytest

from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY, HEALTH_AUTHORITY, PREFIXES
from red_catalog.validation.advice.asking import Asked
from red_catalog.validation.advice.converting import email_in, retype
from red_catalog.validation.advice.suggesting import suggest, suggest_licence
from red_catalog.validation.rules.codes import legislation

COUNT = f"{PREFIXES['xsd']}nonNegativeInteger"
CATEGORIES = HEALTH_AUTHORITY + "healthcategories"


@pytest.mark.parametrize(
    ("value", "scheme", "code"),
    [
        ('"EHRS"', CATEGORIES, "EHRS"),
        ('"ehrs"', CATEGORIES, "EHRS"),
        ('"Dossiers de santé électroniques"@fr', CATEGORIES, "EHRS"),
        ('"dossier de sante electronique"', CATEGORIES, "EHRS"),
        ("<http://13.81.34.152:1101/resource/authority/healthcategories/EHRS>", CATEGORIES, "EHRS"),
        ("<http://healthdataportal.eu/resource/authority/coding-system/ICD-O-3>",
         HEALTH_AUTHORITY + "coding-system", "ICD-O"),
        ("<http://13.81.34.152:1101/resource/authority/publisher-type/outpatient-institute>",
         HEALTH_AUTHORITY + "publisher-type", "outpatient-institution"),
        ("<http://lexvo.org/id/iso639-3/fra>", EU_AUTHORITY + "language", "FRA"),
        ('"fr"', EU_AUTHORITY + "language", "FRA"),
        ('"français"', EU_AUTHORITY + "language", "FRA"),
        ('"annuelle"', EU_AUTHORITY + "frequency", "ANNUAL"),
        ("<https://www.iana.org/assignments/media-types/text/csv>", EU_AUTHORITY + "file-type",
         "CSV"),
        ('"France"', EU_AUTHORITY + "country", "FRA"),
        ('"tous les 3 mois"@fr', EU_AUTHORITY + "frequency", "QUARTERLY"),
        ('"bisannuel"', EU_AUTHORITY + "frequency", "BIENNIAL"),
        ('"OMOP"', HEALTH_AUTHORITY + "standard", "OMOP-CDM"),
        ('"hôpital"', HEALTH_AUTHORITY + "publisher-type", "inpatient-institute"),
    ],
)  # fmt: skip
def test_the_meant_code_comes_first(value: str, scheme: str, code: str) -> None:
    """By code, by label with typing faults, by a former address, by another list's code."""
    assert suggest(value, [scheme])[0].iri.rsplit("/", 1)[-1] == code


def test_personal_data_move_to_the_address_in_use() -> None:
    """Release 8 takes them under another address only."""
    (found,) = suggest("<https://w3id.org/dpv/pd#Age>", [])
    assert found.iri == "https://w3id.org/dpv/dpv-pd#Age"


@pytest.mark.parametrize("code", ["API", "DOCUMENT-FORMAT", "INFORMATION-MODEL"])
def test_what_only_groups_standards_is_not_suggested(code: str) -> None:
    """The profile takes a dct:Standard only; the list has codes that are none."""
    standards = HEALTH_AUTHORITY + "standard"
    old = f"<http://healthdataportal.eu/resource/authority/standard/{code}>"
    assert suggest(f'"{code}"', [standards]) == suggest(old, [standards]) == ()
    assert suggest('"FHIR"', [standards])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ('"CC BY"', "CC_BY"),
        ('"CC-BY-NC-SA 4.0"', "CC_BYNCSA_4_0"),
        ('"Licence Ouverte v2.0"', "etalab-2.0"),
        ('"https://www.etalab.gouv.fr/licence-ouverte-open-licence"', "etalab-2.0"),
        ("<https://creativecommons.org/licenses/by/4.0/deed.fr>", "CC_BY_4_0"),
        ("<http://creativecommons.org/publicdomain/zero/1.0/>", "CC0"),
        ("<https://creativecommons.org/licenses/by/9.0/>", None),
        ("<https://www.etalab.gouv.fr/licence-ouverte-open-licence>", None),
        ('"Convention d\'accès"@fr', None),
        ("_:b0", None),
    ],
)
def test_a_licence_is_known_by_its_usual_name_or_its_page(value: str, code: str | None) -> None:
    """A page that the list has no code for stays what it is, and a convention is no likeness."""
    found = [one.iri.rpartition("/")[2] for one in suggest_licence(value)]
    assert found == ([code] if code else [])


@pytest.mark.parametrize("value", ['"ZZZZ"', "<https://exemple.fr/Q15629608>", "_:b0", '""'])
def test_nothing_is_suggested_for_what_resembles_nothing(value: str) -> None:
    """No guess is better than a wrong one."""
    assert suggest(value, [CATEGORIES]) == ()


@pytest.mark.parametrize(
    ("value", "scheme"),
    [
        ("unrestricted", EU_AUTHORITY + "access-right"),
        ("non restreint", EU_AUTHORITY + "access-right"),
        ("not restricted", EU_AUTHORITY + "access-right"),
        ("non confidentiel", EU_AUTHORITY + "access-right"),
        ("non disponible", EU_AUTHORITY + "planned-availability"),
        ("indisponible", EU_AUTHORITY + "planned-availability"),
        ("unavailable", EU_AUTHORITY + "planned-availability"),
        ("incomplet", EU_AUTHORITY + "distribution-status"),
        ("uncompleted", EU_AUTHORITY + "distribution-status"),
        ("maladies transmissibles", HEALTH_AUTHORITY + "health-theme"),
        ("communicable diseases", HEALTH_AUTHORITY + "health-theme"),
        ("données non personnelles", EU_AUTHORITY + "dataset-type"),
        ("word", EU_AUTHORITY + "file-type"),
        ("ICD-10-CM", HEALTH_AUTHORITY + "coding-system"),
        ("Non-health", EU_AUTHORITY + "data-theme"),
    ],
)
def test_the_opposite_and_another_code_are_not_alike(value: str, scheme: str) -> None:
    """A negation, a prefix, a letter of a short word or a number makes another thing of it."""
    assert [s.iri for s in suggest(f'"{value}"', [scheme])] == []


@pytest.mark.parametrize(
    ("value", "scheme", "code", "likely"),
    [
        ("restreint", EU_AUTHORITY + "access-right", "RESTRICTED", "named"),
        ("restrient", EU_AUTHORITY + "access-right", "RESTRICTED", "alike"),
        ("maladies non transmisibles", HEALTH_AUTHORITY + "health-theme",
         "NONCOMMUNICABLE_DISEASES", "alike"),
        ("données personelles", EU_AUTHORITY + "dataset-type", "PERSONAL_DATA", "alike"),
        ("biobanque", CATEGORIES, "EINS", "alike"),
        ("non-public data", EU_AUTHORITY + "access-right", "NON_PUBLIC", "alike"),
    ],
)  # fmt: skip
def test_what_is_only_alike_says_so(value: str, scheme: str, code: str, likely: str) -> None:
    """It is an example to confirm, where a code or a label that was written is sure."""
    found = suggest(f'"{value}"', [scheme])[0]
    assert (found.iri.rsplit("/", 1)[-1], found.likely) == (code, likely)


@pytest.mark.parametrize(
    "value",
    [
        "<http://data.europa.eu/eli/reg/2025/327>",
        "<https://eur-lex.europa.eu/eli/reg/2025/327/oj>",
        '"Regulation 32025R0327"',
        '"OJ:L_202500327"',
        "<https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=OJ:L_202500327>",
    ],
)
def test_variants_of_the_regulation_lead_to_it(value: str) -> None:
    """Its address is what the variants seen in the wild mean, for every profile."""
    assert legislation(value) == f"<{EHDS_LEGISLATION}>"


@pytest.mark.parametrize(
    ("value", "law"),
    [
        (f"<{EHDS_LEGISLATION}>", f"<{EHDS_LEGISLATION}>"),
        ("<http://data.europa.eu/eli/reg/2022/868/oj>",
         "<http://data.europa.eu/eli/reg/2022/868/oj>"),
        ("<https://eur-lex.europa.eu/eli/reg/2025/3271/oj>",
         "<http://data.europa.eu/eli/reg/2025/3271/oj>"),
        ('"OJ:L_2025003271"', None),
        ('"RGPD"', "<http://data.europa.eu/eli/reg/2016/679/oj>"),
        ('"Règlement (UE) 2016/679"@fr', "<http://data.europa.eu/eli/reg/2016/679/oj>"),
        ("<https://www.cnil.fr/deliberations/2025/327>", None),
    ],
)  # fmt: skip
def test_other_laws_are_themselves(value: str, law: str | None) -> None:
    """Nor is a number that only begins alike the regulation's."""
    assert legislation(value) == law


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 200", "1200"), ("1\u202f200", "1200"), ("45.0", "45"), ("45.00", "45"), ("45.000", None),
     ("1.000.000", None), ("45,000", None), ("45.5", None)],
)  # fmt: skip
def test_a_number_is_mended_where_it_can_be_but_one(text: str, number: str | None) -> None:
    """Spaces between thousands go; a point before three zeros may stand for either."""
    asked = Asked(datatypes=(COUNT,))
    assert retype(text, asked) == (number and f'"{number}"^^<{COUNT}>')


@pytest.mark.parametrize(
    ("value", "address"),
    [('"dim@chu.exemple.fr"', "dim@chu.exemple.fr"), ("<mailto:dim@chu.fr>", "dim@chu.fr"),
     ('"dim@chu"', None), ('"dim@.fr"', None), ('"dim@fr."', None), ('"dim@chu@chu.fr"', None),
     (f'"dim@{"chu." * 100_000} ou"', None)],
    ids=["text", "address", "no dot", "dot first", "dot last", "two", "long"],
)  # fmt: skip
def test_an_address_of_mail_is_told_from_other_texts(value: str, address: str | None) -> None:
    """In a time that grows with the length of the text."""
    began = process_time()
    assert email_in(value) == address
    assert process_time() - began < 5
