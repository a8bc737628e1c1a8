"""`red:search(?dataset, "words")` in SPARQL: the search of the site, within a query.

A filter that is such a call and nothing else becomes a VALUES block of what was found, from
which the engine starts; elsewhere in an expression, and of a variable that may be unbound, the
call is answered row by row, which is slower than CONTAINS.
"""

import re
import sqlite3
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from red_catalog.store.groups import Groups
from red_catalog.store.searching import match
from red_catalog.store.strings import Strings

NAMESPACE: Final = "https://red-catalog.org/ns#"
SEARCH: Final = f"{NAMESPACE}search"
PREFIXES: Final = {"red": NAMESPACE}
MOST: Final = 20_000  # datasets in a VALUES block; beyond, to read it costs more than it spares
_CALL: Final = re.compile(
    rf"FILTER\s*+(\(?)\s*+(?:red:search|<{re.escape(SEARCH)}>)\s*"
    r"\(\s*([?$]\w+)\s*,\s*(\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')(?:@[\w-]+)?\s*\)\s*(\)?)",
    re.IGNORECASE,
)
_SAFE: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]*")
_OTHER: Final = re.compile(r"[^\"'#fF<]+|<[^<>\s\"{}|^`\\]*>|.", re.DOTALL)
_DECLARED: Final = re.compile(r"PREFIX\s+red:\s*<([^>]*)>", re.IGNORECASE)
Function = Callable[..., Literal | None]


class TextSearch:
    """The words of one release's datasets."""

    def __init__(self, index: Path) -> None:
        # Opened once: it stays readable when its release is removed.
        # Whatever thread collects this closes it.
        self._db = sqlite3.connect(
            f"file:{index}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        weakref.finalize(self, self._db.close)
        self.find = lru_cache(16)(self._find)

    def functions(self) -> Mapping[NamedNode, Function]:
        """What the engine is to call."""
        return {NamedNode(SEARCH): self._has}

    def expand(self, query: str) -> str:
        """The query with its filters that are a search as VALUES."""
        if "search" not in query.lower() or set(_DECLARED.findall(query)) - {NAMESPACE}:
            return query
        strings, groups, at, written = Strings(query), Groups(query), 0, []
        while at < len(query):
            end = strings.end(at)
            call = None if end else _CALL.match(query, at)
            found = self._values(call, groups) if call else None
            if found is not None and call:
                written.append(found)
                end = call.end()
            after = end or _OTHER.match(query, at).end()  # type: ignore[union-attr]
            if found is None:
                written.append(query[at:after])
            at = after
        return "".join(written)

    def _values(self, call: re.Match[str], groups: Groups) -> str | None:
        opened, variable, quoted, closed = call.groups()
        if not groups.binds(variable, call.start(), call.end()):
            return None  # VALUES would bind what the filter asks about
        found = self.find(_read(quoted)) if bool(opened) == bool(closed) else None
        if found is None or len(found) > MOST:
            return None
        listed = " ".join(f"<{iri}>" for iri in sorted(found) if _SAFE.fullmatch(iri))
        return f" VALUES {variable} {{ {listed} }} "

    def _find(self, words: str) -> frozenset[str]:
        """The IRIs of the datasets with all the words; none for no words."""
        numbers = match(self._db, words) or ()
        found = (
            self._db.execute("SELECT iri FROM dataset WHERE id = ?", (n,)).fetchone()
            for n in numbers
        )
        return frozenset(iri for (iri,) in found)

    def _has(self, *given: Any) -> Literal | None:
        with suppress(ValueError):
            subject, words = given
            if isinstance(words, Literal):
                return Literal(subject.value in self.find(words.value))
        return None  # an error, in the words of SPARQL


def _read(quoted: str) -> str:
    line = f"<urn:x:s> <urn:x:p> {quoted} ."
    found = next(iter(parse(line, RdfFormat.TURTLE))).object
    assert isinstance(found, Literal)
    return found.value
