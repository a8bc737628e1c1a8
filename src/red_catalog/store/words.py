"""Words as they are indexed and looked for: without accents, without case, by their stems."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import Final

import snowballstemmer

from red_catalog.model.spelling import unaccent

_WORD: Final = re.compile(r"[^\W_]+")
_NAME: Final = re.compile(r"\w+")
_DIGIT: Final = re.compile(r"\d")
_STEMMERS: Final = tuple(snowballstemmer.stemmer(name) for name in ("french", "english"))
_LOCK: Final = Lock()  # a stemmer keeps the word it works on
# So common that they tell nothing, with what is left of elided articles and begins addresses.
_EMPTY: Final = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par",
     "pour", "sur", "un", "une", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to",
     "with", "http", "https", "www")
)  # fmt: skip


def split(text: str) -> list[str]:
    """The words of a text, in lower case, with their accents."""
    return _telling(_WORD.findall(_lower(text)))


def split_by_name(text: str) -> list[str]:
    """The same, but what `_` joins, as in names of variables, is one word without it."""
    return _telling(word.replace("_", "") for word in _NAME.findall(_lower(text)))


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if (plain := fold(word)) and plain not in _EMPTY]


@lru_cache(50_000)
def forms(word: str) -> tuple[str, ...]:
    """What stands for a word: itself without accents, and its stems in both languages.

    A stem is taken of the word as written and of the word without accents, so that who leaves
    the accents out finds the same. Identifiers, dates and codes have digits, and no other forms.
    """
    plain = fold(word)
    if _DIGIT.search(plain):
        return (plain,)
    found = [plain]
    with _LOCK:
        for stemmer in _STEMMERS:
            found += [fold(stemmer.stemWord(word)), fold(stemmer.stemWord(plain))]
    return tuple(dict.fromkeys(f for f in found if f))


@lru_cache(50_000)
def fold(word: str) -> str:
    """The word without its accents and ligatures; one character may stand for several words."""
    return "".join(unaccent(word).split())
