"""What engines add to SPARQL 1.1, which must not reach a remote store.

In some stores a function named by an IRI fetches addresses, writes to them or runs SQL, and so does
a property of a scheme of their own. As in `query`, every reading of the text is followed: engines
do not agree on where a token begins, and this may see too much, never too little.
"""

import re
from typing import Final

from red_catalog.namespaces import PREFIXES
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sparql.query import PREFIXED, places
from red_catalog.store.strings import Strings

_IRI: Final = re.compile(r"<([^<>\s\"{}|^`]*)>")
_WHOLE: Final = re.compile(r"(?:https?|urn|mailto|tel):", re.IGNORECASE)
_CAST: Final = re.compile(r"(?<![\w.\-\u00b7?$@:\\%])xsd?:\Z")
_WORD: Final = re.compile(r"[\w.\-\u00b7]*\Z")
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
    strings = Strings(text)
    for at in places(text, strings, len(text) - 1) if text else ():
        if text[at] == "<":
            _look_at_iri(text, at, strings)
        elif text[at] == ":" or text.startswith("_:", at):
            _look_at_name(text, at + (text[at] == "_"), strings)


def _look_at_iri(text: str, at: int, strings: Strings) -> None:
    found = _IRI.match(text, at)
    if not found:
        return
    if not _WHOLE.match(found[1]):
        shown = found[0][:_SHOWN]
        raise Refusal(
            400,
            f"« {shown} » n'est pas admis : écrivez les adresses en entier (http:, https:, urn:, "
            "mailto:, tel:) et, si < compare, mettez des espaces autour.",
            f"“{shown}” is not admitted: write addresses whole (http:, https:, urn:, mailto:, "
            "tel:) and, if < compares, put spaces around it.",
        )
    if not found[1].startswith(_XSD):
        _look_at_call(text, at, found.end(), strings)


def _look_at_name(text: str, at: int, strings: Strings) -> None:
    cast = _CAST.search(text, max(at - 3, 0), at + 1)
    if cast:
        after = strings.skip_blank(at + 1)
        if text.startswith("<", after) and not text.startswith(f"<{_XSD}>", after):
            raise Refusal(
                400,
                f"Le préfixe « {cast[0]} » doit désigner <{_XSD}>.",
                f"Prefix “{cast[0]}” must stand for <{_XSD}>.",
            )
        return
    name = PREFIXED.match(text, at)
    word = _WORD.search(text, max(at - _SHOWN, 0), at)
    assert name
    assert word
    _look_at_call(text, at - len(word[0].lstrip(".")), name.end(), strings)


def _look_at_call(text: str, start: int, end: int, strings: Strings) -> None:
    if not text.startswith("(", strings.skip_blank(end)):
        return
    if _begins_statement(text[:start].rstrip()) and not _KEYWORD.match(text, start):
        return
    shown = text[start:end][:_SHOWN]
    raise Refusal(
        400,
        f"« {shown}(…) » n'est pas admis : ce service ne connaît que les fonctions de SPARQL 1.1 "
        "et les conversions xsd:…. Si c'est une liste, écrivez-la avec rdf:first et rdf:rest.",
        f"“{shown}(…)” is not admitted: this service has the functions of SPARQL 1.1 and the casts "
        "xsd:… only. If it is a list, write it with rdf:first and rdf:rest.",
    )


def _begins_statement(before: str) -> bool:
    """Whether what follows is a subject, after which a bracket opens a path and no call."""
    line = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    return before.endswith(("{", "}", ".")) and "#" not in line
