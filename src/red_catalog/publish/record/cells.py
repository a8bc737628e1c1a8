"""Cells of CSV that no spreadsheet takes for a formula."""

import re
from typing import Final

# Some take full-width signs for the others, and look behind blanks.
_FIRST: Final = re.compile(r" *+[=+\-@＝＋－＠\t\r\n]")
# Excel in French splits at semicolons whatever separates the columns, and others at tabs: what
# follows those, be it in quotation marks, is a cell, too. The sign may be absent, so that blanks
# are gone through once.
_LATER: Final = re.compile(r"([;\t\r\n][\s\"]*+)([=+\-@＝＋－＠]?)")


def harmless(text: str) -> str:
    """The text with an apostrophe before each sign that would begin a formula."""
    guarded = _LATER.sub(lambda found: f"{found[1]}'{found[2]}" if found[2] else found[1], text)
    return f"'{guarded}" if _FIRST.match(text) else guarded
