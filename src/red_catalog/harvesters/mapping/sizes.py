"""Sizes of files as people write them, in bytes."""

import re
from decimal import Decimal
from typing import Final

from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.values import counts, scalars

# A comma before three digits may be that of a fraction or, in English, of thousands.
_NUMBER: Final = r"[0-9]{1,12}(?:\.[0-9]{1,6}|,[0-9]{1,2})?"
_SIZE: Final = re.compile(rf"({_NUMBER})\s?([kmgt]?)(i?)(?:o|b|octets?|bytes?)", re.IGNORECASE)
_PREFIXES: Final = "kmgt"


def sizes(sheet: Sheet, field: str, value: object) -> list[str]:
    """Whole numbers of bytes; `345 KB` and `1,2 Mo` are decimal, `1 MiB` is binary."""
    return counts(sheet, field, [_in_bytes(one) for one in scalars(value)])


def _in_bytes(written: object) -> object:
    match = _SIZE.fullmatch(written.strip()) if isinstance(written, str) else None
    if match is None:
        return written
    number, prefix, binary = match.groups()
    if not prefix:
        return number
    power = 1 + _PREFIXES.index(prefix.lower())
    return int(Decimal(number.replace(",", ".")) * (1024 if binary else 1000) ** power)
