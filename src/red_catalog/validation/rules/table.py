"""Which rules each profile has besides its shapes."""

from collections.abc import Mapping
from typing import Final

from red_catalog.validation.rules import (
    addresses,
    codes,
    datatypes,
    dates,
    identifiers,
    minimum,
    numbers,
    privacy,
    texts,
)
from red_catalog.validation.rules.description import Rule

RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "minimum": (minimum.find_missing,),
    "red": (
        dates.find_dates,
        dates.find_order,
        numbers.find_numbers,
        datatypes.find_ill_typed,
        texts.find_texts,
        texts.find_languages,
        identifiers.find_identifiers,
        codes.find_legislation,
        codes.find_codes,
        addresses.find_addresses,
        privacy.find_mailboxes,
        privacy.find_social_security,
    ),
}
"""The rules of each name that a manifest may list."""
