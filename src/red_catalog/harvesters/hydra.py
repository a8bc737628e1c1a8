"""What a page of a Hydra collection says: the next page, and how much the whole holds."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from red_catalog.model import Document, Reading, Source, Triple
from red_catalog.namespaces import DATASET, RDF_TYPE, term
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read_graphs
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal

_LAST: Final = {term("hydra:last"), term("hydra:lastPage")}
_FIRST: Final = {term("hydra:first"), term("hydra:firstPage")}
_PAGING: Final = _LAST | _FIRST | {
    term(f"hydra:{name}")
    for name in ("next", "nextPage", "previous", "previousPage", "view",
                 "itemsPerPage")
}  # fmt: skip
_LISTING: Final = {term(f"dcat:{name}") for name in ("dataset", "service", "catalog")}
_KINDS: Final = {DATASET, term("dcat:DataService"), term("dcat:DatasetSeries")}
# A collection may hold other things than datasets, or say which its members are.
_OTHERS: Final = (b"member", b"DataService", b"DatasetSeries")
_BIGGEST: Final = 12


class Told(NamedTuple):
    """What a page says. `total` and `last` are looked for on the first and last pages alone."""

    onward: str | None
    given: int
    total: int | None = None
    last: str | None = None


def survey(
    document: Document, source: Source, reading: Reading, limits: Limits, *, first: bool
) -> Told:
    """What a page says of itself and of its collection."""
    held = [one.iri for one in reading.records] + [one.iri for one in reading.quarantined]
    given = max(len(held), len({*held, *reading.listed}))
    content, onward = document.content, reading.next_page
    ends = first or onward is None
    counted = b"totalItems" in content
    if not (ends and (counted or b"last" in content)) and not (
        counted and any(word in content for word in _OTHERS)
    ):
        return Told(onward, given)
    graphs = read_graphs(document, source, limits)
    if not isinstance(graphs, Mapping):
        return Told(onward, given)
    triples = [triple for said in graphs.values() for triple in said]
    given = max(given, _count(triples))
    if not ends:
        return Told(onward, given)
    return Told(onward, given, *_describe_whole(triples, document))


def _count(triples: Iterable[Triple]) -> int:
    """How many things a page gives, be they the members of a collection or those of DCAT."""
    members, things = set(), set()
    for s, p, o in triples:
        if p == term("hydra:member"):
            members.add(o)
        elif p in _LISTING:
            things.add(o)
        elif p == RDF_TYPE and o in _KINDS:
            things.add(s)
    return max(len(members), len(things))


def _describe_whole(triples: list[Triple], document: Document) -> tuple[int | None, str | None]:
    """How many items the collection has, and its last page where that is another one."""
    here = urlsplit(document.base or document.location).path
    own = {s for s, p, _ in triples if p in _PAGING or (is_iri(s) and _path(s) == here)}
    totals = {_number(o) for s, p, o in triples if p == term("hydra:totalItems") and s in own}
    ends = {(s, o) for s, p, o in triples if p in _LAST}
    last = {_address(o) for _, o in ends}
    last -= {_address(o) for _, p, o in triples if p in _FIRST}
    arrived = any(_address(s) == _address(o) for s, o in ends)
    return (
        totals.pop() if len(totals) == 1 else None,
        last.pop() if len(last) == 1 and not arrived else None,
    )


def _path(subject: str) -> str:
    try:
        return urlsplit(iri(subject)).path
    except ValueError:
        return ""


def _address(written: str) -> str:
    if is_literal(written):
        return literal(written)[0].strip()
    return iri(written) if is_iri(written) else ""


def _number(written: str) -> int | None:
    digits = literal(written)[0].strip() if is_literal(written) else ""
    plain = digits.isascii() and digits.isdecimal() and len(digits) < _BIGGEST
    return int(digits) if plain else None
