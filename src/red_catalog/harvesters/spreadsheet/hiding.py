"""Whether a text names a contact that is not to be published, whatever stands around the name."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.statements import ALMOST

_WORD: Final = re.compile(r"[^\W_]+")
_TITLES: Final = frozenset(
    {
        "m", "mr", "mrs", "ms", "mme", "mlle", "monsieur", "madame", "dr", "docteur", "docteure",
        "doctor", "pr", "prof", "professeur", "professeure", "professor",
    }
)  # fmt: skip
# A person has fewer names than this; each length is looked for at each word of a text.
_LONGEST: Final = 8
# A key of a digit or a letter (`1`) is a word of many a name.
_SHORTEST: Final = 2
# Comparisons take time; who needs more has thousands of private contacts, and as many unlisted.
_MAX_LOOKS: Final = 2_000_000


class Hidden:
    """The keys, names and mailboxes that no other text may hold, in whatever order of words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in map(_bare, names) if _letters(name) >= _SHORTEST)
        self._asked: dict[str, bool] = {}
        self._looks = 0
        found = {tuple(sorted(_words(name))) for name in self._names}
        self._found = {words for words in found if 0 < len(words) <= _LONGEST}
        self._lengths = sorted({len(words) for words in self._found})

    def means(self, written: str) -> bool:
        """Whether the text holds one of them or is almost one; also once too many were compared."""
        if written not in self._asked:
            self._asked[written] = self._holds(written) or self._is_almost_one(written)
        return self._asked[written]

    def _is_almost_one(self, written: str) -> bool:
        self._looks += len(self._names)
        if self._looks > _MAX_LOOKS:
            return True
        return bool(difflib.get_close_matches(_bare(written), self._names, 1, ALMOST))

    def _holds(self, written: str) -> bool:
        """Whether the words of one follow one another in the text."""
        words = _words(written)
        return any(
            tuple(sorted(words[at : at + length])) in self._found
            for length in self._lengths
            for at in range(len(words) - length + 1)
        )


def _letters(name: str) -> int:
    return sum(map(str.isalpha, name))


def _bare(text: str) -> str:
    """The words of a name, as people compare them, without what a person is addressed by."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(plain(text)) if word not in _TITLES]
