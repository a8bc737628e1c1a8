"""Slips of who writes Turtle by hand: what lacks its chevrons or its quotes, or has others."""

import re
from typing import Final

_ADDRESS: Final = re.compile(r'(?:https?://|mailto:|www\.)[^\s<>"]{0,200}(?<![.,;\])])')
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}")
_LONGEST: Final = 10  # characters of a date
_CURLY: Final = frozenset("“”„‟«»‘’‚‛")
_WORD: Final = re.compile(r"[^\W\d_][\w-]*")
_BEGUN: Final = re.compile(r'<([^\s<>"]*)\Z')
_END: Final = re.compile(r'[\s<>"]')
_FAR: Final = 200
# As in C:\Users: a number is to follow.
_ODD: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u(?![\dA-Fa-f]{4})|U(?![\dA-Fa-f]{8}))")


def find_slip(message: str, text: str, place: int) -> tuple[str, dict[str, str]] | None:
    """What was written at this place in another way than Turtle wants; None for anything else.

    `message`: what the parser says of it.
    """
    if found := _ADDRESS.match(text, place):
        return "iri-bare", {"iri": found[0]}
    if text[place : place + 1] in _CURLY:
        return "quote-curly", {"quote": text[place]}
    for date in _DATE.finditer(text, max(0, place - _LONGEST), place + _LONGEST):
        if date.start() <= place < date.end():
            return "date-bare", {"date": date[0]}
    if " escape " in message:
        return _find_backslash(text, place)
    word = _WORD.match(text, place)
    if word and "is not a valid RDF object" in message:
        return "word-bare", {"word": word[0]}
    return None


def _find_backslash(text: str, place: int) -> tuple[str, dict[str, str]]:
    """In an address no backslash is right, not even two."""
    if begun := _BEGUN.search(text, max(0, place - _FAR), place):
        rest = _END.split(text[place : place + _FAR], maxsplit=1)[0]
        return "iri-invalid", {"iri": begun[1] + rest}
    return "backslash", {}


def has_odd_escape(line: str) -> bool:
    """Whether a backslash announces a character by its number, which does not follow.

    The parser takes a text for one without an end then.
    """
    return _ODD.search(line) is not None
