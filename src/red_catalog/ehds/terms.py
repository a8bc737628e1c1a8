"""Our own small vocabulary: what HealthDCAT-AP has no property for.

Every catalogue publishes it under its own base IRI, so a term is known by its end, `…/ns/red#`
and its name, whatever the host. In here, and in what a spreadsheet is converted to, it lies in
the namespace `red:`, which leads nowhere. That of the catalogue takes its place, and the place of
any other catalogue's, when published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Text, Triple
from red_catalog.namespaces import PREFIXES, term
from red_catalog.rdf.terms import iri, is_literal, literal, make_iri

NAMESPACE: Final = PREFIXES["red"]
PURPOSES: Final = f"{NAMESPACE}Purpose"
PROTECTIONS: Final = f"{NAMESPACE}Protection"
# How the namespace ends in every catalogue.
MARK: Final = "/ns/red#"
PATH: Final = "ns/red"
_FILE: Final = Path(__file__).with_name("red.ttl")
# What a catalogue says by itself: of another's, it is not ours.
_ITS_OWN: Final = frozenset(
    f"{NAMESPACE}{name}"
    for name in (
        "appliesFrom", "appliesInPartFrom", "dutyCondition", "attested", "attestedVersion",
        "checkDue",
    )
)  # fmt: skip
_LABEL: Final = frozenset({term("skos:prefLabel"), term("dct:title")})
_COMMENT: Final = frozenset({term("rdfs:comment")})


@dataclass(frozen=True, slots=True)
class Term:
    """A property or a code: `article` and `range` are empty for codes; `scheme` for properties."""

    name: str
    label: Text
    comment: Text | None
    article: str = ""
    range: str = ""
    scheme: str = ""
    code: str = ""


def own(address: str) -> str:
    """The IRI that this software knows a term of ours by; any other IRI itself."""
    head, mark, name = address.rpartition(MARK)
    return f"{NAMESPACE}{name}" if mark and head.startswith("http") else address


def own_term(node: str) -> str:
    """The same for N-Triples terms."""
    return make_iri(own(iri(node))) if MARK in node and node.startswith("<") else node


def localise(ntriples: bytes, base_iri: str) -> bytes:
    """The statements with our terms in the namespace of the catalogue of this base IRI.

    What holders say in known terms of other catalogues, which this one harvests, is said in ours,
    too. The lines of canonical statements are sorted and different again.
    """
    if MARK.encode() not in ntriples:
        return ntriples
    lines = {_localise(one, f"{base_iri}{PATH}#") for one in ntriples.split(b"\n") if one}
    return b"".join(one + b"\n" for one in sorted(lines))


def _localise(line: bytes, namespace: str) -> bytes:
    if MARK.encode() not in line:
        return line
    nodes = (_move(node, namespace) for node in line.decode().removesuffix(" .").split(" ", 2))
    return f"{' '.join(nodes)} .".encode()


def _move(node: str, namespace: str) -> str:
    # A literal may quote a term, and stays as it is.
    if MARK not in node or not node.startswith("<"):
        return node
    address = own(iri(node))
    known = address in _terms() and address not in _ITS_OWN
    if known or iri(node).startswith(NAMESPACE):
        return make_iri(namespace + address.removeprefix(NAMESPACE))
    return node


def labels(address: str) -> Text | None:
    """What people call a term of ours, None for anything else."""
    found = _terms().get(own(address)) if MARK in address else None
    return found.label if found else None


def properties() -> tuple[Term, ...]:
    """The properties, in the order of the file."""
    return tuple(t for t in _terms().values() if t.range)


def codes(scheme: str) -> tuple[Term, ...]:
    """The codes of a list, in the order of the file; none of an unknown list."""
    return tuple(t for t in _terms().values() if t.scheme == scheme)


def turtle(base_iri: str) -> bytes:
    """The vocabulary as this catalogue publishes it."""
    stand_in = NAMESPACE.removesuffix("#")
    return _FILE.read_bytes().replace(stand_in.encode(), f"{base_iri}{PATH}".encode())


def triples(base_iri: str) -> Iterator[Triple]:
    """Its statements, sorted, for whoever queries the catalogue."""
    yield from sorted(vocabulary.read(turtle(base_iri).decode()))


@cache
def _terms() -> dict[str, Term]:
    said: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in vocabulary.read(_FILE.read_text("utf-8")):
        said.setdefault(iri(subject), {}).setdefault(predicate, []).append(value)
    return {
        address: _term(address, about)
        for address, about in said.items()
        if address.startswith(NAMESPACE)
    }


def _term(address: str, about: dict[str, list[str]]) -> Term:
    def one(name: str) -> str:
        found = about.get(term(name), [""])[0]
        return literal(found)[0] if is_literal(found) else iri(found) if found else ""

    label = _texts(about, _LABEL)
    assert label, address
    return Term(
        address.removeprefix(NAMESPACE),
        label,
        _texts(about, _COMMENT),
        one("dct:source"),
        one("rdfs:range"),
        one("skos:inScheme"),
        one("skos:notation"),
    )


def _texts(about: dict[str, list[str]], names: frozenset[str]) -> Text | None:
    found = {
        language: text
        for name in names
        for text, language, _ in map(literal, about.get(name, ()))
        if language
    }
    return found or None
