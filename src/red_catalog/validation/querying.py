"""What a query of installed shapes asks for: other servers, and regular expressions."""

import re
from collections.abc import Iterator
from typing import Final

import rdflib
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import expandUnicodeEscapes, parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

_OUTSIDE: Final = re.compile(r"(?<![:?$\w.-])(SERVICE|FROM|LOAD)(?![\w:.-])", re.IGNORECASE)
# What SPARQL reads as one token whatever stands in it: texts, IRIs and comments.
_CLOSED: Final = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*""" | "(?:[^"\\\n\r]|\\.)*" | <[^<>"{}|^`\\\x00-\x20]*>'''
    r"""| '''(?:[^'\\]|\\.|'{1,2}(?!'))*''' | '(?:[^'\\\n\r]|\\.)*' | \#[^\n\r]*""",
    re.VERBOSE | re.DOTALL,
)
_MATCHING: Final = frozenset({"Builtin_REGEX", "Builtin_REPLACE"})


def outside(query: str) -> str | None:
    """The word of a query that would have it reach the network, None where there is none.

    Raises ValueError for an escape of no character.
    """
    # Expanded by the very function that will read it: another could see another word.
    match = _OUTSIDE.search(_CLOSED.sub(" ", expandUnicodeEscapes(query)))
    return match[1].upper() if match else None


def patterns(query: str) -> Iterator[str | None]:
    """The regular expressions of a query; None for one that is computed when it runs."""
    try:
        waiting: list[object] = [parseQuery(query)]
    except Exception:  # noqa: BLE001 - whatever rdflib raises: it is told when the query is run
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, CompValue):
            if one.name in _MATCHING:
                yield _text(dict.get(one, "pattern"))
            waiting += dict.values(one)
        elif isinstance(one, ParseResults | list):
            waiting += list(one)


def _text(pattern: object) -> str | None:
    """What a lone literal says, however deep the grammar wraps it."""
    while isinstance(pattern, CompValue):
        if pattern.name == "literal":
            said = dict.get(pattern, "string")
            return str(said) if isinstance(said, rdflib.Literal) else None
        inner = [v for v in dict.values(pattern) if v is not None]
        if len(inner) != 1 or not pattern.name.endswith("Expression"):
            return None
        pattern = inner[0]
    return None
