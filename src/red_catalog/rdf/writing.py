"""Canonical N-Triples into the syntaxes that people and catalogues ask for."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

import pyoxigraph as ox

from red_catalog.model import Triple
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf import jsonld, xmlsafe
from red_catalog.rdf.terms import make_iri

# pyoxigraph writes the declarations in an order that changes from run to run.
_PREFIX_LINES: Final = re.compile(rb"\A(?:@prefix .*\n)+")

Syntax = Literal["ttl", "jsonld", "rdf", "nt"]
SYNTAXES: Final[tuple[Syntax, ...]] = ("ttl", "jsonld", "rdf", "nt")
_STARTS: Final = [(name, ns, f"<{ns}".encode()) for name, ns in PREFIXES.items()]


def triples(canonical: bytes) -> list[Triple]:
    """The statements of canonical N-Triples."""
    # Not splitlines: a literal may hold U+0085 or U+2028 as they are.
    lines = canonical.decode().split("\n")
    return [(*line[:-2].split(" ", 2),) for line in lines if line]  # type: ignore[misc]


def nquads(ntriples: bytes, graph: str) -> bytes:
    """The same statements, each in the named graph of this IRI."""
    return ntriples.replace(b" .\n", f" {make_iri(graph)} .\n".encode())


def serialise(ntriples: bytes, syntax: Syntax) -> bytes:
    """The statements in another syntax; the same statements always give the same bytes.

    RDF/XML cannot hold control characters, nor predicates that end in no XML name: the
    former become U+FFFD, the latter are left out and named in a comment.
    """
    return _write(order(ntriples), syntax, {})


def serialise_all(ntriples: bytes) -> Iterator[tuple[Syntax, bytes]]:
    """The statements in every syntax, as `serialise` writes each."""
    ordered = order(ntriples)
    used = _used(ordered)
    for syntax in SYNTAXES:
        yield syntax, _write(ordered, syntax, used)


def _write(ordered: bytes, syntax: Syntax, used: Mapping[str, str]) -> bytes:
    if syntax == "nt":
        return ordered
    if syntax == "jsonld":
        return jsonld.write(triples(ordered))
    prefixes = dict(used or _used(ordered))
    if syntax == "rdf":
        return xmlsafe.write(ordered, prefixes)
    return _PREFIX_LINES.sub(_sort_lines, _turtle(ordered, prefixes), count=1)


def turtle_body(ordered: bytes, prefixes: Mapping[str, str]) -> bytes:
    """The statements as Turtle, without the declarations of the prefixes."""
    return _PREFIX_LINES.sub(b"", _turtle(ordered, prefixes), count=1)


def _turtle(ordered: bytes, prefixes: Mapping[str, str]) -> bytes:
    statements = (quad.triple for quad in _parse(ordered))
    written = ox.serialize(statements, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    assert written is not None
    return written


def order(ntriples: bytes) -> bytes:
    """The statements in the order in which they are written, each of them once."""
    lines = sorted({line for line in ntriples.split(b"\n") if line})
    return b"".join(line + b"\n" for line in lines)


def _sort_lines(match: re.Match[bytes]) -> bytes:
    return b"".join(sorted(match[0].splitlines(keepends=True)))


def _parse(ntriples: bytes) -> ox.QuadParser:
    return ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True)


def _used(ntriples: bytes) -> dict[str, str]:
    return {name: ns for name, ns, start in _STARTS if start in ntriples}
