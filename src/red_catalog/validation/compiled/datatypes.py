"""Which lexical forms belong to a datatype: XSD 1.1, decided by patterns.

The datatypes are those that pySHACL checks; others have no wrong form. Where pySHACL
(that is, rdflib) departs from XSD, XSD is followed: `docs/shacl-conformance.md` lists it.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final
from xml.parsers import expat

from red_catalog.namespaces import PREFIXES

Form = Callable[[str], object]
"""Says, by truth, whether a text is a lexical form of its datatype."""

XSD: Final = PREFIXES["xsd"]
XML_LITERAL: Final = PREFIXES["rdf"] + "XMLLiteral"
_KEPT: Final = 8_192  # answers remembered; a record's dates and numbers come back often

_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DATE = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DAYS = r"(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_MONTHS = r"(?:[0-9]+Y)?(?:[0-9]+M)?"
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_BASE64 = r"(?:[A-Za-z0-9+/] ?)"

_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
# The longest bound has 20 digits; more would cost time and settle nothing.
_SIGNED_DIGITS: Final = re.compile(r"([+-]?)0*([0-9]{1,20})")
_DATE_FORM: Final = re.compile(_DATE + _ZONE)
_DATE_TIME_FORM: Final = re.compile(f"{_DATE}T{_TIME}{_ZONE}")

_PATTERNS: Final = {
    "integer": r"[+-]?[0-9]+",
    "decimal": _NUMBER,
    "double": rf"{_NUMBER}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "float": rf"{_NUMBER}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "boolean": r"true|false|0|1",
    "time": _TIME + _ZONE,
    "duration": rf"-?P(?=[0-9T]){_MONTHS}{_DAYS}",
    "dayTimeDuration": rf"-?P(?=[0-9T]){_DAYS}",
    "yearMonthDuration": rf"-?P(?=[0-9]){_MONTHS}",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": rf"(?:{_BASE64}{{4}})*"
    r"(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
}
_BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}


@cache
def form_of(datatype: str) -> Form | None:
    """The test of a datatype's lexical forms, with its answers remembered.

    `datatype` is an IRI; None: the datatype has no wrong form.
    """
    form = _FORMS.get(datatype)
    return lru_cache(maxsize=_KEPT)(form) if form else None


def _bounded(least: int | None, most: int | None) -> Form:
    def within(text: str) -> bool:
        match = _SIGNED_DIGITS.fullmatch(text)
        if match is None:
            # Too long to matter for a bound, or no integer at all.
            unlimited = most is None if not text.startswith("-") else least is None
            return unlimited and _INTEGER.fullmatch(text) is not None
        number = int(match[1] + match[2])
        return (least is None or number >= least) and (most is None or number <= most)

    return within


def _dated(pattern: re.Pattern[str]) -> Form:
    def exists(text: str) -> bool:
        match = pattern.fullmatch(text)
        if match is None:
            return False
        year, month, day = match.groups()
        # The calendar repeats every 400 years; monthrange knows the years from 1.
        return int(day) <= 28 or int(day) <= monthrange(int(year[-4:]) % 400 + 400, int(month))[1]

    return exists


def _is_xml(text: str) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(f"<x>{text}</x>", True)  # noqa: FBT003
    except expat.ExpatError:
        return False
    return True


_FORMS: Final[dict[str, Form]] = {
    **{XSD + name: re.compile(pattern).fullmatch for name, pattern in _PATTERNS.items()},
    **{XSD + name: _bounded(least, most) for name, (least, most) in _BOUNDS.items()},
    XSD + "date": _dated(_DATE_FORM),
    XSD + "dateTime": _dated(_DATE_TIME_FORM),
    XML_LITERAL: _is_xml,
}
