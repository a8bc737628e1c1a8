"""The places and times of an ISO 19139 record."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from red_catalog.harvesters.boxes import say_box
from red_catalog.harvesters.description import Description, web_identifier
from red_catalog.harvesters.iso19139_record import Record, phrase
from red_catalog.harvesters.xmltree import attribute, descend, find, find_all, text
from red_catalog.namespaces import term
from red_catalog.rdf.terms import make_iri


def say_extents(description: Description, record: Record) -> None:
    """Boxes, places by name, and the time that the data cover."""
    for extent in find_all(record.named, "extent/EX_Extent"):
        for box in descend(extent, "EX_GeographicBoundingBox"):
            _box(description, box)
        for place in descend(extent, "EX_GeographicDescription"):
            _place(description, record, find(place, "geographicIdentifier/*/code"))
        for time in descend(extent, "EX_TemporalExtent"):
            description.period(*_span(time), "EX_TemporalExtent")


def _place(description: Description, record: Record, code: Element | None) -> None:
    """A place by its address (that of a NUTS region, say), else by its name."""
    anchor = find(code, "Anchor") if code is not None else None
    address = attribute(anchor, "href") if anchor is not None else ""
    if not (web_identifier(address) or "").startswith("http"):
        description.place(phrase(code), record.language, phrase(code))
        return
    description.add("dct:spatial", make_iri(address))
    description.add("rdf:type", term("dct:Location"), make_iri(address))
    description.say("skos:prefLabel", phrase(code), record.language, make_iri(address))


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
    bounds = [text(find(box, name)) for name in names]
    say_box(description, bounds, "EX_GeographicBoundingBox")
