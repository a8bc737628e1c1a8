"""Periods by the dates of their ends, which DCAT has of its own and OWL-Time gives by instants."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.rdf.terms import is_literal

Said = Mapping[str, Sequence[str]]
Nodes = Mapping[str, Said]

_STARTS: Final = (term("dcat:startDate"), term("time:hasBeginning"))
_ENDS: Final = (term("dcat:endDate"), term("time:hasEnd"))
_DATES: Final = frozenset(
    term(f"time:inXSD{kind}")
    for kind in ("Date", "DateTime", "DateTimeStamp", "gYear", "gYearMonth")
)
PROPERTIES: Final = _DATES.union(_STARTS, _ENDS)
"""The properties (terms) that tell the ends of periods."""


def ends(nodes: Nodes, period: str) -> tuple[str | None, str | None]:
    """The literals of its start and of its end, each None where it is not known."""
    said = nodes.get(period, {})
    start, end = (next(_dates(nodes, said, names), None) for names in (_STARTS, _ENDS))
    return start, end


def bare(nodes: Nodes, period: str) -> set[tuple[str, str]] | None:
    """The statements (subject, predicate) of a period that tells one date an end, and no more.

    None where it tells more, or nothing.
    """
    said = nodes.get(period, {})
    if not said.keys() - {RDF_TYPE} or not said.keys() <= {RDF_TYPE, *_STARTS, *_ENDS}:
        return None
    told = {(period, name) for name in said}
    for names in (_STARTS, _ENDS):
        if len(set(_dates(nodes, said, names))) > 1:
            return None
        for instant in (one for name in names for one in said.get(name, ())):
            if not is_literal(instant):
                about = nodes.get(instant, {})
                if len(about.keys() - {RDF_TYPE}) != 1 or not set(_of(about)):
                    return None
                told.update((instant, name) for name in about)
    return told


def _dates(nodes: Nodes, said: Said, names: Sequence[str]) -> Iterator[str]:
    for one in (one for name in names for one in said.get(name, ())):
        if is_literal(one):
            yield one
        else:
            yield from _of(nodes.get(one, {}))


def _of(instant: Said) -> Iterator[str]:
    return (one for name in sorted(_DATES & instant.keys()) for one in instant[name]
            if is_literal(one))  # fmt: skip
