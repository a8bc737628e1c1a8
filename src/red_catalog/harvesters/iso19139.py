"""ISO 19139 (gmd) metadata to DCAT, by tables. ISO 19115-3 names its elements otherwise."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import state_access
from red_catalog.harvesters.description import Description, begin, web_identifier
from red_catalog.harvesters.telling import tell
from red_catalog.harvesters.xmltree import (
    attribute,
    descend,
    find,
    find_all,
    language_tag,
    local,
    text,
)
from red_catalog.model import Defect, Source
from red_catalog.namespaces import EU_AUTHORITY
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
_ROLES: Final = {
    "publisher": "dct:publisher", "author": "dct:creator", "principalInvestigator": "dct:creator",
    "originator": "dct:creator", "owner": "dct:rightsHolder", "custodian": "geodcatap:custodian",
    "resourceProvider": "dct:contributor", "processor": "dct:contributor",
    "distributor": "dct:contributor",
}  # fmt: skip
_SINGLE: Final = {"dct:publisher", "geodcatap:custodian"}
_KINDS: Final = {"dataset", "series", "nonGeographicDataset", ""}
_WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
# Elements without a place in HealthDCAT-AP, told where they say something.
_NOWHERE: Final = {
    "purpose": "purpose", "credit": "credit", "supplementalInformation": "supplementalInformation",
    "environmentDescription": "environmentDescription", "resourceSpecificUsage": "usage",
}  # fmt: skip


def map_iso19139(
    root: Element, source: Source, fallback: str, *, any_type: bool = False
) -> Description | Defect:
    """The dataset that an ISO 19139 record describes, or why it is none."""
    kind = next((_code(one) for one in find_all(root, "hierarchyLevel/*")), "")
    named = find(root, "identificationInfo/*")
    if named is None:
        return tell("map-no-title")
    if not any_type and (kind not in _KINDS or local(named) != "MD_DataIdentification"):
        return tell("not-a-dataset", value=kind or local(named))
    file_id = _words(find(root, "fileIdentifier"))
    found = [_identify(one) for one in find_all(named, "citation/CI_Citation/identifier/*")]
    web = [one for one in found if web_identifier(one)]
    description = begin(source, [*web, file_id, *found], fallback)
    record = _Record(root, named, _locales(root), _own_language(root))
    for identifier in dict.fromkeys([*found, file_id] if any(found) else [file_id or fallback]):
        description.say("dct:identifier", identifier)
    for say in (_titles, _dates, _contacts, _keywords, _languages, _extents, _rights, _rest,
                _distributions):  # fmt: skip
        say(description, record)
    return description


class _Record:
    """A record with the languages of its texts."""

    def __init__(
        self, root: Element, named: Element, locales: dict[str, str], tag: str | None
    ) -> None:
        self.root = root
        self.named = named
        self.locales = locales
        self.language = tag

    def texts(self, element: Element) -> Iterator[tuple[str, str | None]]:
        """A text in the record's language, then its translations."""
        own = _words(element)
        translated = {
            self.locales.get(attribute(one, "locale").lstrip("#")): text(one)
            for one in descend(element, "LocalisedCharacterString")
        }
        # A name may be spelt alike in both.
        untold = self.language and self.language not in translated
        if own and (untold or own not in translated.values()):
            yield own, self.language
        yield from ((words, tag) for tag, words in translated.items() if words)


def _words(element: Element | None) -> str:
    """The text of a CharacterString or an Anchor, without its translations."""
    if element is None:
        return ""
    parts = [text(one) for one in element if local(one) != "PT_FreeText"]
    return next(filter(None, parts), text(element) if len(element) == 0 else "")


def _code(element: Element) -> str:
    return attribute(element, "codeListValue") or text(element)


def _own_language(root: Element) -> str | None:
    element = find(root, "language/*")
    return language_tag(_code(element)) if element is not None else None


def _locales(root: Element) -> dict[str, str]:
    found = {}
    for locale in find_all(root, "locale/PT_Locale"):
        code = find(locale, "languageCode/*")
        tag = language_tag(_code(code)) if code is not None else None
        if tag:
            found[attribute(locale, "id")] = tag
    return found


def _identify(element: Element) -> str:
    """The code of an identifier, after its code space where that makes a web address."""
    code = _words(find(element, "code"))
    anchor = find(element, "code/Anchor")
    linked = attribute(anchor, "href") if anchor is not None else ""
    if web_identifier(linked):
        return linked
    space = _words(find(element, "codeSpace"))
    if space.startswith(("http://", "https://")) and code and not web_identifier(code):
        return f"{space.rstrip('/#')}/{code}"
    return code


def _titles(description: Description, record: _Record) -> None:
    table = (
        ("citation/CI_Citation/title", "dct:title"),
        ("citation/CI_Citation/alternateTitle", "dct:alternative"),
        ("abstract", "dct:description"),
    )
    for path, predicate in table:
        for element in find_all(record.named, path):
            for words, tag in record.texts(element):
                description.say(predicate, words, tag)
    if not description.has("dct:title"):
        description.tell("map-no-title")


def _dates(description: Description, record: _Record) -> None:
    for element in find_all(record.named, "citation/CI_Citation/date/CI_Date"):
        kind = next((_code(one) for one in find_all(element, "dateType/*")), "")
        written = text(find(element, "date"))
        predicate = _DATES.get(kind)
        if predicate is None:
            description.tell("map-nowhere", what=kind or "date", value=written)
        elif description.has(predicate):
            description.tell("map-one", what=predicate, value=written)
        else:
            description.date(predicate, written, kind)


def _contacts(description: Description, record: _Record) -> None:
    for element in find_all(record.named, "pointOfContact/*"):
        role = next((_code(one) for one in find_all(element, "role/*")), "")
        name = _words(find(element, "organisationName")) or _words(find(element, "positionName"))
        email = next((text(e) for e in descend(element, "electronicMailAddress") if text(e)), "")
        url = next((text(one) for one in descend(element, "URL") if text(one)), "")
        person = _words(find(element, "individualName"))
        if person and person != name:
            description.tell("map-person")
        predicate = _ROLES.get(role)
        if predicate is None:
            description.contact(name, email, url, record.language)
        elif predicate in _SINGLE and description.has(predicate):
            description.tell("map-one", what=predicate, value=name)
        else:
            description.agent(predicate, name, record.language)


def _keywords(description: Description, record: _Record) -> None:
    for topic in find_all(record.named, "topicCategory/*"):
        if theme := _THEMES.get(text(topic)):
            description.add("dcat:theme", make_iri(f"{EU_AUTHORITY}data-theme/{theme}"))
        elif text(topic):
            description.tell("map-code", what="dcat:theme", value=text(topic))
    for group in find_all(record.named, "descriptiveKeywords/MD_Keywords"):
        kind = next((_code(one) for one in find_all(group, "type/*")), "")
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


def _languages(description: Description, record: _Record) -> None:
    for element in find_all(record.named, "language/*"):
        code = _code(element)
        description.language(code, language_tag(code))


def _extents(description: Description, record: _Record) -> None:
    for extent in find_all(record.named, "extent/EX_Extent"):
        for box in descend(extent, "EX_GeographicBoundingBox"):
            _box(description, box)
        for place in descend(extent, "EX_GeographicDescription"):
            code = _words(find(place, "geographicIdentifier/*/code"))
            description.place(code, record.language)
        for time in descend(extent, "EX_TemporalExtent"):
            description.period(*_span(time), "EX_TemporalExtent")


def _span(time: Element) -> tuple[str, str]:
    start, end = (next(map(text, _ends(time, which)), "") for which in ("begin", "end"))
    if start or end:
        return start, end
    # A moment has begun and ended.
    moment = next(map(text, descend(time, "timePosition")), "")
    return moment, moment


def _ends(time: Element, which: str) -> Iterator[Element]:
    yield from descend(time, f"{which}Position")
    for element in descend(time, which):
        yield from descend(element, "timePosition")


def _box(description: Description, box: Element) -> None:
    names = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    written = [text(find(box, name)).replace(",", ".") for name in names]
    try:
        west, south, east, north = (float(one) for one in written)
    except ValueError:
        description.tell("map-number", what="EX_GeographicBoundingBox", value=" ".join(written))
        return
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        description.tell("map-number", what="EX_GeographicBoundingBox", value=" ".join(written))
        return
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    wkt = f"POLYGON(({', '.join(f'{x:g} {y:g}' for x, y in corners)}))"
    node = description.node("dct:spatial", "dct:Location")
    description.add("dcat:bbox", make_literal(wkt, datatype=_WKT), node)


def _rights(description: Description, record: _Record) -> None:
    said = []
    for constraints in find_all(record.named, "resourceConstraints/*"):
        for name in ("useLimitation", "otherConstraints"):
            for element in find_all(constraints, name):
                for words, tag in record.texts(element):
                    description.statement("dct:rights", "dct:RightsStatement", words, tag)
        if find(constraints, "accessConstraints") is not None:
            said += _access(constraints)
        for element in find_all(constraints, "useConstraints/*"):
            if _code(element) not in {"otherRestrictions", "license", ""}:
                description.tell("map-nowhere", what="useConstraints", value=_code(element))
    state_access(description, said)


def _access(constraints: Element) -> list[str]:
    """The words that may state an access level."""
    codes = [_code(one) for one in find_all(constraints, "accessConstraints/*")]
    found = [code for code in codes if code not in {"otherRestrictions", ""}]
    for element in find_all(constraints, "otherConstraints"):
        anchors = [attribute(one, "href") for one in find_all(element, "Anchor")]
        found.append(next(filter(None, anchors), _words(element)))
    return [one for one in found if one]


def _rest(description: Description, record: _Record) -> None:
    for element in find_all(record.root, "dataQualityInfo/DQ_DataQuality/lineage/*/statement"):
        for words, tag in record.texts(element):
            description.statement("dct:provenance", "dct:ProvenanceStatement", words, tag)
    path = "resourceMaintenance/*/maintenanceAndUpdateFrequency/*"
    for element in find_all(record.named, path):
        code = _FREQUENCIES.get(_code(element))
        if code and not description.has("dct:accrualPeriodicity"):
            frequency = make_iri(f"{EU_AUTHORITY}frequency/{code}")
            description.add("dct:accrualPeriodicity", frequency)
        elif _code(element):
            description.tell("map-code", what="dct:accrualPeriodicity", value=_code(element))
    for name, what in _NOWHERE.items():
        for element in find_all(record.named, name):
            if words := text(element):
                description.tell("map-nowhere", what=what, value=words)


def _distributions(description: Description, record: _Record) -> None:
    seen = {""}
    for path in ("transferOptions", "distributor/*/distributorTransferOptions"):
        for element in find_all(record.root, f"distributionInfo/*/{path}/*/onLine/*"):
            url = text(find(element, "linkage"))
            if url not in seen:
                seen.add(url)
                _distribution(description, record, element, url)


def _distribution(description: Description, record: _Record, element: Element, url: str) -> None:
    function = next((_code(one) for one in find_all(element, "function/*")), "")
    protocol = _words(find(element, "protocol"))
    if function == "information":
        description.page("foaf:page", url, "CI_OnlineResource")
        return
    node = description.node("dcat:distribution", "dcat:Distribution")
    description.link("dcat:accessURL", url, "CI_OnlineResource", node)
    if function == "download" or "download" in protocol.lower():
        description.link("dcat:downloadURL", url, "CI_OnlineResource", node)
    for name, predicate in (("name", "dct:title"), ("description", "dct:description")):
        for part in find_all(element, name):
            for words, tag in record.texts(part):
                description.say(predicate, words, tag, node)
