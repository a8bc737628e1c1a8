"""Graphs compared by what they mean, since stores rewrite how literals are spelt.

Seen in Virtuoso 7: languages in lower case, `10.50` as `10.5`, `007` as `7`, `true` as `1`,
`1.5E3` as `1500.0` and six digits of others, `P12M` as `12` and `P1D` as `86400.0` (of `P1Y2M3D`
the days are lost), integers over 64 bits as decimals, WKT under a datatype of its own and its
points in 32 bits, seconds to the millisecond. In Oxigraph: languages in lower case, every
whole-number type as `xsd:integer`, decimals and durations in shortest form, `xsd:dateTimeStamp` as
`xsd:dateTime`.
"""

import re
import struct
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Final

from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import is_literal, literal

Triple = tuple[str, str, str]
_XSD: Final = PREFIXES["xsd"]
_ROUNDED: Final = frozenset({f"{_XSD}double", f"{_XSD}float"})
_NUMBERS: Final = frozenset(
    _XSD + name
    for name in (
        "integer", "decimal", "long", "int", "short", "byte", "unsignedLong",
        "unsignedInt", "unsignedShort", "unsignedByte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger",
    )
)  # fmt: skip
_WKT: Final = frozenset(
    {
        "http://www.opengis.net/ont/geosparql#wktLiteral",
        "http://www.openlinksw.com/schemas/virtrdf#Geometry",
    }
)
_DURATIONS: Final = frozenset(
    _XSD + name for name in ("duration", "yearMonthDuration", "dayTimeDuration")
)
_DURATION: Final = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_PIECE: Final = re.compile(r"(([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|\S)")


def digest(triples: Iterable[Triple]) -> tuple[int, str]:
    """How many different statements there are by meaning, and the SHA-256 of them."""
    said = sorted({" ".join((s, p, mean(o))) for s, p, o in triples})
    return len(said), sha256("\n".join(said).encode()).hexdigest()


def mean(term: str) -> str:
    """What a term means, written in one way; for comparing only."""
    if not is_literal(term):
        return term
    text, language, datatype = literal(term)
    if language:
        return f'"{text}"@{language.lower()}'
    for name, datatypes, write in _MEANINGS:
        if datatype in datatypes:
            # What is too long a number or too far a moment means what it says.
            with suppress(ValueError, OverflowError):
                return f"{name} {write(text)}"
    return f'"{text}"^^{datatype}'


def _number(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if value.is_zero():  # -0 too
        return "0"
    return f"{value.normalize():f}" if value.is_finite() and abs(value.adjusted()) < 400 else text


def _rounded(text: str) -> str:
    """Six digits: Virtuoso keeps no more."""
    return _number(f"{float(text):.6g}")


def _duration(text: str) -> str:
    """Months where there are any, else seconds: Virtuoso keeps no more."""
    if re.fullmatch(r"-?\d+", text):
        return f"{int(text)} months"
    if re.fullmatch(r"-?\d+\.\d+(e[+-]?\d+)?|-?\d+(\.\d+)?e[+-]?\d+", text):
        return f"{float(text):g} seconds"
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        return text
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes = (int(one or 0) for one in found.groups()[1:6])
    if years or months:
        return f"{sign * (12 * years + months)} months"
    seconds = ((days * 24 + hours) * 60 + minutes) * 60 + float(found[7] or 0)
    return f"{sign * seconds:g} seconds"


def _moment(text: str) -> str:
    found = datetime.fromisoformat(text)
    found = found.replace(microsecond=found.microsecond // 1000 * 1000)
    return (found.astimezone(UTC) if found.tzinfo else found).isoformat()


def _boolean(text: str) -> str:
    return {"1": "true", "0": "false"}.get(text, text)


def _place(text: str) -> str:
    """Each number as 32 bits keep it, about a metre: Virtuoso keeps no more of points."""
    return "".join(
        f" {_short(one)}" if number else one for one, number in _PIECE.findall(text.upper())
    )


def _short(number: str) -> str:
    (value,) = struct.unpack("f", struct.pack("f", float(number)))
    return repr(value + 0.0)  # of -0 as of 0


_MEANINGS: Final = (
    ("number", _NUMBERS, _number),
    ("number", _ROUNDED, _rounded),
    ("boolean", {f"{_XSD}boolean"}, _boolean),
    ("duration", _DURATIONS, _duration),
    ("moment", {f"{_XSD}dateTime", f"{_XSD}dateTimeStamp"}, _moment),
    ("place", _WKT, _place),
)
