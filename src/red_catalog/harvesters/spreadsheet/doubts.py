"""Values that are read as they stand, and may not say what was meant: told, never altered."""

import re
from datetime import date
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain, understand
from red_catalog.harvesters.spreadsheet.columns import Column
from red_catalog.harvesters.spreadsheet.grids import Value
from red_catalog.harvesters.spreadsheet.statements import Statements
from red_catalog.namespaces import EU_AUTHORITY

_LANGUAGES: Final = (f"{EU_AUTHORITY}language",)
_TWO: Final = re.compile(r"([^\W_]+)[-_]([^\W_]+)")
# What no country is called by two letters; other pairs (`pt-BR`, `fr-BE`) name a country.
_NO_COUNTRY: Final = "en"
_DATES: Final = frozenset({"date", "start", "end", "assessed"})
_LINKS: Final = frozenset({"certificate", "iri", "link"})
_ENDS: Final = (".", ",", ":", "!", "…")
_FIRST_DAY: Final = date(1899, 12, 30)
_YEARS: Final = range(1800, 2101)
# What programs leave of 01 99 00 12 34 and of +33 1 99 00 12 34 in a cell of numbers.
_SHORTENED: Final = re.compile(r"(?:33)?[1-9][0-9]{8}")
_LISTED: Final = 2


def doubt(told: Statements, column: Column, text: str, value: Value, *, lone: bool) -> None:
    """Tells what a value probably lost or joins. `lone`: nothing else is in its cell."""
    if column.lists == _LANGUAGES and _is_two_languages(text):
        told.tell("cell-languages", value.place, value=text)
    if column.kind in {"text", "plain"} and column.many and lone and text.count(",") >= _LISTED:
        told.tell("cell-commas", value.place, value=text)
    if column.kind in _LINKS and text.endswith(_ENDS):
        told.tell("cell-link-ended", value.place, value=text)
    if column.kind in _DATES and value.cell.kind == "date":
        serial = (date.fromisoformat(value.cell.text) - _FIRST_DAY).days
        if serial in _YEARS:
            told.tell("cell-year-dated", value.place, value=value.cell.text, year=serial)


def is_shortened(number: str) -> bool:
    """Whether a telephone number lacks the zero, or the +, that it begins with."""
    return _SHORTENED.fullmatch(number) is not None


def _is_two_languages(text: str) -> bool:
    match = _TWO.fullmatch(plain(text))
    if match is None:
        return False
    first, second = (understand(_LANGUAGES, part) for part in match.groups())
    named = len(match[2]) > len(_NO_COUNTRY) or match[2] == _NO_COUNTRY
    return named and None not in {first, second} and first != second
