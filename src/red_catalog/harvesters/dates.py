"""Dates as others write them, at the precision at which they give them."""

import re
from datetime import date, datetime
from typing import Final

from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import make_literal

_XSD: Final = PREFIXES["xsd"]
_DAY: Final = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?", re.ASCII)
_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?\s*(Z|[+-]\d\d:?\d\d)?", re.ASCII
)


def date_literal(written: str) -> str | None:
    """A year, month, day or moment as a typed literal; None for anything else.

    A moment may lack its seconds, the colon of its zone, or the T before its time.
    """
    written = written.strip()
    try:
        if day := _DAY.fullmatch(written):
            date.fromisoformat(f"{day[1]}{day[2] or '-01'}{day[3] or '-01'}")
            kind = "date" if day[3] else "gYearMonth" if day[2] else "gYear"
            return make_literal(written, datatype=_XSD + kind)
        if moment := _MOMENT.fullmatch(written):
            return _moment(*moment.groups(default=""))
    except ValueError:
        pass
    return None


def _moment(day: str, minute: str, second: str, fraction: str, zone: str) -> str | None:
    if fraction and not second:
        return None
    if zone[-3:-2].isdigit():
        zone = f"{zone[:3]}:{zone[3:]}"
    time = f"{day}T{minute}{second or ':00'}"
    datetime.fromisoformat(time + zone)
    return make_literal(f"{time}{fraction}{zone}", datatype=f"{_XSD}dateTime")
