"""Words as they are indexed and looked for: without accents, without case, by their stems."""

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Final

import snowballstemmer

from red_catalog.model import spelling

_WORD: Final = re.compile(r"[^\W_]+")
_DIGIT: Final = re.compile(r"\d")
_STEMMERS: Final = tuple(snowballstemmer.stemmer(name) for name in ("french", "english"))
_LOCK: Final = Lock()  # a stemmer keeps the word it works on
# So common that they tell nothing, with what is left of elided articles and begins addresses.
_EMPTY: Final = frozenset(
    ("a", "au", "aux", "avec", "avez", "ce", "ces", "cet", "cette", "cherche", "chez", "combien",
     "d", "dans", "de", "des", "du", "elle", "elles", "en", "entre", "et", "existe",
     "existent", "il", "ils", "je", "l", "la", "le", "les", "leur", "leurs", "n", "on", "ou", "par",
     "pour", "qu", "que", "quel", "quelle", "quelles", "quels", "qui", "s", "selon", "sont", "sur",
     "t", "trouver", "un", "une", "vous", "y", "about", "an", "and", "any", "are", "by", "find",
     "for", "from", "how", "in", "is", "many", "of", "or", "the", "there", "to", "what", "where",
     "which", "with", "http", "https", "www")
)  # fmt: skip
# What asks: "est-ce que", "y a-t-il", "peut-on".
_ASKING: Final = re.compile(r"[^\W\d_]+[-\u2010\u2011]?t[-\u2010\u2011](?:ce|ils?|elles?|on)")
# What everything here is: words to look for where there are no others.
_GENERIC: Final = frozenset(("jeu", "jeux", "donnees", "data", "dataset", "datasets"))


def split(text: str) -> list[str]:
    """The words of a text, in lower case, with their accents."""
    return [word for word in _WORD.findall(_lower(text)) if _tells(word)]


def join(text: str) -> list[str]:
    """What `_`, hyphens or the dots of an acronym join, each as one word."""
    return [word for word in map(_joined, spelling.compounds(_lower(text))) if _tells(word)]


def look_up(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The words to look for, each with its parts: what is joined is one word.

    It is empty where it tells nothing, as `o_u`. The letters of an acronym are no parts: apart,
    they tell nothing.
    """
    words = spelling.NAME.findall(_lower(text))
    names = [(name, _joined(name)) for name in words if not _ASKING.fullmatch(name)]
    found = dict.fromkeys((one, tuple(split(one if "." in name else name))) for name, one in names)
    told = [(whole if _tells(whole) else "", parts) for whole, parts in found]
    told = [(whole, parts) for whole, parts in told if whole or parts]
    return [one for one in told if fold(one[0]) not in _GENERIC] or told


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _joined(name: str) -> str:
    return "".join(_WORD.findall(name))


def _tells(word: str) -> bool:
    return bool(plain := fold(word)) and plain not in _EMPTY


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
    """The word without accents, in plain letters; one character may stand for several words."""
    return "".join(spelling.unaccent(word).split())
