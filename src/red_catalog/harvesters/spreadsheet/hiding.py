"""Whether a text names a contact that is not to be published, whatever stands around the name."""

import re
from collections.abc import Iterable
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain

_WORD: Final = re.compile(r"[^\W_]+")
_TITLES: Final = frozenset(
    {
        "m", "mr", "mrs", "ms", "mme", "mlle", "monsieur", "madame", "dr", "docteur", "docteure",
        "doctor", "pr", "prof", "professeur", "professeure", "professor",
    }
)  # fmt: skip
# A person has fewer names than this; each length is looked for at each word of a text.
_LONGEST: Final = 8


class Hidden:
    """The keys, names and mailboxes that no other text may hold, in whatever order of words."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(filter(None, map(bare, names)))
        found = {tuple(sorted(_words(name))) for name in self.names}
        self._found = {words for words in found if 0 < len(words) <= _LONGEST}
        self._lengths = sorted({len(words) for words in self._found})

    def has(self, written: str) -> bool:
        """Whether one of them stands in the text, as words that follow one another."""
        words = _words(written)
        return any(
            tuple(sorted(words[at : at + length])) in self._found
            for length in self._lengths
            for at in range(len(words) - length + 1)
        )


def bare(text: str) -> str:
    """The words of a name, as people compare them, without what a person is addressed by."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(plain(text)) if word not in _TITLES]
