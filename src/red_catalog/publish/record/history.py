"""What changed from one version of a description to the next, in words of the properties."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from red_catalog.namespaces import RDF_TYPE
from red_catalog.publish.record.graph import Graph, Thing, Value, Words, words
from red_catalog.rdf.terms import iri, is_blank, is_iri, is_literal, literal, make_iri
from red_catalog.rdf.writing import triples

# So many versions, changes of one and values of a change are told.
VERSIONS: Final = 10
CHANGES: Final = 30
VALUES: Final = 6
_DEEPEST: Final = 6
_CONTEXT: Final = 60  # characters before the first difference of two long texts
_NAMES: Final = ("dct:title", "foaf:name", "csvw:name", "vcard:fn", "skos:prefLabel")

# Where a value stands: the properties (IRIs) that lead to it, and the address of each thing
# on the way that has one; `@` and the language of a text.
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A version that the register keeps: number from 1, when it came, its exact statements."""

    number: int
    recorded: datetime
    canonical: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A property whose values changed: the properties that lead to it, of which thing."""

    path: tuple[str, ...]
    about: Thing | None
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """A version and what it changed; `changes` None for the first one that is known."""

    number: int
    recorded: datetime
    changes: tuple[Change, ...] | None
    more: int = 0


def history(address: str, pasts: Sequence[Past]) -> tuple[Version, ...]:
    """The versions of a dataset, the latest first, each against the one before it."""
    found = []
    for number, past in enumerate(pasts):
        if number == 0:
            found.append(Version(past.number, past.recorded, None))
            continue
        changes = compare(address, pasts[number - 1].canonical, past.canonical)
        kept, more = tuple(changes[:CHANGES]), max(len(changes) - CHANGES, 0)
        found.append(Version(past.number, past.recorded, kept, more))
    return tuple(reversed(found[-VERSIONS:]))


def compare(address: str, before: bytes, after: bytes) -> list[Change]:
    """The properties whose values differ between two descriptions, in a steady order."""
    me = make_iri(address)
    # Words such as labels of things are read from whichever version has them.
    old, new = (Graph(me, triples(one)) for one in (before, after))
    was, now = (_values(one, me) for one in (old, new))
    changes = []
    for place in sorted(was.keys() | now.keys()):
        gone = [v for v in was.get(place, ()) if v not in now.get(place, ())]
        came = [v for v in now.get(place, ()) if v not in was.get(place, ())]
        if gone or came:
            changes.append(_change(place, (old, gone), (new, came)))
    return changes


def _change(place: Place, gone: tuple[Graph, list[str]], came: tuple[Graph, list[str]]) -> Change:
    (old, removed), (new, added) = gone, came
    things = [one for one in place if one.startswith("<")]
    about = None
    if things:
        names = _names(new, things[-1]) or _names(old, things[-1])
        about = Thing(iri(things[-1]), None, names) if names else None
    more = max(len(removed) - VALUES, 0) + max(len(added) - VALUES, 0)
    before = tuple(_shown(old, one) for one in removed[:VALUES])
    after = tuple(_shown(new, one) for one in added[:VALUES])
    path = tuple(one for one in place if one[0] not in "<@")
    return Change(path, about, *_trimmed(before, after), more)


def _trimmed(
    before: tuple[Value, ...], after: tuple[Value, ...]
) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """A text and what became of it without the long beginning that they share."""
    if len(before) != 1 or len(after) != 1:
        return before, after
    old, new = before[0], after[0]
    if not (isinstance(old, Words) and isinstance(new, Words)):
        return before, after
    pairs = enumerate(zip(old.text, new.text, strict=False))
    # One may be the beginning of the other.
    shortest = min(len(old.text), len(new.text))
    shared = next((n for n, (a, b) in pairs if a != b), shortest) - _CONTEXT
    if shared < _CONTEXT:
        return before, after
    return (
        (replace(old, text=f"…{old.text[shared:]}"),),
        (replace(new, text=f"…{new.text[shared:]}"),),
    )


def _values(graph: Graph, me: str) -> Mapping[Place, list[str]]:
    """The values at each place of a description; a thing without address is what it says."""
    found: dict[Place, list[str]] = {}
    for place, value in _walk(graph, me, (), frozenset({me})):
        found.setdefault(place, []).append(value)
    return {place: sorted(set(values)) for place, values in found.items()}


def _walk(
    graph: Graph, node: str, place: Place, seen: frozenset[str]
) -> Iterator[tuple[Place, str]]:
    for predicate, values in graph.nodes.get(node, {}).items():
        if predicate == RDF_TYPE:
            continue
        here = (*place, iri(predicate))
        for value in values:
            inside = value in graph.nodes and value not in seen and len(seen) <= _DEEPEST
            if not is_blank(value):
                # Each language by itself: a title and its translation change apart.
                tongue = literal(value)[1] if is_literal(value) else None
                yield (*here, f"@{tongue}") if tongue else here, value
            if inside:
                deeper = (*here, value) if is_iri(value) else here
                yield from _walk(graph, value, deeper, seen | {value})


def _shown(graph: Graph, one: str) -> Value:
    """A value by its name alone."""
    if is_literal(one):
        return words(one)
    bare = Graph(graph.main, ())
    found = bare.value(one)
    assert isinstance(found, Thing)
    return Thing(found.iri, found.label, _names(graph, one))


def _names(graph: Graph, one: str) -> tuple[Words, ...]:
    for name in _NAMES:
        found: Iterable[str] = graph.objects(one, name)
        literals = tuple(words(o) for o in found if is_literal(o))
        if literals:
            return literals
    return ()
