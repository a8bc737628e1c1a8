"""Periods in months, as EU law counts them (Regulation (EEC, Euratom) No 1182/71, Article 3)."""

from calendar import monthrange
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day so many months later; where that month lacks it, its last day.

    31 January and one month is 28 (or 29) February.
    """
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_working_day(day: date) -> date:
    """The day itself, or the Monday after it where it is a Saturday or a Sunday.

    Public holidays differ by country and are not looked at.
    """
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
