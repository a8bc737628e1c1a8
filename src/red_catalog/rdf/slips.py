"""Slips of who writes Turtle by hand: what lacks its chevrons or its quotes, or has others."""

import re
from typing import Final

_ADDRESS: Final = re.compile(r'(?:https?://|mailto:|www\.)[^\s<>"]{0,200}(?<![.,;\])])')
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}")
_LONGEST: Final = 10  # characters of a date
_CURLY: Final = frozenset("“”„‟«»‘’‚‛")
_WORD: Final = re.compile(r"[^\W\d_][\w-]*")


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
    if "Unexpected escape character" in message:
        return "backslash", {}
    word = _WORD.match(text, place)
    if word and "is not a valid RDF object" in message:
        return "word-bare", {"word": word[0]}
    return None
