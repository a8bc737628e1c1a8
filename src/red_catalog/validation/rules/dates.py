"""Dates are dates, in order, and none too far in the future."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from red_catalog.model.spelling import unaccent
from red_catalog.namespaces import PREFIXES, term
from red_catalog.rdf.terms import XSD_STRING, is_literal, literal, make_literal
from red_catalog.validation.compiled.datatypes import form_of
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make

_XSD: Final = PREFIXES["xsd"]
_EDITS: Final = (term("dct:issued"), term("dct:modified"))
_START: Final = term("dcat:startDate")
_END: Final = term("dcat:endDate")
DATED: Final = (*_EDITS, _START, _END)
_DAYS_AHEAD: Final = 366  # a publication can be announced, and clocks differ
_YEARS_AHEAD: Final = 100  # a retention period can be long

_ZONE: Final = r"(?:Z|[+-]\d\d:\d\d)?"
_YEAR: Final = re.compile(rf"(-?\d{{4,}}){_ZONE}")
_MONTH: Final = re.compile(rf"(-?\d{{4,}})-(0[1-9]|1[0-2]){_ZONE}")
_DAY: Final = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)(?![0-9])")
_FRENCH: Final = re.compile(r"(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_SPELT: Final = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([^\W\d_]+) (\d{4})", re.ASCII)
_MONTHS: Final = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")  # else a year of eight digits
_SPACED: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d.*)")


def find_dates(description: Description) -> Iterator[Result]:
    """Texts that are no dates, dates without their type, dates too far in the future."""
    for subject, predicate, value in description.triples:
        if predicate not in DATED:
            continue
        if not is_date(value):
            rule = "date-without-type" if _is_bare(value) else "not-a-date"
            yield make(rule, subject, predicate, value)
        elif _is_far(predicate, value, description.today):
            yield make("date-in-the-future", subject, predicate, value)


def find_order(description: Description) -> Iterator[Result]:
    """Periods that end before they start, modifications before the publication."""
    for subject, objects in description.index.items():
        if value := _later(objects.get(_START, ()), objects.get(_END, ())):
            yield make("start-after-end", subject, _START, value)
        issued, modified = (objects.get(predicate, ()) for predicate in _EDITS)
        if value := _later(issued, modified):
            yield make("modified-before-issued", subject, _EDITS[1], modified[0])


def is_date(value: str) -> bool:
    """Whether a term is a literal of a date type, written as that type wants it."""
    if not is_literal(value):
        return False
    text, _, datatype = literal(value)
    kind = datatype.removeprefix(_XSD)
    if kind in {"date", "dateTime"}:
        form = form_of(datatype)
        return form is None or bool(form(text))
    if kind == "dateTimeStamp":
        return is_date(make_literal(text, datatype=f"{_XSD}dateTime")) and "T" in text
    wanted = {"gYear": _YEAR, "gYearMonth": _MONTH}.get(kind)
    return bool(wanted and wanted.fullmatch(text))


def typed(value: str) -> str | None:
    """The date that a text means, None where it means none or more than one."""
    if not is_literal(value):
        return None
    text = literal(value)[0].strip()
    if parts := _taken_apart(text):
        year, month, day = parts
        text = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    elif match := _COMPACT.fullmatch(text):
        text = f"{match[1]}-{match[2]}-{match[3]}"
    elif match := _SPACED.fullmatch(text):
        text = f"{match[1]}T{match[2]}"
    for kind in ("date", "dateTime", "gYearMonth", "gYear"):
        term_ = make_literal(text, datatype=_XSD + kind)
        if is_date(term_):
            return term_
    return None


def is_either(value: str) -> bool:
    """Whether the day and the month of a text might change places."""
    match = _FRENCH.fullmatch(literal(value)[0].strip()) if is_literal(value) else None
    day, month = (int(match[1] or 0), int(match[2])) if match else (0, 0)
    return 0 < day <= 12 and day != month


def _taken_apart(text: str) -> tuple[str, int, int] | None:
    """Year, month and day, 0 where there is none, of a date in figures or in words."""
    if match := _FRENCH.fullmatch(text):
        return match[3], int(match[2]), int(match[1] or 0)
    if match := _YEAR_FIRST.fullmatch(text):
        return match[1], int(match[2]), int(match[3])
    if (match := _SPELT.fullmatch(unaccent(text).lower())) and match[2] in _MONTHS:
        return match[3], _MONTHS[match[2]], int(match[1] or 0)
    return None


def _is_bare(value: str) -> bool:
    """Whether a text is written as a date, and only its type is missing."""
    if not is_literal(value):
        return False
    text, language, datatype = literal(value)
    if language or datatype != XSD_STRING:
        return False
    found = typed(value)
    return found is not None and literal(found)[0] == text


def _is_far(predicate: str, value: str, today: date) -> bool:
    parts = _parts(value)
    if not parts:
        return False
    if predicate not in _EDITS:
        return parts[0] > today.year + _YEARS_AHEAD
    latest = date.fromordinal(today.toordinal() + _DAYS_AHEAD)
    return parts > (latest.year, latest.month, latest.day)[: len(parts)]


def _later(first: Sequence[str], second: Sequence[str]) -> str | None:
    """The first date where it is after the second; nothing where there are several."""
    if len(first) != 1 or len(second) != 1:
        return None
    before, after = _parts(first[0]), _parts(second[0])
    if not before or not after:
        return None
    # Years are compared with years where one of the two says no more.
    precision = min(len(before), len(after))
    return first[0] if before[:precision] > after[:precision] else None


def _parts(value: str) -> tuple[int, ...]:
    """Year, month and day of a date, as far as it says; nothing for what is no date."""
    if not is_date(value):
        return ()
    text = literal(value)[0]
    match = _DAY.match(text) or _MONTH.fullmatch(text) or _YEAR.fullmatch(text)
    # A year of more digits than these is no year of any data.
    if match is None or len(match[1]) > 9:
        return ()
    return tuple(int(part) for part in match.groups())
