"""The places and times of an ISO 19139 record."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.iso19139_record import Record, phrase
from red_catalog.harvesters.xmltree import descend, find, find_all, text
from red_catalog.rdf.terms import make_literal

_WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def say_extents(description: Description, record: Record) -> None:
    """Boxes, places by name, and the time that the data cover."""
    for extent in find_all(record.named, "extent/EX_Extent"):
        for box in descend(extent, "EX_GeographicBoundingBox"):
            _box(description, box)
        for place in descend(extent, "EX_GeographicDescription"):
            code = phrase(find(place, "geographicIdentifier/*/code"))
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
    west, south, east, north = written
    if not all(map(_NUMBER.fullmatch, written)) or not _is_on_earth(*map(float, written)):
        description.tell("map-number", what="EX_GeographicBoundingBox", value=" ".join(written))
        return
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    wkt = f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"
    node = description.node("dct:spatial", "dct:Location")
    description.add("dcat:bbox", make_literal(wkt, datatype=_WKT), node)


def _is_on_earth(west: float, south: float, east: float, north: float) -> bool:
    return -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
