"""The 17 categories of Article 51 of Regulation (EU) 2025/327 and when their duty applies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Text
from red_catalog.namespaces import HEALTH_AUTHORITY

BASE: Final = f"{HEALTH_AUTHORITY}healthcategories/"
LETTERS: Final = {
    "EHRS": "a", "DIOH": "b", "NRPE": "c", "RPDG": "d", "HRAD": "e", "HGPD": "f",
    "HPML": "g", "PGEH": "h", "WELA": "i", "IDHP": "j", "PHDR": "k", "MRMR": "l",
    "EHCT": "m", "EMRD": "n", "RMMD": "o", "RQSH": "p", "EINS": "q",
}  # fmt: skip
GENERAL: Final = date(2029, 3, 26)
DEFERRED: Final = date(2031, 3, 26)
_DEFERRED_LETTERS: Final = frozenset("bfgmp")
MIXED: Final = "mixed"
"""The kind of a dataset of which some categories apply later than others."""

_CONDITIONS: Final[dict[str, Text]] = {
    "m": {
        "fr": "si les essais, études ou investigations relèvent des règlements (UE) "
        "n° 536/2014, (UE) 2024/1938, (UE) 2017/745 ou (UE) 2017/746",
        "en": "where the trials, studies or investigations are subject to Regulations (EU) "
        "No 536/2014, (EU) 2024/1938, (EU) 2017/745 or (EU) 2017/746",
    },
    "p": {
        "fr": "après la première publication des résultats",
        "en": "after the first publication of the results",
    },
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One category of a dataset: since when its duty applies, and on what condition."""

    code: str
    letter: str
    since: date
    condition: Text | None


@dataclass(frozen=True, slots=True)
class Application:
    """When the duty to make a dataset available applies (Article 105): each part of it.

    `parts` are in the order of their letters, one at least.
    """

    parts: tuple[Duty, ...]

    @property
    def first(self) -> date:
        """The earliest day."""
        return min(one.since for one in self.parts)

    @property
    def deferred(self) -> tuple[Duty, ...]:
        """The parts that apply later than the earliest."""
        return tuple(one for one in self.parts if one.since > self.first)

    @property
    def conditional(self) -> tuple[Duty, ...]:
        """The parts that apply on a condition only."""
        return tuple(one for one in self.parts if one.condition)

    @property
    def kind(self) -> str:
        """The year, or `mixed` where some parts apply later."""
        return MIXED if self.deferred else str(self.first.year)


def application(codes: Iterable[str]) -> Application | None:
    """When the duty for data of these categories applies; None for no known category."""
    letters = sorted((LETTERS[one], one) for one in set(codes) if one in LETTERS)
    parts = tuple(
        Duty(one, letter, applies_from(letter), _CONDITIONS.get(letter)) for letter, one in letters
    )
    return Application(parts) if parts else None


def condition(category_letter: str) -> Text | None:
    """On what condition the duty for a category applies, None for none."""
    return _CONDITIONS.get(category_letter)


def code(iri: str) -> str | None:
    """The code of a category, None for anything else."""
    found = iri[len(BASE) :] if iri.startswith(BASE) else ""
    return found if found in LETTERS else None


@cache
def name(category: str) -> Text:
    """The name of a category, by its code."""
    labels = vocabulary.labels(BASE + category)
    assert labels
    return labels


def letter(iri: str) -> str | None:
    """The letter of a category in Article 51(1), None for anything else."""
    return LETTERS.get(iri[len(BASE) :]) if iri.startswith(BASE) else None


def by_name(written: str) -> str | None:
    """The code of a category that is written as its code or its letter, None for another."""
    text = written.strip().strip("()")
    by_letter = {found: one for one, found in LETTERS.items()}
    return text.upper() if text.upper() in LETTERS else by_letter.get(text.lower())


def applies_from(category_letter: str) -> date:
    """The day from which the duty to make this category available applies (Article 105)."""
    return DEFERRED if category_letter in _DEFERRED_LETTERS else GENERAL
