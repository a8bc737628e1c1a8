"""Numbers of French organisations: whether they have the right form. Nobody is asked."""

import re
from typing import Final

from red_catalog.model import Text

LA_POSTE: Final = "356000000"
_GAPS: Final = re.compile(r"[\s\u00a0\u202f.\-]")
_FINESS: Final = re.compile(r"\d[0-9AB]\d{7}", re.ASCII)
# Letters i, l, o and u are never used in ROR identifiers.
_ROR: Final = re.compile(r"https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
FORMS: Final[dict[str, Text]] = {
    "siren": {"fr": "9 chiffres, clé de Luhn", "en": "9 digits with a Luhn check digit"},
    "siret": {
        "fr": "14 chiffres, clé de Luhn (ou somme multiple de 5 pour La Poste)",
        "en": "14 digits with a Luhn check digit (or a digit sum that 5 divides, for La Poste)",
    },
    "finess": {"fr": "9 caractères", "en": "9 characters"},
    "ror": {"fr": "https://ror.org/0…", "en": "https://ror.org/0…"},
}
"""The kinds of numbers, and the form of each."""


def is_right(kind: str, number: str) -> bool:
    """Whether a number without gaps has the form of its kind; any has that of another kind."""
    check = {"siren": is_siren, "siret": is_siret, "finess": is_finess, "ror": is_ror}.get(kind)
    return check is None or check(number)


def squeeze(number: str) -> str:
    """The number without the gaps that people write: `775 672 272` → `775672272`."""
    return _GAPS.sub("", number).upper()


def is_siren(number: str) -> bool:
    """Nine digits whose last one is right (Luhn)."""
    return re.fullmatch(r"[0-9]{9}", number) is not None and _luhn(number)


def is_siret(number: str) -> bool:
    """Fourteen digits whose last one is right (Luhn), or the digit sum for La Poste."""
    if not re.fullmatch(r"[0-9]{14}", number):
        return False
    if _luhn(number):
        return True
    return number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0


def is_finess(number: str) -> bool:
    """Nine characters: digits, but for the A or B of Corsica."""
    return _FINESS.fullmatch(number) is not None


def is_ror(address: str) -> bool:
    """The whole address of an organisation in the Research Organization Registry."""
    return _ROR.fullmatch(address) is not None


def _luhn(number: str) -> bool:
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
