"""The 17 categories of Article 51 of Regulation (EU) 2025/327 and when their duty applies."""

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


def applies_from(category_letter: str) -> date:
    """The day from which the duty to make this category available applies (Article 105)."""
    return DEFERRED if category_letter in _DEFERRED_LETTERS else GENERAL
