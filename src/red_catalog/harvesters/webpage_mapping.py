"""One schema.org Dataset as RDF: a pure function, driven by tables."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urldefrag

from red_catalog.harvesters.access import recognise
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.mapping.nodes import Table, agent, apply, contact, report_rest
from red_catalog.harvesters.mapping.nodes import place as make_place
from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.values import (
    Convert,
    address,
    codes,
    counts,
    dates,
    iris,
    labelled,
    plain,
    scalars,
    texts,
    things,
)
from red_catalog.harvesters.webpage_blocks import Node, is_a, local
from red_catalog.model import Document
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.rdf.terms import make_iri, make_literal

_INTERVAL: Final = re.compile(r"\s*([^/\s]*)\s*/\s*([^/\s]*)\s*")
_OPEN_ENDED: Final = {"..", "present", ""}
_DEPTH: Final = 6
Given = Mapping[str, Any]


def map_dataset(
    dataset: Node, nodes: Mapping[str, Node], iri: str, page: str, language: str
) -> Document:
    """The description of one dataset of a page."""
    sheet = Sheet(iri, language)
    sheet.node("dcat:Dataset", iri)
    given = _resolve(dataset, nodes, page)
    known = apply(sheet, sheet.root, given, _DATASET)
    if not sheet.has("dct:identifier"):
        sheet.say(sheet.root, "dct:identifier", [make_literal(iri)])
    if not sheet.has("dct:title"):
        sheet.note("dataset-untitled")
    if given.get("isAccessibleForFree") not in (None, ""):
        sheet.note("free-is-not-access")
    _say_access(sheet, given)
    _say_distributions(sheet, given, page)
    _say_variables(sheet, given)
    report_rest(sheet, given, known | _KNOWN)
    return sheet.document(page)


def name_dataset(dataset: Node, page: str, *, alone: bool) -> str | None:
    """The IRI of a dataset: its @id, its url, else the page's where it holds no other."""
    own = dataset.get("@id")
    if isinstance(own, str) and own and not own.startswith("_:"):
        return address(own, page)
    if alone:
        url = address(_first(dataset.get("url")), page)
        return url if url and _server(url) == _server(page) else urldefrag(page).url
    return address(_first(dataset.get("url")), page)


def _server(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()


def _first(value: object) -> object:
    return next(iter(scalars(value)), None)


def _resolve(value: Any, nodes: Mapping[str, Node], page: str, depth: int = 0) -> Any:
    """A value with its references replaced by the nodes of the page that they name."""
    if depth > _DEPTH:
        return None if isinstance(value, dict | list) else value
    if isinstance(value, list):
        return [_resolve(one, nodes, page, depth + 1) for one in value]
    if not isinstance(value, dict):
        return value
    named = value.get("@id")
    if set(value) <= {"@id", "@type"} and isinstance(named, str) and named in nodes:
        value = nodes[named]
    plain_keys = {local(str(key)): one for key, one in value.items()}
    return {key: _resolve(one, nodes, page, depth + 1) for key, one in plain_keys.items()}


def _party(build: Callable[[Sheet, str, Given], str | None]) -> Convert:
    """An organisation, a person or a contact point; a text is its name."""

    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found = []
        for one in scalars(value):
            named: Given = one if isinstance(one, dict) and "@value" not in one else {"name": one}
            inner = _first(named.get("contactPoint"))
            point = inner if isinstance(inner, dict) else {}
            identifier = _first(named.get("identifier"))
            is_person = is_a(dict(named), "Person")
            given = {
                "uri": named.get("@id"),
                "name": named.get("name") or named.get("legalName") or _full_name(named),
                "email": named.get("email") or point.get("email"),
                "url": named.get("url") or point.get("url"),
                "identifier": identifier.get("value") if isinstance(identifier, dict)
                else identifier,
            }  # fmt: skip
            if build is contact and not is_person:
                given["telephone"] = named.get("telephone") or point.get("telephone")
            if any(entry not in (None, "", []) for entry in given.values()):
                node = build(sheet, field + ".", {k: v for k, v in given.items() if v})
                found += [node] if node else []
        return found

    return convert


def _full_name(named: Given) -> str | None:
    parts = [named.get("givenName"), named.get("familyName")]
    return " ".join(part for part in parts if isinstance(part, str)) or None


def _identifiers(sheet: Sheet, field: str, value: object) -> list[str]:
    found = []
    for one in scalars(value):
        told = (one.get("value") or one.get("@value")) if isinstance(one, dict) else one
        found += plain(sheet, field, told if told is not None else one)
    return found


def _keywords(sheet: Sheet, field: str, value: object) -> list[str]:
    found: list[str] = []
    for one in scalars(value):
        if isinstance(one, str):
            found += texts(sheet, field, [word for word in one.split(",") if word.strip()])
        elif isinstance(one, dict) and "name" in one:
            found += texts(sheet, field, one["name"])
        else:
            found += texts(sheet, field, one)
    return found


def _names(*schemes: str, kind: str = "") -> Convert:
    """Codes, or things with a name or address, given as texts or as nodes."""
    inner = labelled(kind, *schemes) if kind else codes(*schemes)

    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found: list[str] = []
        for one in scalars(value):
            told = one
            if isinstance(one, dict) and "@value" not in one:
                told = (
                    one.get("url") or one.get("@id") or one.get("alternateName") or one.get("name")
                )
            found += inner(sheet, field, told if told is not None else one)
        return found

    return convert


def _periods(sheet: Sheet, field: str, value: object) -> list[str]:
    found = []
    for one in scalars(value):
        match = _INTERVAL.fullmatch(one) if isinstance(one, str) else None
        ends = match.groups() if match else (one, one)
        sides = [None if end in _OPEN_ENDED else end for end in ends if not isinstance(end, dict)]
        start, end = (dates(sheet, field, side) for side in sides) if len(sides) == 2 else ([], [])
        if start or end:
            node = sheet.node("dct:PeriodOfTime")
            sheet.say(node, "dcat:startDate", start)
            sheet.say(node, "dcat:endDate", end)
            found.append(node)
        elif isinstance(one, dict):
            sheet.refuse(field, one, ("une période (début/fin)", "a period (start/end)"))
    return found


def _places(sheet: Sheet, field: str, value: object) -> list[str]:
    found = []
    for one in scalars(value):
        if address(one):
            given: Given = {"uri": one}
        elif isinstance(one, dict) and "@value" not in one:
            shape = _shape(sheet, field, _first(one.get("geo")))
            uri = address(one.get("@id")) or address(_first(one.get("sameAs")))
            given = {"uri": uri, "text": one.get("name") or one.get("address"), **shape}
        else:
            given = {"text": one}
        if isinstance(given.get("text"), dict):
            given = {**given, "text": given["text"].get("addressCountry")}
        if any(entry for entry in given.values()):
            node = make_place(sheet, field + ".", given)
            found += [node] if node else []
        else:
            sheet.refuse(field, one, ("un lieu", "a place"))
    return found


def _shape(sheet: Sheet, field: str, geo: object) -> dict[str, str]:
    """A point or a box of schema.org as WKT; latitude comes first there."""
    if not isinstance(geo, dict):
        return {}
    try:
        if is_a(geo, "GeoCoordinates"):
            return {"centroid": f"POINT({float(geo['longitude'])} {float(geo['latitude'])})"}
        south, west, north, east = map(float, str(geo["box"]).replace(",", " ").split())
    except (KeyError, ValueError, TypeError):
        sheet.refuse(field + ".geo", geo, ("un point ou un rectangle", "a point or a box"))
        return {}
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    return {"bbox": f"POLYGON(({ring}))"}


def _say_access(sheet: Sheet, given: Given) -> None:
    for one in scalars(given.get("conditionsOfAccess")):
        level = recognise(one) if isinstance(one, str) else None
        rights = EU_AUTHORITY + "access-right"
        iri = f"{rights}/{level}" if level else None
        iri = iri or (find_code((rights,), one) if isinstance(one, str) else None)
        if iri is None and isinstance(one, str) and one.startswith(rights):
            iri = address(one)
        if iri:
            sheet.say(sheet.root, "dct:accessRights", [make_iri(iri)])
        else:
            convert = labelled("dct:RightsStatement")
            sheet.say(sheet.root, "dct:rights", convert(sheet, "conditionsOfAccess", one))


def _say_distributions(sheet: Sheet, given: Given, page: str) -> None:
    own = _names(EU_AUTHORITY + "licence", kind="dct:LicenseDocument")
    licences = own(sheet, "license", given.get("license"))
    made = 0
    for number, one in enumerate(scalars(given.get("distribution"))):
        where = f"distribution.{number}."
        if not isinstance(one, dict):
            sheet.refuse(where[:-1], one, ("une distribution", "a distribution"))
            continue
        node = sheet.node("dcat:Distribution", address(one.get("@id"), page))
        known = apply(sheet, node, one, _DISTRIBUTION, where)
        access = one.get("url") or one.get("contentUrl")
        here = [address(url, page) or url for url in scalars(access)]
        sheet.say(node, "dcat:accessURL", iris(sheet, where + "url", here))
        download = [address(url, page) or url for url in scalars(one.get("contentUrl"))]
        sheet.say(node, "dcat:downloadURL", iris(sheet, where + "contentUrl", download))
        if not one.get("license"):
            sheet.say(node, "dct:license", licences)
        report_rest(sheet, one, known | {"@id", "@type", "url", "contentUrl"}, where)
        sheet.say(sheet.root, "dcat:distribution", [node])
        made += 1
    if not made:
        sheet.say(sheet.root, "dct:license", licences)


def _say_variables(sheet: Sheet, given: Given) -> None:
    variables = list(scalars(given.get("variableMeasured")))
    columns = []
    for number, one in enumerate(variables):
        where = f"variableMeasured.{number}."
        told: Given = one if isinstance(one, dict) and "@value" not in one else {"name": one}
        names = texts(sheet, where + "name", told.get("name") or told.get("value"))
        if not names:
            sheet.refuse(where[:-1], one, ("une variable nommée", "a named variable"))
            continue
        column = sheet.node("csvw:Column")
        identifier = told.get("alternateName") or told.get("propertyID") or told.get("name")
        short = [term.rpartition('"')[0] + '"' for term in texts(sheet, where + "name", identifier)]
        sheet.say(column, "csvw:name", short[:1] or [names[0].rpartition('"')[0] + '"'])
        sheet.say(column, "csvw:title", names)
        sheet.say(column, "dct:description", texts(sheet, where, told.get("description")))
        report_rest(sheet, told, _VARIABLE, where)
        columns.append(column)
    if not columns:
        return
    title = texts(sheet, "name", given.get("name"))
    group, table = sheet.node("csvw:TableGroup"), sheet.node("csvw:Table")
    sheet.say(sheet.root, "healthdcatap:hasVariables", [group])
    sheet.say(group, "dct:title", title)
    sheet.say(group, "csvw:table", [table])
    sheet.say(table, "dct:title", title)
    sheet.say(table, "csvw:column", columns)


def _links(sheet: Sheet, field: str, value: object) -> list[str]:
    """Addresses of works, given as such or as nodes."""
    found = []
    for one in scalars(value):
        told = (one.get("@id") or one.get("url")) if isinstance(one, dict) else one
        found += iris(sheet, field, told if told is not None else one)
    return found


_DATASET: Final[Table] = {
    "name": ("dct:title", texts),
    "alternateName": ("dct:alternative", texts),
    "description": ("dct:description", texts),
    "abstract": ("dct:abstract", texts),
    "identifier": ("dct:identifier", _identifiers),
    "url": ("dcat:landingPage", things("foaf:Document")),
    "sameAs": ("foaf:page", things("foaf:Document")),
    "keywords": ("dcat:keyword", _keywords),
    "creator": ("dct:creator", _party(agent)),
    "author": ("dct:creator", _party(agent)),
    "contributor": ("dct:contributor", _party(agent)),
    "publisher": ("dct:publisher", _party(agent)),
    "provider": ("geodcatap:distributor", _party(agent)),
    "maintainer": ("dcat:contactPoint", _party(contact)),
    "contactPoint": ("dcat:contactPoint", _party(contact)),
    "dateModified": ("dct:modified", dates),
    "datePublished": ("dct:issued", dates),
    "dateCreated": ("dct:created", dates),
    "version": ("dcat:version", plain),
    "inLanguage": ("dct:language", _names(EU_AUTHORITY + "language")),
    "temporalCoverage": ("dct:temporal", _periods),
    "spatialCoverage": ("dct:spatial", _places),
    "isPartOf": ("dct:isPartOf", _links),
    "hasPart": ("dct:hasPart", _links),
    "isBasedOn": ("dct:source", _links),
    "citation": ("dct:isReferencedBy", _links),
    "conformsTo": ("dct:conformsTo", _names(kind="dct:Standard")),
}
_DISTRIBUTION: Final[Table] = {
    "name": ("dct:title", texts),
    "description": ("dct:description", texts),
    "encodingFormat": (
        "dct:format",
        _names(EU_AUTHORITY + "file-type", kind="dct:MediaTypeOrExtent"),
    ),
    "contentSize": ("dcat:byteSize", counts),
    "datePublished": ("dct:issued", dates),
    "dateModified": ("dct:modified", dates),
    "inLanguage": ("dct:language", _names(EU_AUTHORITY + "language")),
    "license": ("dct:license", _names(EU_AUTHORITY + "licence", kind="dct:LicenseDocument")),
}
_VARIABLE: Final = {"@id", "@type", "name", "value", "alternateName", "propertyID", "description"}
# Mapped elsewhere, or said of the page and not of the data.
_KNOWN: Final = {
    "@id", "@type", "@context", "distribution", "license", "variableMeasured",
    "conditionsOfAccess", "isAccessibleForFree", "includedInDataCatalog", "mainEntityOfPage",
    "image", "thumbnailUrl", "sdDatePublished", "sdLicense", "sdPublisher", "interactionStatistic",
}  # fmt: skip
