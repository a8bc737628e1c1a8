"""Numbers, dates and lengths of time as people write them, read from how machines do."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from red_catalog.publish.web.languages import language

_LENGTH: Final = re.compile(
    r"P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?"
)
_UNITS: Final = ("year", "month", "week", "day", "hour", "minute", "second")
_NUMBER: Final = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,9})?(?:[eE][+-]?1?\d)?")
_LARGEST: Final = 10**18
_DATE: Final = re.compile(
    r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?"
)


def number(lexical: str) -> int | Decimal | None:
    """The number; None for what is none, or too large for people to read."""
    if not _NUMBER.fullmatch(lexical):
        return None
    found = Decimal(lexical)
    if abs(found) >= _LARGEST:
        return None
    return int(found) if found == int(found) else found.normalize()


@lru_cache(2_000)
def length(lexical: str, code: str) -> str | None:
    """A length of time such as `P1Y6M` in words of a language; None for what is none."""
    spoken = language(code)
    match = _LENGTH.fullmatch(lexical)
    if match is None:
        return None
    given = [
        (found, unit)
        for amount, unit in zip(match.groups(), _UNITS, strict=True)
        if amount and (found := number(amount)) is not None
    ]
    # What is nought is said where nothing else is.
    told = [one for one in given if one[0]] or given[:1]
    return spoken.series([spoken.duration(*one) for one in told]) if told else None


def stated(lexical: str) -> str | None:
    """The day, month or year of a date or moment, without hour and zone; None where it is none."""
    match = _DATE.fullmatch(lexical)
    try:
        if match and date.fromisoformat(f"{match[1]}-01-01"[:10]):
            return match[1]
    except ValueError:
        pass
    return None


@lru_cache(20_000)
def day(lexical: str, code: str) -> str | None:
    """A date, month or year in words; None where it is none."""
    spoken, told = language(code), stated(lexical)
    if told is None or len(told) == len("2026"):
        return told
    if len(told) == len("2026-11"):
        return spoken.month(date.fromisoformat(f"{told}-01"))
    return spoken.date(date.fromisoformat(told))
