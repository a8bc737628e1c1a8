"""Personal data have no place in a catalogue: named mailboxes, numbers of social security."""

import re
from collections.abc import Iterator
from typing import Final

from red_catalog.ehds import privacy, terms
from red_catalog.ehds.mailboxes import is_personal
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_blank, is_iri, is_literal, literal
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make

_NOTE: Final = term("red:privateNote")
# Bounded, and without nested repetition: time grows with the length of the text alone.
_ADDRESS: Final = re.compile(
    r"(?<![\w.+-])([\w+-]{1,40}(?:\.[\w+-]{1,40}){0,4})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,6})"
)
_SEPARATOR: Final = r"[ \u00a0\u202f.\-]?"
_NIR: Final = re.compile(
    rf"(?<!\d)([12378]){_SEPARATOR}(\d{{2}}){_SEPARATOR}(\d{{2}}){_SEPARATOR}(\d[\dABab])"
    rf"{_SEPARATOR}(\d{{3}}){_SEPARATOR}(\d{{3}})(?:{_SEPARATOR}(\d{{2}}))?(?!\d)"
)

_MANY_DIGITS: Final = re.compile(r"(?:\d\D{0,2}){12}")  # gaps, and the letter of Corsica


def find_mailboxes(description: Description) -> Iterator[Result]:
    """Addresses such as first name, dot, last name, at, that are to be published."""
    hidden = _hidden(description)
    for subject, predicate, value in description.triples:
        if "@" not in value or subject in hidden or terms.own_term(predicate) == _NOTE:
            continue
        text = _text(value)
        if "@" in text and any(is_personal(match[1]) for match in _ADDRESS.finditer(text)):
            yield make("personal-mailbox", subject, predicate, value)


def find_social_security(description: Description) -> Iterator[Result]:
    """Numbers that look like the French number of social security (NIR)."""
    for subject, predicate, value in description.triples:
        # Most texts have no such run of digits, and are left at once.
        if not is_literal(value) or not _MANY_DIGITS.search(value):
            continue
        if any(_is_nir(match) for match in _NIR.finditer(_text(value))):
            yield make("social-security-number", subject, predicate, value)


def _hidden(description: Description) -> set[str]:
    """What is marked private, and what hangs on it without an address of its own."""
    hidden: set[str] = set()
    todo = list(privacy.find_private(description.triples))
    while todo:
        subject = todo.pop()
        if subject not in hidden:
            hidden.add(subject)
            said = description.index.get(subject, {}).values()
            todo += [value for values in said for value in values if is_blank(value)]
    return hidden


def _text(value: str) -> str:
    if is_literal(value):
        return literal(value)[0]
    if is_iri(value) and value[1:8].lower() == "mailto:":
        return iri(value)[7:]
    return ""


def _is_nir(match: re.Match[str]) -> bool:
    month, department = int(match[3]), match[4].upper()
    # 20 and more stand for a month that the civil register does not know.
    if not (1 <= month <= 12 or 20 <= month <= 42 or month >= 50):
        return False
    digits = "".join(part for part in match.groups()[:6] if part).upper()
    number = int(digits.replace("2A", "19", 1).replace("2B", "18", 1)) if department in {
        "2A", "2B",
    } else (int(digits) if digits.isdigit() else 0)  # fmt: skip
    right_key = bool(match[7]) and number > 0 and int(match[7]) == 97 - number % 97
    # Plain digits can be any number: only the key, or the usual gaps, make it a NIR.
    spaced = re.match(r"\d[ \u00a0\u202f]\d{2}[ \u00a0\u202f]\d{2}[ \u00a0\u202f]", match[0])
    return right_key or spaced is not None
