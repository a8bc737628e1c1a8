"""Values of schema.org as terms of RDF: parties, names, periods, places."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from red_catalog.harvesters.mapping.nodes import contact, report_rest
from red_catalog.harvesters.mapping.nodes import place as make_place
from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.values import (
    Convert,
    address,
    codes,
    dates,
    iris,
    labelled,
    plain,
    scalars,
    texts,
)
from red_catalog.harvesters.webpage_blocks import is_a
from red_catalog.rdf.terms import make_iri

_INTERVAL: Final = re.compile(r"\s*([^/\s]*)\s*/\s*([^/\s]*)\s*")
_OPEN_ENDED: Final = {"..", "present", ""}
# Taken over, or pictures.
_PARTY: Final = {
    "@id", "@type", "@context", "name", "legalName", "givenName", "familyName", "email", "url",
    "telephone", "identifier", "contactPoint", "logo", "image",
}  # fmt: skip
_ADDRESS: Final = ("addressLocality", "addressRegion", "addressCountry")
Given = Mapping[str, Any]


def first(value: object) -> object:
    """The first single value in a value."""
    return next(iter(scalars(value)), None)


def parties(build: Callable[[Sheet, str, Given], str | None]) -> Convert:
    """An organisation, a person or a contact point; a text is its name."""

    def convert(sheet: Sheet, field: str, value: object) -> list[str]:
        found = []
        for one in scalars(value):
            named: Given = one if isinstance(one, dict) and "@value" not in one else {"name": one}
            inner = first(named.get("contactPoint"))
            point = inner if isinstance(inner, dict) else {}
            identifier = first(named.get("identifier"))
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
            report_rest(sheet, named, _PARTY, field + ".")
        return found

    return convert


def _full_name(named: Given) -> str | None:
    parts = [named.get("givenName"), named.get("familyName")]
    return " ".join(part for part in parts if isinstance(part, str)) or None


def identifiers(sheet: Sheet, field: str, value: object) -> list[str]:
    """Identifiers, given as texts or as PropertyValue nodes."""
    found = []
    for one in scalars(value):
        told = (one.get("value") or one.get("@value")) if isinstance(one, dict) else one
        found += plain(sheet, field, told if told is not None else one)
    return found


def keywords(sheet: Sheet, field: str, value: object) -> list[str]:
    """Keywords: a text that stands alone holds several, between commas.

    The address of one is what the dataset is about.
    """
    found: list[str] = []
    given = [*scalars(value)]
    alone = sum(isinstance(one, str) for one in given) == 1
    for one in given:
        if isinstance(one, str):
            words = one.split(",") if alone else [one]
            found += texts(sheet, field, [word for word in words if word.strip()])
        elif isinstance(one, dict) and "name" in one:
            found += texts(sheet, field, one["name"])
            concepts = filter(None, map(address, (one.get("@id"), one.get("url"))))
            sheet.say(sheet.root, "dct:subject", map(make_iri, [*concepts][:1]))
        else:
            found += texts(sheet, field, one)
    return found


def names(*schemes: str, kind: str = "") -> Convert:
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


def periods(sheet: Sheet, field: str, value: object) -> list[str]:
    """Periods as schema.org writes them: start/end, or one date."""
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


def places(sheet: Sheet, field: str, value: object) -> list[str]:
    """Places, by address, name or shape."""
    found = []
    for one in scalars(value):
        if address(one):
            given: Given = {"uri": one}
        elif isinstance(one, dict) and "@value" not in one:
            shape = _shape(sheet, field, first(one.get("geo")))
            uri = address(one.get("@id")) or address(first(one.get("sameAs")))
            given = {"uri": uri, "text": one.get("name") or one.get("address"), **shape}
        else:
            given = {"text": one}
        if isinstance(given.get("text"), dict):
            given = {**given, "text": _town(given["text"])}
        if any(entry for entry in given.values()):
            node = make_place(sheet, field + ".", given)
            found += [node] if node else []
        else:
            sheet.refuse(field, one, ("un lieu", "a place"))
    return found


def _town(postal: Given) -> str:
    """A place as its postal address names it: the town, the region and the country."""
    said = [first(postal.get(part)) for part in _ADDRESS]
    named = [one.get("name") if isinstance(one, dict) else one for one in said]
    return ", ".join(one.strip() for one in named if isinstance(one, str) and one.strip())


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


def links(sheet: Sheet, field: str, value: object) -> list[str]:
    """Addresses of works, given as such or as nodes."""
    found = []
    for one in scalars(value):
        told = (one.get("@id") or one.get("url")) if isinstance(one, dict) else one
        found += iris(sheet, field, told if told is not None else one)
    return found
