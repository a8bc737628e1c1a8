"""What people call the columns of the sheets, and which column a name of their own may mean."""

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.columns import Column, Sheet
from red_catalog.harvesters.spreadsheet.sheets import SHEETS

_WORD: Final = re.compile(r"\w+")
_SEVERAL: Final = 2
_ALIKE: Final = 0.6
_TAGS: Final = {
    "fr": "fr", "francais": "fr", "francaise": "fr", "french": "fr",
    "en": "en", "anglais": "en", "anglaise": "en", "english": "en",
}  # fmt: skip


_TAGGED: Final = ("{} ({})", "{} [{}]", "{}@{}", "{}_{}", "{} {}", "{} en {}", "{} - {}")


def known_headings(sheet: Sheet, language: str) -> Mapping[str, tuple[Column, str]]:
    """Each name that a column of the sheet may have, plain, with the language of its texts."""
    return _index(SHEETS.index(sheet), language)


@cache
def _index(number: int, language: str) -> Mapping[str, tuple[Column, str]]:
    """Every name that a column may have, with the language of its texts."""
    found: dict[str, tuple[Column, str]] = {}
    for column in SHEETS[number].columns:
        names = (*column.headings, *column.aliases, column.key, column.property)
        for name in filter(None, names):
            found.setdefault(plain(name), (column, language))
            if column.translated:
                for tag, meant in _TAGS.items():
                    for form in _TAGGED:
                        found.setdefault(form.format(plain(name), tag), (column, meant))
    return found


def nearest(written: str, sheet: Sheet, language: str) -> Column | None:
    """The column of almost this name, alike in the words that not every other column has."""
    known = known_headings(sheet, language)
    common = _common(SHEETS.index(sheet))
    for name in difflib.get_close_matches(written, known, 3, 0.7):
        here, there = _telling(written, common), _telling(name, common)
        if difflib.SequenceMatcher(None, here, there).ratio() >= _ALIKE:
            return known[name][0]
    return None


def _telling(name: str, common: frozenset[str]) -> str:
    """The words of a name that tell a column apart, or all where there are none."""
    return " ".join(w for w in _WORD.findall(name) if w not in common) or name


@cache
def _common(number: int) -> frozenset[str]:
    """The words that several columns of a sheet have in their names."""
    counts: Counter[str] = Counter()
    for column in SHEETS[number].columns:
        counts.update({word for name in column.headings for word in _WORD.findall(plain(name))})
    return frozenset(word for word, count in counts.items() if count >= _SEVERAL)
