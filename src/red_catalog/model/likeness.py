"""Which names a text resembles: typing faults and parts, never the opposite nor another number."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from red_catalog.model.spelling import unaccent

_LIKE: Final = 0.78
_SHORTEST: Final = 6  # letters: one fault in fewer makes another word (`word`, `world`)
_LONG: Final = 12  # letters and digits: a code with a number in it has fewer
_DENIALS: Final = frozenset(
    {"non", "not", "no", "sans", "without", "pas", "aucun", "aucune", "hors", "except"}
)
# What makes another word of one: its opposite, or twice and half of it.
_PREFIXES: Final = (
    "un", "in", "im", "ir", "il", "dis", "de", "anti", "bi", "bis", "tri", "semi", "sub",
)  # fmt: skip


def fold(text: str) -> str:
    """Letters and digits alone, without case or accents."""
    return "".join(c for c in unaccent(text).casefold() if c.isalnum())


def resembling(text: str, names: Mapping[str, str]) -> list[str]:
    """The keys of names (folded, each with the name as written) that a text resembles."""
    word = fold(text)
    if len(word) < _SHORTEST:
        return []
    near = difflib.get_close_matches(word, names, n=3, cutoff=_LIKE)
    # A short word within a long name: `genomique` of « données génomiques ».
    within = sorted((name for name in names if word in name), key=len)
    return [name for name in (*near, *within) if may_mean(text, names[name])]


def may_mean(text: str, name: str) -> bool:
    """Whether two texts that look alike may mean the same."""
    here, there = _words(text), _words(name)
    if _denies(here) != _denies(there):
        return False
    if any(_turns(a, b) for a in (*here, fold(text)) for b in (*there, fold(name))):
        return False
    numbers = re.findall(r"\d+", text), re.findall(r"\d+", name)
    short = min(len(fold(text)), len(fold(name))) < _LONG
    return numbers == ([], []) or (numbers[0] == numbers[1] and not short)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unaccent(text).casefold())


def _denies(words: Iterable[str]) -> bool:
    return any(w in _DENIALS or (w.startswith("non") and len(w) > _SHORTEST) for w in words)


def _turns(one: str, other: str) -> bool:
    """Whether one of two words is the other behind a prefix."""
    for prefix in _PREFIXES:
        if one.startswith(prefix) == other.startswith(prefix):
            continue
        longer, rest = (one, other) if one.startswith(prefix) else (other, one)
        bare = longer.removeprefix(prefix)
        if len(bare) >= 4 and difflib.SequenceMatcher(None, bare, rest).ratio() >= _LIKE:
            return True
    return False
