"""When a description must be checked again (Article 60(3)), boundary days included."""

from datetime import date

import pytest

from red_catalog.ehds.reviews import Standing, calendar

CURRENT, DUE, OVERDUE = Standing.CURRENT, Standing.DUE, Standing.OVERDUE


@pytest.mark.parametrize(
    ("since", "today", "expected", "rule"),
    [
        ("2029-03-26", "2029-03-26", CURRENT, "60(3): the day itself"),
        ("2029-03-26", "2030-02-25", CURRENT, "60(3): the day before 11 months"),
        ("2029-03-26", "2030-02-26", DUE, "60(3): the day of 11 months"),
        ("2029-03-26", "2030-03-25", DUE, "60(3): the day before 12 months"),
        ("2029-03-26", "2030-03-26", OVERDUE, "60(3): the day of 12 months"),
        ("2029-03-26", "2032-01-01", OVERDUE, "60(3): for as long as nobody checks"),
        ("2029-03-31", "2030-02-27", CURRENT, "60(3): February lacks the 31st"),
        ("2029-03-31", "2030-02-28", DUE, "60(3): so its last day counts"),
        ("2031-03-31", "2032-02-28", CURRENT, "60(3): in a leap year the 29th is that day"),
        ("2031-03-31", "2032-02-29", DUE, "60(3): the 29th of a leap year"),
        ("2028-02-29", "2029-01-28", CURRENT, "60(3): checked on a leap day"),
        ("2028-02-29", "2029-01-29", DUE, "60(3): 11 months after a leap day"),
        ("2028-02-29", "2029-02-27", DUE, "60(3): the last day before it is overdue"),
        ("2028-02-29", "2029-02-28", OVERDUE, "60(3): a year after a leap day, cut to the 28th"),
        ("2027-02-28", "2028-02-27", DUE, "60(3): the year after ends before the leap day"),
        ("2027-02-28", "2028-02-28", OVERDUE, "60(3): on the 28th, not on the leap day"),
        ("2029-01-31", "2029-12-30", CURRENT, "60(3): December has the 31st"),
        ("2029-01-31", "2029-12-31", DUE, "60(3): 11 months to the end of December"),
        ("2029-12-31", "2030-12-31", OVERDUE, "60(3): from the end of a year to that of the next"),
    ],
)
def test_standing(since: str, today: str, expected: Standing, rule: str) -> None:
    """Due from 11 months after the last check, overdue from 12."""
    found = calendar(date.fromisoformat(since)).standing(date.fromisoformat(today))
    assert expected == found, rule
