"""Rectangles on the earth, as a mapping says them."""

import re
from collections.abc import Sequence
from typing import Final

from red_catalog.harvesters.description import Description
from red_catalog.rdf.terms import make_literal

_WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def say_box(description: Description, bounds: Sequence[str], what: str) -> str | None:
    """The place between west, south, east and north, in degrees; told where it is none."""
    written = [one.strip().replace(",", ".") for one in bounds]
    west, south, east, north = written
    if not all(map(_NUMBER.fullmatch, written)) or not _is_on_earth(*map(float, written)):
        description.tell("map-number", what=what, value=" ".join(written))
        return None
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    wkt = f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"
    node = description.node("dct:spatial", "dct:Location")
    description.add("dcat:bbox", make_literal(wkt, datatype=_WKT), node)
    return node


def _is_on_earth(west: float, south: float, east: float, north: float) -> bool:
    return -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
