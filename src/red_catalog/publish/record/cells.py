"""Cells of CSV that no spreadsheet takes for a formula."""

import re
from typing import Final

# Some take full-width signs for the others. Excel in French splits at semicolons whatever
# separates the columns, and others at tabs: what follows those is a cell, too.
_FORMULA: Final = re.compile(r"(^|[;\t\r\n]\s*)(?= *[=+\-@＝＋－＠\t\r\n])")


def harmless(text: str) -> str:
    """The text with an apostrophe before each sign that would begin a formula."""
    return _FORMULA.sub(r"\1'", text)
