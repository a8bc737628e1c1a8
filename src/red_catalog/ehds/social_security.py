"""Numbers of social security (NIR), which have no place in a description."""

import re
from typing import Final

from red_catalog.rdf.terms import is_literal, literal

_SEPARATOR: Final = r"[ \u00a0\u202f.\-]?"
_NIR: Final = re.compile(
    rf"(?<!\d)([12378]){_SEPARATOR}(\d{{2}}){_SEPARATOR}(\d{{2}}){_SEPARATOR}(\d[\dABab])"
    rf"{_SEPARATOR}(\d{{3}}){_SEPARATOR}(\d{{3}})(?:{_SEPARATOR}(\d{{2}}))?(?!\d)"
)
_MANY_DIGITS: Final = re.compile(r"(?:\d\D{0,2}){12}")  # gaps, and the letter of Corsica


def has_number(value: str) -> bool:
    """Whether a term is a text that holds what looks like the French number of social security."""
    # Most texts have no such run of digits, and are left at once.
    if not is_literal(value) or not _MANY_DIGITS.search(value):
        return False
    return any(_is_nir(match) for match in _NIR.finditer(literal(value)[0]))


def _is_nir(match: re.Match[str]) -> bool:
    month, department = int(match[3]), match[4].upper()
    # 20 and more stand for a month that the civil register does not know.
    if not (1 <= month <= 12 or 20 <= month <= 42 or month >= 50):
        return False
    digits = "".join(part for part in match.groups()[:6] if part).upper()
    number = int(digits.replace("2A", "19", 1).replace("2B", "18", 1)) if department in {
        "2A", "2B",
    } else (int(digits) if digits.isdigit() else 0)  # fmt: skip
    right_key = bool(match[7]) and number > 0 and int(match[7]) == 97 - number % 97
    # Plain digits can be any number: only the key, or the usual gaps, make it a NIR.
    spaced = re.match(r"\d[ \u00a0\u202f]\d{2}[ \u00a0\u202f]\d{2}[ \u00a0\u202f]", match[0])
    return right_key or spaced is not None
