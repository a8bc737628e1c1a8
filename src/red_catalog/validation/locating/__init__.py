"""Where a statement stands in the document as it was submitted.

A tolerant search, not a parser: what it is not sure of has no line, since a wrong line is
worse than none.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from xml.parsers import expat

from red_catalog.validation.locating.jsonld import JsonLines
from red_catalog.validation.locating.lines import Lines, Statement, gather
from red_catalog.validation.locating.rdfxml import read_xml
from red_catalog.validation.locating.turtle import read_quads, read_trig, read_turtle

__all__ = ["JsonLines", "Lines", "locator"]

_LONGEST: Final = 5_000_000  # characters of a document worth the search
_READERS: Final[Mapping[str, Callable[[str], Iterable[Statement]]]] = {
    "ttl": read_turtle,
    "nt": read_turtle,
    "n3": read_turtle,
    "nq": read_quads,
    "trig": read_trig,
    "rdf": read_xml,
}


def locator(text: str, syntax: str) -> Lines | JsonLines:
    """What finds lines in a document of this syntax; none where it is too odd or too long."""
    if syntax == "jsonld":
        return JsonLines(text if len(text) <= _LONGEST else "")
    reader = _READERS.get(syntax)
    if reader is None or len(text) > _LONGEST:
        return Lines()
    try:
        return gather(reader(text))
    except (ValueError, IndexError, KeyError, expat.ExpatError, RecursionError):
        return Lines()
