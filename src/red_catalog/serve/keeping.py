"""What was filled in, in a comment at the end of the Turtle made of it, so that it can be resumed.

The statements alone do not say what stood in which field, nor what could not be read.
"""

import json
from hashlib import sha256
from typing import Final, NamedTuple

from red_catalog.harvesters.spreadsheet.fields import TEXTS, known
from red_catalog.publish.web.languages import CODES
from red_catalog.serve.filled import Values
from red_catalog.serve.request.refusal import Refusal

_MARK: Final = "# What was filled in in the form of the catalogue: "


class Kept(NamedTuple):
    """The fields of a form, and the language it was in."""

    code: str
    values: Values


def add(turtle: str, values: Values, code: str) -> str:
    """The Turtle with what was filled in behind it; one who changes it by hand is found out."""
    given = {name: [text for text in values.get(name, ()) if text] for name in (TEXTS, *known())}
    written = json.dumps({n: texts for n, texts in given.items() if texts}, ensure_ascii=False)
    return f"{turtle}{_MARK}{code} {_seal(turtle)}\n# {written}\n"


def said(turtle: str) -> str:
    """What a description says, without what was filled in."""
    body, mark, _ = turtle.rpartition(f"\n{_MARK}")
    return f"{body}\n" if mark else turtle


def find(turtle: str) -> Kept:
    """What was filled in. Raises Refusal (422) for what no form wrote, or was changed since."""
    whole = turtle.removeprefix("\ufeff").replace("\r\n", "\n")
    # A field may quote the mark, but begins no line: JSON writes line ends as two characters.
    body, mark, behind = whole.rpartition(f"\n{_MARK}")
    head, _, written = behind.partition("\n# ")
    code, _, seal = head.partition(" ")
    if not mark or code not in CODES:
        raise Refusal(
            422,
            "Cette description n'a pas été écrite par ce formulaire, ou l'a été par une version"
            " antérieure ; il ne peut pas la reprendre : modifiez-la là d'où elle vient, ou"
            " remplissez-le de nouveau.",
            "This description was not written by this form, or by an earlier version of it, and it"
            " cannot take it up: change it where it comes from, or fill the form in again.",
        )
    if seal != _seal(f"{body}\n"):
        raise Refusal(
            422,
            "Ce fichier a été modifié depuis que le formulaire l'a écrit : prenez celui d'origine,"
            " ou déposez celui-ci par un programme.",
            "This file was changed since the form wrote it: take the one it wrote, or hand this one"
            " in by a program.",
        )
    return Kept(code, _read(written))


def _read(written: str) -> Values:
    try:
        given = json.loads(written)
    except (ValueError, RecursionError):
        given = None
    values = given if isinstance(given, dict) else {}
    return {
        name: [text for text in texts if isinstance(text, str)]
        for name, texts in values.items()
        if name in (TEXTS, *known()) and isinstance(texts, list)
    }


def _seal(turtle: str) -> str:
    return sha256(turtle.encode()).hexdigest()[:16]
