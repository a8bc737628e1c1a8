"""What engines add to SPARQL 1.1, which must not reach a remote store.

In some stores a function named by an IRI fetches addresses, writes to them or runs SQL, and so does
a property of a scheme of their own. As in `query`, every reading of the text is followed: engines
do not agree on where a token begins, and this may see too much, never too little.
"""

import re
from typing import Final

from red_catalog.namespaces import PREFIXES
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sparql.query import LOCAL, PREFIXED, SIGN, places
from red_catalog.serve.sparql.statements import Statements
from red_catalog.store.strings import Strings

_IRI: Final = re.compile(r"<([^<>\s\"{}|^`]*)>")
_WHOLE: Final = re.compile(r"(?:https?|urn|mailto|tel|info|doi):", re.IGNORECASE)
_CAST: Final = re.compile(rf"(?<!{SIGN})(?<![?$@:\\%])xsd?:\Z")
_SIGN: Final = re.compile(SIGN)
_LONGEST: Final = 200
_REST: Final = re.compile(rf"{LOCAL}{{0,{_LONGEST}}}+")  # what other engines have in a name, too
_XSD: Final = PREFIXES["xsd"]
# Some engines read these before all else, so that they end strings and open brackets.
_ESCAPED: Final = re.compile(r"\\(?:u00|U000000)[0-7]")
_KEYWORD: Final = re.compile("FILTER|HAVING", re.IGNORECASE)  # needs no space after it
_SHOWN: Final = 60


def refuse_extensions(text: str) -> None:
    """Raises Refusal for functions and addresses that are not of SPARQL 1.1 and the web."""
    if _ESCAPED.search(text):
        raise Refusal(
            400,
            "Écrivez les lettres et les signes tels quels, non par \\u ni \\U.",
            "Write letters and signs as they are, not as \\u or \\U.",
        )
    strings, statements = Strings(text), Statements(text)
    for at in places(text, strings, len(text) - 1) if text else ():
        if text[at] == "<":
            start, end = at, _look_at_iri(text, at)
        elif text[at] == ":" or text.startswith("_:", at):
            start, end = _look_at_name(text, at + (text[at] == "_"), strings)
        else:
            continue
        if not text.startswith("(", strings.skip_blank(end)):
            continue
        if _KEYWORD.match(text, start) or not statements.begin_at(start):
            raise _call(text[start:end][:_SHOWN])


def _look_at_iri(text: str, at: int) -> int:
    """Where an address that may begin here ends, unless it is a cast."""
    found = _IRI.match(text, at)
    if not found:
        return at
    if not _WHOLE.match(found[1]):
        shown = found[0][:_SHOWN]
        raise Refusal(
            400,
            f"« {shown} » n'est pas admis : écrivez les adresses en entier (http:, https:, urn:, "
            "mailto:, tel:, info:, doi:) et, si < compare, mettez des espaces autour.",
            f"“{shown}” is not admitted: write addresses whole (http:, https:, urn:, mailto:, "
            "tel:, info:, doi:) and, if < compares, put spaces around it.",
        )
    return at if found[1].startswith(_XSD) else found.end()


def _look_at_name(text: str, at: int, strings: Strings) -> tuple[int, int]:
    """Where a name with its colon here begins and ends, unless it is a cast."""
    cast = _CAST.search(text, max(at - 3, 0), at + 1)
    if cast:
        after = strings.skip_blank(at + 1)
        if text.startswith("<", after) and not text.startswith(f"<{_XSD}>", after):
            raise Refusal(
                400,
                f"Le préfixe « {cast[0]} » doit désigner <{_XSD}>.",
                f"Prefix “{cast[0]}” must stand for <{_XSD}>.",
            )
        return at, at
    name = PREFIXED.match(text, at)
    assert name
    rest = _REST.match(text, name.end())
    assert rest
    start = at
    while start and _SIGN.match(text, start - 1):
        start -= 1
    while text[start] == ".":  # which ends a statement: no name begins with it
        start += 1
    if len(rest[0]) >= _LONGEST:  # to read each of many to its end would take too long
        raise _call(text[start : start + _SHOWN])
    return start, rest.end()


def _call(shown: str) -> Refusal:
    return Refusal(
        400,
        f"« {shown}(…) » n'est pas admis : ce service ne connaît que les fonctions de SPARQL 1.1 "
        "et les conversions xsd:…. Si c'est une liste, écrivez-la avec rdf:first et rdf:rest ; si "
        "c'est un chemin, mettez un point avant son sujet.",
        f"“{shown}(…)” is not admitted: this service has the functions of SPARQL 1.1 and the casts "
        "xsd:… only. If it is a list, write it with rdf:first and rdf:rest; if it is a path, put a "
        "full stop before its subject.",
    )
