"""When each description must be checked by its holder, and how it stands on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from red_catalog.ehds.reviews import Calendar, Standing, calendar
from red_catalog.model import Entry
from red_catalog.publish.lists.cards import card


@dataclass(frozen=True, slots=True)
class Due:
    """A live dataset with the days of its yearly check and how it stands."""

    entry: Entry
    days: Calendar
    standing: Standing

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        one = self.entry
        return {
            "iri": one.iri,
            "id": one.slug,
            "holder": one.holder,
            "title": card(one).title("fr"),
            "standing": self.standing.value,
            "attested": one.reviewed and one.reviewed.moment.isoformat(),
            "version": one.reviewed and one.reviewed.version,
            "changed_since": one.changed_since,
            "since": self.days.since.isoformat(),
            "due": self.days.due.isoformat(),
            "overdue": self.days.overdue.isoformat(),
        }


def reviews(entries: Iterable[Entry], today: date, exempt: Collection[str]) -> list[Due]:
    """Every live dataset, the longest overdue first, but those of holders that are exempt."""
    found = []
    for entry in entries:
        if entry.withdrawn_at is None and entry.holder not in exempt:
            days = calendar(entry.counted_from)
            found.append(Due(entry, days, days.standing(today)))
    return sorted(found, key=lambda one: (one.days.overdue, one.entry.iri))
