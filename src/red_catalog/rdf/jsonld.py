"""Writing JSON-LD: flat, one object a subject, prefixes declared."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from red_catalog.model import Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.rdf.terms import XSD_STRING, iri, is_iri, is_literal, literal

CONTEXT: Final = "red-catalog-1.jsonld"
"""The name of the context that our own documents point at; another content needs another name."""

# What stands for a namespace that is another in each catalogue.
UNPUBLISHED: Final = frozenset({"red"})

Graph = tuple[str | None, Sequence[Triple]]
"""Statements and the name of their graph as a term, None for the default graph."""


def context() -> bytes:
    """Our context, as it is published."""
    return (Path(__file__).parent.parent / "vocab" / "contexts" / CONTEXT).read_bytes()


def write_graphs(graphs: Sequence[Graph], address: str) -> bytes:
    """The statements of several graphs as one document, whose context is at this address.

    What is said of a graph's name in the default graph stands beside the graph's content.
    """
    shortener = _Shortener([], UNPUBLISHED)
    document: dict[str, Any] = {"@context": address, "@graph": _graphs(graphs, shortener)}
    if shortener.clashes:
        # Somebody's IRI looks like a prefixed name: a context made for this document alone.
        shortener = _Shortener([triple for _, said in graphs for triple in said])
        nodes = _graphs(graphs, shortener)
        document = {"@context": dict(sorted(shortener.used.items())), "@graph": nodes}
    # Without line breaks the writer is four times as fast.
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Nodes:
    """Writes nodes for documents that point at our context.

    `clashes`: whether some IRI looked like a prefixed name, so that it needs another context.
    """

    def __init__(self) -> None:
        self._shortener = _Shortener([], UNPUBLISHED)

    @property
    def clashes(self) -> bool:
        """Whether what was written must not be used."""
        return self._shortener.clashes

    def write(self, statements: Iterable[Triple]) -> bytes:
        """The nodes of these statements on one line, commas between them."""
        nodes = _nodes(statements, self._shortener, {})
        whole = json.dumps(list(nodes.values()), ensure_ascii=False, separators=(",", ":"))
        return whole[1:-1].encode()


def _graphs(graphs: Sequence[Graph], shortener: "_Shortener") -> list[dict[str, Any]]:
    default: dict[str, dict[str, Any]] = {}
    for name, said in graphs:
        if name is None:
            _nodes(said, shortener, default)
    for name, said in graphs:
        if name is not None:
            node = default.setdefault(name, {"@id": shortener.identify(name)})
            node["@graph"] = list(_nodes(said, shortener, {}).values())
    return list(default.values())


def write(statements: Iterable[Triple]) -> bytes:
    """The statements as one JSON-LD document, in their order."""
    every = list(statements)
    shortener = _Shortener(every)
    nodes = _nodes(every, shortener, {})
    used = _line(dict(sorted(shortener.used.items())))
    # A line a node: people find their way; the writer that indents takes more than twice as long.
    lines = ",\n".join(_line(node) for node in nodes.values())
    return f'{{"@context": {used},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _nodes(
    statements: Iterable[Triple], shortener: "_Shortener", nodes: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Adds the statements to the objects of their subjects."""
    for subject, predicate, value in statements:
        node = nodes.setdefault(subject, {"@id": shortener.identify(subject)})
        if predicate == RDF_TYPE and not is_literal(value):
            node.setdefault("@type", []).append(shortener.identify(value))
        else:
            written = shortener.values.get(value)
            if written is None:
                written = shortener.values[value] = _value(value, shortener)
            node.setdefault(shortener.shorten(predicate), []).append(written)
    return nodes


def _value(term: str, shortener: "_Shortener") -> dict[str, str]:
    if not is_literal(term):
        return {"@id": shortener.identify(term)}
    text, language, datatype = literal(term)
    if language:
        tag, _, direction = language.partition("--")
        return {"@value": text, "@language": tag} | ({"@direction": direction} if direction else {})
    if datatype == XSD_STRING:
        return {"@value": text}
    return {"@value": text, "@type": shortener.shorten(f"<{datatype}>")}


@lru_cache(64)
def _declared(without: frozenset[str]) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The prefix of each namespace, as a term of it begins, and what finds a term's namespace."""
    declared = [(f"<{ns}", name) for name, ns in PREFIXES.items() if name not in without]
    # The longest first: one namespace may begin with another.
    declared.sort(key=lambda one: -len(one[0]))
    starts = "|".join(re.escape(start) for start, _ in declared)
    return dict(declared), re.compile(starts or "(?!)")


def _named(term: str) -> str:
    """The IRI in a term: itself, or the datatype of a literal."""
    if not is_literal(term):
        return term
    return term.rpartition('"^^')[2] if term.endswith(">") else ""


class _Shortener:
    """Prefixed names for IRIs, with the prefixes that were of use."""

    def __init__(self, statements: list[Triple], without: frozenset[str] = frozenset()) -> None:
        # `time:x` or `org:x` may be a whole IRI of somebody's: that prefix must not be declared.
        taken = {_named(t)[1:].split(":", 1)[0] for s in statements for t in s}
        undeclared = frozenset(PREFIXES.keys() & (taken | without))
        self._names, self._starts = _declared(undeclared)
        self.values: dict[str, dict[str, str]] = {}
        self._known: dict[str, str] = {}
        self.used: dict[str, str] = {}
        self.clashes = False

    def shorten(self, term: str) -> str:
        """A prefixed name where one fits, else the IRI."""
        short = self._known.get(term)
        if short is None:
            short = self._known[term] = self._shorten(term)
        return short

    def identify(self, term: str) -> str:
        """What `@id` says: an IRI in short or in full, or a blank node's label."""
        return self.shorten(term) if is_iri(term) else term

    def _shorten(self, term: str) -> str:
        found = self._starts.match(term)
        local = term[found.end() : -1] if found else ""
        if found and local and not local.startswith("//"):
            name = self._names[found[0]]
            self.used[name] = PREFIXES[name]
            return f"{name}:{iri(f'<{local}>')}"
        whole = iri(term)
        self.clashes = self.clashes or whole.partition(":")[0] in PREFIXES
        return whole
