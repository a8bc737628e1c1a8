"""Codes and laws under the addresses of today: former ones are told, with the right one."""

import re
from collections.abc import Iterator
from typing import Final

from red_catalog import vocabulary
from red_catalog.namespaces import EHDS_LEGISLATION, HEALTH_AUTHORITY, RDF_TYPE, term
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal, make_iri
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make
from red_catalog.vocabulary import words

_LEGISLATION: Final = term("dcatap:applicableLegislation")
_FORMER_BASES: Final = (
    "http://13.81.34.152:1101/resource/authority/",
    "https://hdeu-dcat.acceptance.data.health.europa.eu/resource/authority/",
    "http://healthdataportal.eu/resource/authority/",
    "https://healthdataportal.eu/resource/authority/",
    "http://hdeu-dcat.data.health.europa.eu/resource/authority/",
)
_RENAMED: Final = {
    "ICD-O-3": "ICD-O",
    "HL7-V2": "HL7",
    "HL7-V3": "HL7",
    "outpatient-institute": "outpatient-institution",
}
_PERSONAL: Final = "https://w3id.org/dpv/pd#"
_PERSONAL_ASKED: Final = "https://w3id.org/dpv/dpv-pd#"
# The regulation under any address: European identifier, Official Journal page, CELEX number.
_EHDS: Final = re.compile(
    r"(?:eli/reg/2025/327|32025R0327|L_202500327|\((?:EU|UE)\) ?2025/327)(?!\d)"
)
_ELI: Final = re.compile(
    r"https?://(?:data|eur-lex|publications)\.europa\.eu/eli/"
    r"(reg|dir|dec|reg_impl|reg_del|dec_impl)/(\d{4})/(\d{1,5})/?(oj/?)?(?:[a-z]{3}/?)?"
)


def find_legislation(description: Description) -> Iterator[Result]:
    """Laws of the Union under another address than their identifier."""
    for subject, predicate, value in description.triples:
        if predicate == _LEGISLATION and legislation(value) not in {None, value}:
            yield make("legislation-address", subject, predicate, value)


def find_codes(description: Description) -> Iterator[Result]:
    """Codes of former lists, renamed codes, personal data under another address."""
    for subject, predicate, value in description.triples:
        if predicate == RDF_TYPE or not is_iri(value):
            continue
        if value[1:].startswith(_FORMER_BASES):
            yield make("former-list", subject, predicate, value)
        elif value[1:].startswith(HEALTH_AUTHORITY) and current(value) != value:
            yield make("renamed-code", subject, predicate, value)
        elif value[1:].startswith(_PERSONAL):
            yield make("personal-data-address", subject, predicate, value)


def legislation(value: str) -> str | None:
    """The identifier of the law that a value means, None where it is not known."""
    if is_iri(value):
        text = iri(value)
    elif is_literal(value):
        text = literal(value)[0].strip()
    else:
        return None
    if text == EHDS_LEGISLATION:
        return make_iri(text)
    # Any other form or version of the regulation, at any place.
    if _EHDS.search(text):
        return make_iri(EHDS_LEGISLATION)
    if match := _ELI.fullmatch(text):
        kind, year, number = match.groups()[:3]
        return make_iri(f"http://data.europa.eu/eli/{kind}/{year}/{number}/oj")
    found = words.named(words.LAWS, text)
    return make_iri(found) if found else None


def current(value: str) -> str | None:
    """The code of today that a former one means, None where there is none."""
    text = iri(value)
    base = next((b for b in (*_FORMER_BASES, HEALTH_AUTHORITY) if text.startswith(b)), None)
    if base is None:
        return None
    scheme, slash, code = text[len(base) :].rpartition("/")
    known = f"{HEALTH_AUTHORITY}{scheme}{slash}{_RENAMED.get(code, code)}"
    if base == HEALTH_AUTHORITY and code not in _RENAMED:
        return value
    return make_iri(known) if vocabulary.labels(known) else None


def personal_data(value: str) -> str:
    """The kind of personal data under the address that HealthDCAT-AP asks for."""
    return make_iri(_PERSONAL_ASKED + iri(value).removeprefix(_PERSONAL))
