"""Prefixes that a JSON-LD document uses and no context of it declares."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from red_catalog.rdf.prefixes import WELL_KNOWN
from red_catalog.rdf.trouble import Trouble


class Undeclared:
    """Gathers the well-known prefixes of keys and types, and what contexts declare."""

    def __init__(self) -> None:
        self._used: dict[str, None] = {}
        self._declared: set[str] = set()
        self._is_meant = False
        self._bare: str | None = None

    def look(self, node: Mapping[str, Any]) -> None:
        """Takes the keys and the types of an object."""
        types = node.get("@type")
        for name in (*node, *(types if isinstance(types, list) else [types])):
            self._use(name)
        if self._bare is None:
            self._bare = next((key for key in node if key[:1] != "@" and ":" not in key), None)

    def declare(self, context: Any) -> None:
        """Takes what a context says that names stand for."""
        self._is_meant = True
        if isinstance(context, dict):
            self._declared.update(context)
            for meant in context.values():
                self._use(meant.get("@id") if isinstance(meant, dict) else meant)

    @property
    def meaningless(self) -> str | None:
        """A key that says nothing, of a document in which no context or whole name does."""
        return None if self._is_meant else self._bare

    def _use(self, name: Any) -> None:
        if isinstance(name, str):
            prefix, colon, local = name.partition(":")
            self._is_meant = self._is_meant or bool(colon)
            if colon and prefix in WELL_KNOWN and not local.startswith("//"):
                self._used[prefix] = None

    def found(self) -> dict[str, str]:
        """The namespace of each prefix that is used and not declared."""
        return {name: WELL_KNOWN[name] for name in self._used if name not in self._declared}


def declare(document: Any, prefixes: Mapping[str, str]) -> dict[str, Any]:
    """The document with a context that declares these prefixes before its own."""
    if not isinstance(document, dict):
        return {"@context": prefixes, "@graph": document}
    own = document.get("@context", [])
    return document | {"@context": [prefixes, *(own if isinstance(own, list) else [own])]}


def in_force(contexts: Sequence[Any]) -> list[Any]:
    """The contexts that no null behind them takes back."""
    return [*takewhile(lambda one: one is not None, reversed(contexts))][::-1]


def tell(prefixes: Mapping[str, str], content: bytes) -> Iterator[Trouble]:
    """What is told of these prefixes, with the line of the document that first has each."""
    for prefix, namespace in prefixes.items():
        at = content.find(f'"{prefix}:'.encode())
        line = content.count(b"\n", 0, at) + 1 if at >= 0 else None
        details = {"prefix": prefix, "namespace": namespace}
        yield Trouble("prefix-in-context", line, None, None, details)
