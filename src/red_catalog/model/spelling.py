"""Words as people type them in a hurry, and as print has them."""

import re
import unicodedata
from typing import Final

# Letters that Unicode does not take apart, and the sigma that ends Greek words, as people type
# them on another keyboard; `fold.js` has the same.
_LETTERS: Final = str.maketrans(
    {
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH",
        "ħ": "h", "Ħ": "H", "ı": "i", "ς": "σ", "Σ": "σ",
    }
)  # fmt: skip
# A space before French punctuation, or within quotation marks.
_SPACE: Final = re.compile(r"(?<=«) | (?=[»:;?!]+(?:$|[\s.,)\]<…’\"]))")
_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
# What is quoted, and addresses.
_VERBATIM: Final = re.compile(r"(«[^»]{0,1000}»|(?<!\S)\S*:/\S*)")
# A word with what `_`, hyphens or the dots of an acronym join to it.
NAME: Final = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b|\w+(?:[-\u2010\u2011]\w+)*")


def compounds(text: str) -> list[str]:
    """The words of a text of which several are joined: `date_entree`, `SI-DEP`, `S.N.D.S.`."""
    return [name for name in NAME.findall(text) if not name.strip("_").isalnum()]


def untie(text: str) -> str:
    """The text in letters that Unicode takes apart."""
    return text.translate(_LETTERS)


def unaccent(text: str) -> str:
    """The text without accents, in the plainest letters of its script."""
    split = unicodedata.normalize("NFKD", untie(text))
    return "".join(c for c in split if not unicodedata.combining(c))


def bind(text: str) -> str:
    """The text with its French punctuation bound to the words that it belongs to."""
    return _SPACE.sub("\xa0", text)


def typeset(text: str) -> str:
    """A French sentence as print has it: punctuation bound, apostrophes curled.

    What is quoted and what is an address stays as somebody else wrote it.
    """
    parts = _VERBATIM.split(bind(text))
    parts[::2] = [_APOSTROPHE.sub("’", part) for part in parts[::2]]
    return "".join(parts)
