"""Graphs that mean the same, however they are spelt."""

import pytest

from red_catalog.namespaces import PREFIXES
from red_catalog.targets.comparing import digest, mean

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
        ("007", "7", f"{XSD}integer"),
        ("10.50", "10.5", f"{XSD}decimal"),
        ("1.5E3", "1500.0", f"{XSD}double"),
        ("true", "1", f"{XSD}boolean"),
        ("false", "0", f"{XSD}boolean"),
        ("2026-03-31T10:00:00.1234Z", "2026-03-31T10:00:00.123Z", f"{XSD}dateTime"),
        ("P1Y2M3D", "14", f"{XSD}duration"),
        ("P1Y", "12", f"{XSD}yearMonthDuration"),
        ("P7D", "604800.0", f"{XSD}dayTimeDuration"),
    ],
)
def test_what_a_store_keeps_of_a_value_is_the_same(written: str, kept: str, datatype: str) -> None:
    """As Virtuoso gives points, numbers, truth, moments and durations back."""
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


@pytest.mark.parametrize(
    ("one", "other", "datatype"),
    [
        ("10.5", "10.05", "decimal"),
        ("1850000", "185000", "nonNegativeInteger"),
        ("0", "1", "integer"),
        ("0.25", "0.2501", "double"),
        ("true", "0", "boolean"),
        ("2026-03-31T10:00:00Z", "2026-03-31T10:00:00+01:00", "dateTime"),
        ("2026-03-31T10:00:00.123Z", "2026-03-31T10:00:00.124Z", "dateTime"),
        ("P1Y", "P1M", "duration"),
        ("P2M", "P3M", "yearMonthDuration"),
        ("P1M", "-P1M", "duration"),
        ("P1D", "P2D", "dayTimeDuration"),
        ("PT1H", "PT2H", "dayTimeDuration"),
        ("PT1M", "PT2M", "duration"),
        ("PT1.5S", "PT1S", "duration"),
        ("PT1S", "-PT1S", "duration"),
    ],
)
def test_other_values_are_others(one: str, other: str, datatype: str) -> None:
    """What a store got wrong does not pass for what it was sent."""
    assert mean(f'"{one}"^^<{XSD}{datatype}>') != mean(f'"{other}"^^<{XSD}{datatype}>')


def test_texts_are_compared_letter_by_letter() -> None:
    """Their languages are not: `fr-FR` may come back as `fr-fr`, but not as `en`."""
    assert mean('"Séjours"@fr-FR') == mean('"Séjours"@fr-fr')
    assert len({mean(one) for one in ('"a"@fr', '"a"@en', '"A"@fr', '"a"', "<urn:a>")}) == 5


def test_a_graph_is_what_it_says() -> None:
    """Neither the order of its statements nor their repetition counts; each of them does."""
    one, other = ("<urn:s>", "<urn:p>", "<urn:a>"), ("<urn:s>", "<urn:p>", "<urn:b>")
    assert digest([one, other]) == digest([other, one, other])
    assert digest([one])[0] == 1
    assert digest([one]) != digest([other])
