"""What a page of a Hydra collection says: the next page, and how much the whole holds."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
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
_MARK: Final = 16


class Told(NamedTuple):
    """What a page says. `total` and `last` are looked for on the first and last pages alone.

    `given`: a mark for each thing that it gives, the same on whatever page a thing stands.
    """

    onward: str | None
    given: Sequence[str]
    total: int | None = None
    last: str | None = None


def survey(
    document: Document, source: Source, reading: Reading, limits: Limits, *, first: bool
) -> Told:
    """What a page says of itself and of its collection."""
    held = {one.iri for one in reading.records} | {*reading.listed}
    held |= {one.iri or f"_:{number}" for number, one in enumerate(reading.quarantined)}
    given = _mark(held, document)
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
    given = max(given, _mark(_find_given(triples), document), key=len)
    if not ends:
        return Told(onward, given)
    return Told(onward, given, *_describe_whole(triples, document))


def _find_given(triples: Iterable[Triple]) -> set[str]:
    """The things that a page gives, be they the members of a collection or those of DCAT."""
    members, things = set(), set()
    for s, p, o in triples:
        if p == term("hydra:member"):
            members.add(o)
        elif p in _LISTING:
            things.add(o)
        elif p == RDF_TYPE and o in _KINDS:
            things.add(s)
    return {iri(one) if is_iri(one) else one for one in max(things, members, key=len)}


def _mark(given: Iterable[str], document: Document) -> list[str]:
    """What the things of a page are told from those of the others by, short enough to keep."""
    # A blank node is its own page's.
    named = (f"{document.location} {one}" if one.startswith("_:") else one for one in given)
    return sorted(sha256(one.encode()).hexdigest()[:_MARK] for one in named)


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
