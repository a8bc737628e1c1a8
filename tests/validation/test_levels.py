"""Choosing the level of a dataset."""

import pytest

from red_catalog.model import Level, Triple
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.validation.levels import level
from red_catalog.validation.rules.description import describe

DATASET = "https://chu-valmont.example.fr/donnees/cohorte"


def rights(*codes: str) -> list[Triple]:
    """Access rights of the dataset, beside those of another one."""
    said = [(f"<{DATASET}>", code) for code in codes]
    said.append(("<https://ailleurs.example.fr/>", "PUBLIC"))
    return [(s, term("dct:accessRights"), f"<{EU_AUTHORITY}access-right/{c}>") for s, c in said]


@pytest.mark.parametrize("expected", Level)
def test_one_access_right_is_the_level(expected: Level) -> None:
    """PUBLIC, RESTRICTED or NON_PUBLIC, without a word."""
    assert level(describe(rights(expected), DATASET)) == (expected, None)


@pytest.mark.parametrize("codes", [(), ("PUBLIC", "RESTRICTED"), ("SENSITIVE",)])
def test_otherwise_the_strictest_level_is_taken_and_told(codes: tuple[str, ...]) -> None:
    """Absent, several or unknown access rights: NON_PUBLIC, and the reason in both languages."""
    chosen, note = level(describe(rights(*codes), DATASET))
    assert chosen is Level.NON_PUBLIC
    assert note is not None
    assert set(note) == {"fr", "en"}
