"""Graphs that mean the same, however they are spelt."""

import pytest

from red_catalog.namespaces import PREFIXES
from red_catalog.targets.comparing import mean

XSD = PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("0001-01-01T00:00:00+01:00", "dateTime"),
        ("9999-12-31T23:59:59-05:00", "dateTime"),
        ("hier", "dateTime"),
        ("P" + "9" * 400 + "DT1.5S", "duration"),
        ("9" * 5000, "duration"),
    ],
)
def test_what_no_calendar_or_number_holds_means_what_it_says(text: str, datatype: str) -> None:
    """Moments at either end of time and endless durations stop no comparison."""
    assert mean(f'"{text}"^^<{XSD}{datatype}>') == f'"{text}"^^{XSD}{datatype}'


def test_moments_are_the_same_in_every_zone() -> None:
    """An hour east is the hour before."""
    east, utc = (f'"2026-03-31T{t}"^^<{XSD}dateTime>' for t in ("10:00:00+01:00", "09:00:00Z"))
    assert mean(east) == mean(utc)
