"""Rectangles and points on the earth, as a mapping says them."""

import re
from collections.abc import Sequence
from typing import Final

from red_catalog.harvesters.description import Description
from red_catalog.rdf.terms import make_literal

_WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def say_box(description: Description, bounds: Sequence[str], what: str) -> str | None:
    """The place between west, south, east and north, in degrees; told where it is none."""
    written = _read(description, bounds, what)
    if written is None:
        return None
    west, south, east, north = written
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    wkt = f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"
    node = description.node("dct:spatial", "dct:Location")
    description.add("dcat:bbox", make_literal(wkt, datatype=_WKT), node)
    return node


def say_point(description: Description, position: Sequence[str], what: str) -> str | None:
    """The place at so many degrees east and north; told where it is none."""
    if (written := _read(description, position, what)) is None:
        return None
    node = description.node("dct:spatial", "dct:Location")
    wkt = f"POINT({' '.join(written)})"
    description.add("dcat:centroid", make_literal(wkt, datatype=_WKT), node)
    return node


def _read(description: Description, given: Sequence[str], what: str) -> list[str] | None:
    """Degrees as numbers, from the least east and north to the most; None where they are none."""
    written = [one.strip().replace(",", ".") for one in given]
    first, last = written[:2], written[-2:]
    if all(map(_NUMBER.fullmatch, written)) and _is_on_earth(*map(float, (*first, *last))):
        return written
    description.tell("map-degrees", what=what, value=" ".join(written))
    return None


def _is_on_earth(west: float, south: float, east: float, north: float) -> bool:
    return -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
