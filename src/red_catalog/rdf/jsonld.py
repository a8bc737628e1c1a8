"""Writing JSON-LD: flat, one object a subject, prefixes declared."""

import json
from collections.abc import Iterable
from typing import Any, Final

from red_catalog.model import Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.rdf.terms import XSD_STRING, iri, is_iri, is_literal, literal


def write(statements: Iterable[Triple]) -> bytes:
    """The statements as one JSON-LD document, in their order."""
    every = list(statements)
    shortener = _Shortener(every)
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, value in every:
        node = nodes.setdefault(subject, {"@id": shortener.identify(subject)})
        if predicate == RDF_TYPE and not is_literal(value):
            node.setdefault("@type", []).append(shortener.identify(value))
        else:
            node.setdefault(shortener.shorten(predicate), []).append(_value(value, shortener))
    document = {"@context": dict(sorted(shortener.used.items())), "@graph": list(nodes.values())}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


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


class _Shortener:
    """Prefixed names for IRIs, with the prefixes that were of use."""

    def __init__(self, statements: list[Triple]) -> None:
        # `time:x` or `org:x` may be a whole IRI of somebody's: that prefix must not be declared.
        taken = {t[1:].split(":", 1)[0] for s in statements for t in s if is_iri(t)}
        declared = [(f"<{ns}", name) for name, ns in PREFIXES.items() if name not in taken]
        self._declared: Final = sorted(declared, key=lambda one: -len(one[0]))
        self._known: dict[str, str] = {}
        self.used: dict[str, str] = {}

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
        for start, name in self._declared:
            local = term[len(start) : -1]
            if term.startswith(start) and local and not local.startswith("//"):
                self.used[name] = PREFIXES[name]
                return f"{name}:{iri(f'<{local}>')}"
        return iri(term)
