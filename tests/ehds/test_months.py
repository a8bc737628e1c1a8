"""Months are counted as EU law counts them."""

from datetime import date

import pytest

from red_catalog.ehds.months import add_months, next_working_day


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [  # Regulation 1182/71, Article 3(2)(c)
        ("2029-03-26", 3, "2029-06-26"),
        ("2029-11-30", 3, "2030-02-28"),
        ("2031-11-30", 3, "2032-02-29"),
        ("2029-01-31", 1, "2029-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2029-08-31", 6, "2030-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2029-12-31", 2, "2030-02-28"),
        ("2029-12-01", 1, "2030-01-01"),
        ("2029-03-31", 0, "2029-03-31"),
        ("2029-03-31", -1, "2029-02-28"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    day: str, months: int, expected: str
) -> None:
    """A period in months ends on the same day, cut to the length of its last month."""
    assert date.fromisoformat(expected) == add_months(date.fromisoformat(day), months)


@pytest.mark.parametrize(
    ("day", "expected"),
    [  # Regulation 1182/71, Article 3(4)
        ("2029-03-23", "2029-03-23"),  # a Friday
        ("2029-03-24", "2029-03-26"),
        ("2029-03-25", "2029-03-26"),
        ("2029-03-26", "2029-03-26"),
        ("2029-12-29", "2029-12-31"),
    ],
)
def test_a_last_day_at_the_weekend_is_the_next_monday(day: str, expected: str) -> None:
    """Where the last day is a Saturday or a Sunday, the Monday after it counts."""
    assert date.fromisoformat(expected) == next_working_day(date.fromisoformat(day))
