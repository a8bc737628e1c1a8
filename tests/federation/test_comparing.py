"""Graphs that mean the same, however they are spelt."""

import pytest

from red_catalog.namespaces import PREFIXES
from red_catalog.targets.comparing import mean

XSD = PREFIXES["xsd"]
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


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


@pytest.mark.parametrize(
    ("written", "kept", "datatype"),
    [
        ("POINT(2.35 48.85)", "POINT(2.3499999046326 48.849998474121)", WKT),
        ("POINT (2.345675 -0)", "POINT(2.345674991607 0)", WKT),
        ("point(-1.6777 48.1173)", "POINT(-1.6777 48.1173)", WKT),
        ("3.14159265358979", "3.14159", f"{XSD}double"),
        ("-0", "0", f"{XSD}integer"),
        ("P1Y", "12", f"{XSD}yearMonthDuration"),
        ("P7D", "604800.0", f"{XSD}dayTimeDuration"),
    ],
)
def test_what_a_store_keeps_of_a_value_is_the_same(written: str, kept: str, datatype: str) -> None:
    """As Virtuoso gives points, doubles and durations back, and zero."""
    assert mean(f'"{written}"^^<{datatype}>') == mean(f'"{kept}"^^<{datatype}>')


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("POINT(2.35 48.85)", "POINT(2.351 48.85)"),
        ("POINT(2.35 48.85)", "POINT(2.3 548.85)"),
        ("POINT(2 48)", "LINESTRING(2 48)"),
    ],
)
def test_other_places_are_others(one: str, other: str) -> None:
    """A hundred metres, a space elsewhere, another shape."""
    assert mean(f'"{one}"^^<{WKT}>') != mean(f'"{other}"^^<{WKT}>')
