"""The small things that a dataset points at: agents, contacts, periods, places."""

import json
import re
from collections.abc import Callable, Mapping

from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.mapping.jsontext import NotJson, parse_json
from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.values import (
    Convert,
    address,
    codes,
    dates,
    emails,
    iris,
    plain,
    scalars,
    texts,
)
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY
from red_catalog.rdf.terms import make_iri, make_literal

Given = Mapping[str, object]
Table = Mapping[str, tuple[str, Convert]]
"""Field → property and how its value becomes terms."""

_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_GEOJSON = "http://www.opengis.net/ont/geosparql#geoJSONLiteral"
_SHAPE = re.compile(
    r"\s*(?:<[^<>\s]*>\s*)?(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)"
    r"\s*(?:ZM?|M)?\s*\(",
    re.IGNORECASE,
)
_PLACES = (EU_AUTHORITY + "country", EU_AUTHORITY + "continent")
_PUBLISHER_TYPES = (
    HEALTH_AUTHORITY + "publisher-type",
    "http://purl.org/adms/publishertype/1.0",
)


def apply(sheet: Sheet, node: str, given: Given, table: Table, where: str = "") -> set[str]:
    """States of a node what the table says of the given fields; those that it knows."""
    for field, (name, convert) in table.items():
        if field in given:
            sheet.say(node, name, convert(sheet, where + field, given[field]))
    return set(table)


def report_rest(sheet: Sheet, given: Given, known: set[str], where: str = "") -> None:
    """Notes the fields that hold something and that nothing was made of."""
    rest = [where + str(f) for f, v in given.items() if f not in known and any(scalars_of(v))]
    if rest:
        sheet.note("field-unmapped", fields=", ".join(sorted(rest)))


def scalars_of(value: object) -> list[bool]:
    """One truth for each thing that a value holds."""
    return [one is not False and one != {} for one in scalars(value)]


def each(build: Callable[[Sheet, str, Given], str | None], *parts: str) -> Convert:
    """Nodes made of each object of a list, which may have these parts; anything else is noted.

    Of what has a name, a text is the name.
    """
    held = f" ({', '.join(parts)})" if parts else ""
    kind = f"une description structurée{held}", f"a structured one{held}"

    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found = []
        for given in scalars(value):
            one = {"name": given} if build in _NAMED and isinstance(given, str) else given
            if not isinstance(one, dict):
                sheet.refuse(field, one, kind)
            elif any(any(scalars_of(v)) for v in one.values()):
                node = build(sheet, field + ".", {str(k): v for k, v in one.items()})
                found += [node] if node else []
        return found

    return convert


def agent(sheet: Sheet, where: str, given: Given) -> str | None:
    """A foaf:Agent with one cv:ContactPoint, which HealthDCAT-AP wants."""
    node = sheet.node("foaf:Agent", address(given.get("uri")))
    table: Table = {
        "name": ("foaf:name", texts),
        "name_translated": ("foaf:name", texts),
        "identifier": ("dct:identifier", plain),
        "type": ("dct:type", codes(*_PUBLISHER_TYPES)),
    }
    known = apply(sheet, node, given, table, where)
    pages = [
        page for key in ("url", "homepage") for page in iris(sheet, where + key, given.get(key))
    ]
    mails = emails(sheet, where + "email", given.get("email"))
    sheet.say(node, "foaf:homepage", [sheet.node("foaf:Document", p[1:-1]) for p in pages])
    if pages or mails:
        point = sheet.node("cv:ContactPoint")
        sheet.say(point, "cv:email", [make_literal(mail) for mail in mails])
        sheet.say(point, "cv:contactPage", pages)
        sheet.say(node, "cv:contactPoint", [point])
    report_rest(sheet, given, known | {"uri", "url", "homepage", "email"}, where)
    return node


def contact(sheet: Sheet, where: str, given: Given) -> str | None:
    """A vcard:Kind; none where nothing is said of it."""
    node = sheet.node("vcard:Kind", address(given.get("uri")))
    table: Table = {
        "name": ("vcard:fn", texts),
        "name_translated": ("vcard:fn", texts),
        "identifier": ("vcard:hasUID", plain),
        "url": ("vcard:hasURL", iris),
        "telephone": ("vcard:tel", plain),
    }
    known = apply(sheet, node, given, table, where)
    mails = emails(sheet, where + "email", given.get("email"))
    sheet.say(node, "vcard:hasEmail", [make_iri(f"mailto:{mail}") for mail in mails])
    report_rest(sheet, given, known | {"uri", "email"}, where)
    return node if sheet.keep(node) else None


_NAMED = {agent, contact}


def period(sheet: Sheet, where: str, given: Given) -> str | None:
    """A dct:PeriodOfTime with a start, an end or both."""
    start = dates(sheet, where + "start", given.get("start"))
    end = dates(sheet, where + "end", given.get("end"))
    if not start and not end:
        return None
    node = sheet.node("dct:PeriodOfTime")
    sheet.say(node, "dcat:startDate", start)
    sheet.say(node, "dcat:endDate", end)
    report_rest(sheet, given, {"start", "end"}, where)
    return node


def place(sheet: Sheet, where: str, given: Given) -> str | None:
    """A dct:Location: the IRI of a place, or a name and geometries; none of neither."""
    name = given.get("text")
    iri = address(given.get("uri")) or (isinstance(name, str) and find_code(_PLACES, name)) or None
    shapes = {k: _geometry(sheet, where + k, given.get(k)) for k in ("geom", "bbox", "centroid")}
    names = [*texts(sheet, where + "text", name)]
    if iri and not any(shapes.values()) and iri.startswith(EU_AUTHORITY):
        return make_iri(iri)
    node = sheet.node("dct:Location", iri)
    sheet.say(node, "skos:prefLabel", names)
    for key, name_ in (
        ("geom", "locn:geometry"), ("bbox", "dcat:bbox"), ("centroid", "dcat:centroid")
    ):  # fmt: skip
        sheet.say(node, name_, shapes[key])
    report_rest(sheet, given, {"uri", "text", "geom", "bbox", "centroid"}, where)
    return node if sheet.keep(node) else None


def _geometry(sheet: Sheet, field: str, value: object) -> list[str]:
    """A geometry as WKT, or as the GeoJSON that CKAN keeps."""
    if value in (None, "", {}, []):
        return []
    if isinstance(value, dict) and value.get("type"):
        written = json.dumps(value, sort_keys=True)  # escapes whatever is not ASCII
        return [make_literal(written, None, _GEOJSON)]
    if isinstance(value, str) and is_geometry(value):
        kind = _WKT if _SHAPE.match(value) else _GEOJSON
        return [make_literal(value.strip(), None, kind)]
    sheet.refuse(field, value, ("une géométrie (WKT ou GeoJSON)", "a geometry (WKT or GeoJSON)"))
    return []


def is_geometry(written: str) -> bool:
    """Whether a text is WKT or GeoJSON, as far as its beginning tells."""
    if len(written) >= 100_000 or not written.isascii():
        return False
    try:
        shape = _SHAPE.match(written) or parse_json(written)
    except NotJson:
        return False
    return isinstance(shape, re.Match) or (isinstance(shape, dict) and "type" in shape)
