"""ISO 19139 (gmd) metadata to DCAT, by tables. ISO 19115-3 names its elements otherwise."""

import re
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.dates import date_literal
from red_catalog.harvesters.description import Description, begin, web_identifier
from red_catalog.harvesters.iso19139_contacts import say_contacts
from red_catalog.harvesters.iso19139_distributions import say_distributions
from red_catalog.harvesters.iso19139_extents import say_extents
from red_catalog.harvesters.iso19139_left_out import tell_left_out
from red_catalog.harvesters.iso19139_record import Record, make_record, phrase, read_code
from red_catalog.harvesters.iso19139_rights import say_rights
from red_catalog.harvesters.telling import tell
from red_catalog.harvesters.xmltree import (
    attribute,
    find,
    find_all,
    language_tag,
    local,
    text,
)
from red_catalog.model import Defect, Source
from red_catalog.namespaces import EU_AUTHORITY, PREFIXES
from red_catalog.rdf.terms import make_iri, make_literal

_THEMES: Final = {
    "biota": "ENVI", "boundaries": "REGI", "climatologyMeteorologyAtmosphere": "ENVI",
    "economy": "ECON", "environment": "ENVI", "farming": "AGRI", "health": "HEAL",
    "society": "SOCI", "transportation": "TRAN", "utilitiesCommunication": "ENER",
}  # fmt: skip
_FREQUENCIES: Final = {
    "continual": "CONT", "daily": "DAILY", "weekly": "WEEKLY", "fortnightly": "BIWEEKLY",
    "monthly": "MONTHLY", "quarterly": "QUARTERLY", "biannually": "ANNUAL_2",
    "annually": "ANNUAL", "asNeeded": "IRREG", "irregular": "IRREG", "notPlanned": "NEVER",
    "unknown": "UNKNOWN",
}  # fmt: skip
_DATES: Final = {
    "publication": "dct:issued", "revision": "dct:modified", "creation": "dct:created",
}  # fmt: skip
_LINEAGE: Final = ("statement", "processStep/*/description", "source/*/description")
_KINDS: Final = {"dataset", "series", "nonGeographicDataset", ""}
_METRES: Final = re.compile(r"(k|kilo)?(?:m|met(?:re|er)s?)|.*(?:::9001|#m)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


def map_iso19139(
    root: Element, source: Source, fallback: str, *, any_type: bool = False
) -> Description | Defect:
    """The dataset that an ISO 19139 record describes, or why it is none."""
    kind = next((read_code(one) for one in find_all(root, "hierarchyLevel/*")), "")
    named = find(root, "identificationInfo/*")
    if named is None:
        return tell("iso-no-resource")
    if not any_type and (kind not in _KINDS or local(named) != "MD_DataIdentification"):
        return tell("not-a-dataset", value=kind or local(named))
    file_id = phrase(find(root, "fileIdentifier"))
    found = [_identify(one) for one in find_all(named, "citation/CI_Citation/identifier/*")]
    web = [one for one in found if web_identifier(one)]
    description = begin(source, web or [file_id, *found], fallback)
    record = make_record(root, named)
    own = [*found, file_id] if any(found) else [file_id or fallback]
    for identifier in dict.fromkeys([*own, phrase(find(root, "dataSetURI"))]):
        description.say("dct:identifier", identifier)
    for say in (_titles, _dates, say_contacts, _keywords, _languages, say_extents, say_rights,
                _rest, tell_left_out, _resolution, say_distributions):  # fmt: skip
        say(description, record)
    return description


def _identify(element: Element) -> str:
    """The code of an identifier, after its code space where that makes a web address."""
    code = phrase(find(element, "code"))
    anchor = find(element, "code/Anchor")
    linked = attribute(anchor, "href") if anchor is not None else ""
    if web_identifier(linked):
        return linked
    space = phrase(find(element, "codeSpace"))
    if space.startswith(("http://", "https://")) and code and not web_identifier(code):
        return f"{space.rstrip('/#')}/{code}"
    return code


def _titles(description: Description, record: Record) -> None:
    table = (
        ("citation/CI_Citation/title", "dct:title"),
        ("citation/CI_Citation/alternateTitle", "dct:alternative"),
        ("abstract", "dct:description"),
    )
    for path, predicate in table:
        for element in find_all(record.named, path):
            for words, tag in record.texts(element):
                description.say(predicate, words, tag)


def _dates(description: Description, record: Record) -> None:
    """The dates of the kinds that DCAT has; of several revisions the latest one."""
    said: dict[str, list[str]] = {}
    for element in find_all(record.named, "citation/CI_Citation/date/CI_Date"):
        kind = next((read_code(one) for one in find_all(element, "dateType/*")), "")
        written = text(find(element, "date"))
        if kind in _DATES:
            said.setdefault(kind, []).append(written)
        else:
            description.tell("map-nowhere", what=kind or "date", value=written)
    for kind, dates in said.items():
        readable = [*filter(date_literal, dates)]
        chosen = max(readable) if readable and kind == "revision" else next(iter(readable), None)
        for written in dict.fromkeys(dates):
            if written in readable and written != chosen:
                description.tell("map-one", what=_DATES[kind], value=written)
            else:
                description.date(_DATES[kind], written, kind)


def _keywords(description: Description, record: Record) -> None:
    for topic in find_all(record.named, "topicCategory/*"):
        if theme := _THEMES.get(text(topic)):
            description.add("dcat:theme", make_iri(f"{EU_AUTHORITY}data-theme/{theme}"))
        elif text(topic):
            description.tell("map-code", what="dcat:theme", value=text(topic))
    for group in find_all(record.named, "descriptiveKeywords/MD_Keywords"):
        kind = next((read_code(one) for one in find_all(group, "type/*")), "")
        for element in find_all(group, "keyword"):
            for words, tag in record.texts(element):
                if kind == "place":
                    description.place(words, tag)
                else:
                    description.say("dcat:keyword", words, tag)
            _theme(description, element)


def _theme(description: Description, keyword: Element) -> None:
    """A keyword of a thesaurus is also a concept with an address."""
    for anchor in find_all(keyword, "Anchor"):
        href = attribute(anchor, "href")
        if href.startswith(f"{EU_AUTHORITY}data-theme/"):
            description.add("dcat:theme", make_iri(href))
        elif web_identifier(href):
            description.add("dct:subject", make_iri(href))


def _languages(description: Description, record: Record) -> None:
    for element in find_all(record.named, "language/*"):
        code = read_code(element)
        description.language(code, language_tag(code))


def _rest(description: Description, record: Record) -> None:
    for path in _LINEAGE:
        for element in find_all(record.root, f"dataQualityInfo/DQ_DataQuality/lineage/*/{path}"):
            for words, tag in record.texts(element):
                description.statement("dct:provenance", "dct:ProvenanceStatement", words, tag)
    path = "resourceMaintenance/*/maintenanceAndUpdateFrequency/*"
    for element in find_all(record.named, path):
        code = _FREQUENCIES.get(read_code(element))
        if code and not description.has("dct:accrualPeriodicity"):
            frequency = make_iri(f"{EU_AUTHORITY}frequency/{code}")
            description.add("dct:accrualPeriodicity", frequency)
        elif read_code(element):
            description.tell("map-code", what="dct:accrualPeriodicity", value=read_code(element))


def _resolution(description: Description, record: Record) -> None:
    """The version, and the resolution in metres."""
    for element in find_all(record.named, "citation/CI_Citation/edition"):
        if phrase(element) and description.has("dcat:version"):
            description.tell("map-one", what="dcat:version", value=phrase(element))
        else:
            description.say("dcat:version", phrase(element))
    for element in find_all(record.named, "spatialResolution/*/distance/*"):
        written, unit = text(element).replace(",", "."), attribute(element, "uom")
        value = f"{written} {unit}".strip()
        metres = _METRES.fullmatch(unit)
        if not (metres and _NUMBER.fullmatch(written)):
            if written:
                description.tell("map-nowhere", what="spatialResolution", value=value)
        elif description.has("dcat:spatialResolutionInMeters"):
            description.tell("map-one", what="dcat:spatialResolutionInMeters", value=value)
        else:
            number = f"{(Decimal(written) * 1000).normalize():f}" if metres[1] else written
            decimal = make_literal(number, datatype=f"{PREFIXES['xsd']}decimal")
            description.add("dcat:spatialResolutionInMeters", decimal)
