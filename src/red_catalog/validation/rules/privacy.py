"""Personal data have no place in a catalogue: named mailboxes, numbers of social security."""

import re
from collections.abc import Iterator
from typing import Final

from red_catalog.ehds import privacy, terms
from red_catalog.ehds.mailboxes import is_personal
from red_catalog.ehds.social_security import has_number
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
        if has_number(value):
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
