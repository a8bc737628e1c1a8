"""The order in which people look for names."""

import re
from functools import lru_cache
from typing import Final

from red_catalog.model.spelling import unaccent

_DIGITS: Final = re.compile(r"[0-9]+")
_ENOUGH: Final = 200  # characters of a text


def natural(text: str) -> str:
    """A text for sorting: accents, case and leading signs do not count, digits are numbers."""
    return _natural(text[:_ENOUGH])


@lru_cache(20_000)
def _natural(text: str) -> str:
    folded = " ".join(unaccent(text.casefold()).split())
    bare = re.sub(r"^\W+", "", folded) or folded
    return _DIGITS.sub(lambda digits: digits[0].zfill(18), bare)
