"""What people call the columns of the sheets, and which column a name of their own may mean."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.columns import Column, Sheet
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.vocabulary.words import LANGUAGES

_WORD: Final = re.compile(r"\w+")
_SEVERAL: Final = 2
_ALIKE: Final = 0.6
_ALMOST: Final = 0.8
_TAGS: Final = {
    "fr": "fr", "francais": "fr", "francaise": "fr", "french": "fr",
    "en": "en", "anglais": "en", "anglaise": "en", "english": "en",
}  # fmt: skip
_TAGGED: Final = ("{} ({})", "{} [{}]", "{}@{}", "{}_{}", "{} {}", "{} en {}", "{} - {}")
_TAG: Final = re.compile(rf"(?: en | - | ?[([@_ ])(?:{'|'.join(_TAGS)})[)\]]?$")
# Behind a heading, the two letters of any other language of Europe.
_TAGGED_OTHERWISE: Final = re.compile(r"(.+)[(\[@_]([a-z]{2})[)\]]?")


def known_heading(sheet: Sheet, language: str, name: str) -> tuple[Column, str] | None:
    """The column of the sheet that has this name, plain, with the language of its texts.

    None for no such.
    """
    index = _index(SHEETS.index(sheet), language)
    if name in index:
        return index[name]
    tagged = _TAGGED_OTHERWISE.fullmatch(name)
    found = index.get(tagged[1].rstrip()) if tagged and tagged[2] in LANGUAGES else None
    return (found[0], tagged[2]) if tagged and found and found[0].translated else None


@cache
def _index(number: int, language: str) -> Mapping[str, tuple[Column, str]]:
    """Every name that a column may have, with the language of its texts."""
    found: dict[str, tuple[Column, str]] = {}
    for column in SHEETS[number].columns:
        for name in _names(column):
            found.setdefault(name, (column, language))
            if column.translated:
                for tag, meant in _TAGS.items():
                    for form in _TAGGED:
                        found.setdefault(form.format(name, tag), (column, meant))
    return found


def _names(column: Column) -> Iterator[str]:
    """What a column may be called, without a language."""
    names = (*column.headings, *column.aliases, column.key, column.property)
    return map(plain, filter(None, names))


def nearest(written: str, sheet: Sheet) -> Column | None:
    """The column of almost this name, alike in the words that not every other column has."""
    number, bare = SHEETS.index(sheet), _TAG.sub("", written)
    if bare != written:
        translated = _called(number, translated=True)
        for name in difflib.get_close_matches(bare, translated, 1, _ALMOST):
            return translated[name]
    known, common = _called(number, translated=False), _common(number)
    for name in difflib.get_close_matches(written, known, 3, 0.7):
        here, there = _telling(written, common), _telling(name, common)
        if difflib.SequenceMatcher(None, here, there).ratio() >= _ALIKE:
            return known[name]
    return None


@cache
def _called(number: int, *, translated: bool) -> Mapping[str, Column]:
    """The columns of a sheet by their names, or those alone whose texts have a language."""
    columns = [c for c in SHEETS[number].columns if c.translated or not translated]
    return {name: column for column in reversed(columns) for name in _names(column)}


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
