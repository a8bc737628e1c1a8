"""Cells that hold something and say nothing: errors of the spreadsheet program, place holders."""

import re
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.workbook import Cell

_BLANKS: Final = frozenset(
    {
        "-", "--", "—", "/", "?", "...", "…", "n/a", "n.a.", "n.c.", "neant", "tbd", "todo",
        "xxx", "a completer", "a definir", "non renseigne", "inconnu", "to complete",
        "to be completed", "unknown", "not given",
    }
)  # fmt: skip
# A file of CSV has errors as text, in the language of the program that wrote it.
_ERROR: Final = re.compile(
    r"#(?:(?:REF|VALEUR|VALUE|DIV/0|NUL|NULL|NOMBRE|NUM|CALC|ERROR|CHAMP|FIELD|PROPAGATION|SPILL)"
    r"\s?!|(?:NOM|NAME)\s?\?|N/[AD])|Err:[0-9]{3}"
)


def is_error(cell: Cell) -> bool:
    """Whether a formula failed there."""
    return cell.kind == "error" or _ERROR.fullmatch(cell.text.strip()) is not None


def is_blank(text: str) -> bool:
    """Whether this stands where people had nothing to write yet."""
    return plain(text) in _BLANKS


def said(cell: Cell) -> str:
    """The text of a cell, empty where it says nothing."""
    text = cell.text.strip()
    return "" if is_error(cell) or is_blank(text) else text
