"""The yearly check of a description by its holder (Article 60(3)): when it is due.

The day of the last check counts, whatever changed since; a harvest is no check. Before the first
one, the day of the first publication counts. Days are those of universal time.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from red_catalog.ehds.months import add_months

DUE: Final = 11
OVERDUE: Final = 12
"""Months after the last check from which the next one is due, and overdue."""


class Standing(StrEnum):
    """How a description stands: checked within the year, due, or overdue."""

    CURRENT = "current"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a description: due from one, overdue from the other. `since`: last counted."""

    since: date
    due: date
    overdue: date

    def standing(self, today: date) -> Standing:
        """How it stands on a day."""
        if today >= self.overdue:
            return Standing.OVERDUE
        return Standing.DUE if today >= self.due else Standing.CURRENT


def calendar(since: date) -> Calendar:
    """The days that follow the day of the last check, or of the first publication."""
    return Calendar(since, add_months(since, DUE), add_months(since, OVERDUE))
