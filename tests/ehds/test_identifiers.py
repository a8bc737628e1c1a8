"""The form of the numbers of French organisations, a row a rule."""

import pytest

from red_catalog.ehds.identifiers import FORMS, is_right, squeeze


@pytest.mark.parametrize(
    ("kind", "number", "expected", "rule"),
    [
        ("siren", "552 100 554", True, "Luhn over 9 digits, gaps left out"),
        ("siren", "552100555", False, "wrong check digit"),
        ("siren", "55210055", False, "8 digits"),
        ("siren", "5521005541", False, "10 digits"),
        ("siren", "٥٥٢١٠٠٥٥٤", False, "digits of another script"),
        ("siret", "55210055400013", True, "Luhn over 14 digits"),
        ("siret", "552 100 554 00013", True, "gaps left out"),
        ("siret", "55210055400014", False, "wrong check digit"),
        ("siret", "35600000000048", True, "La Poste, its seat: Luhn holds too"),
        ("siret", "35600000000001", True, "La Poste: a digit sum of 15, which 5 divides"),
        ("siret", "35600000000002", False, "La Poste: a digit sum of 16, and Luhn fails"),
        ("siret", "55210055400003", False, "a digit sum counts for La Poste alone"),
        ("siret", "55210055", False, "8 digits"),
        ("siret", "552100554", False, "a SIREN, right as it is"),
        ("finess", "750712184", True, "9 digits"),
        ("finess", "2A0000014", True, "the A of Corsica"),
        ("finess", "2b0000012", True, "the B of Corsica, written small"),
        ("finess", "75071218", False, "8 characters"),
        ("finess", "7507X2184", False, "another letter"),
        ("ror", "https://ror.org/02vjkv261", True, "the whole address"),
        ("ror", "02vjkv261", False, "the bare number is not it"),
        ("ror", "https://ror.org/02vjkv26l", False, "never the letter l"),
        ("ror", "http://ror.org/02vjkv261", False, "https is part of it"),
        ("ror", "https://ror.org/02vjkv261/", False, "nothing follows it"),
        ("rnipp", "anything", True, "kinds that nobody knows are let pass"),
    ],
)
def test_identifier(kind: str, number: str, expected: bool, rule: str) -> None:
    """Each kind of number has its form; whether the organisation exists is not asked."""
    written = number if kind == "ror" else squeeze(number)
    assert expected == is_right(kind, written), rule


def test_each_kind_tells_its_form() -> None:
    """What people are told when a number is wrong exists in both languages."""
    assert {"siren", "siret", "finess", "ror"} == set(FORMS)
    assert all(form["fr"] and form["en"] for form in FORMS.values())
