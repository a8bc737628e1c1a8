"""The ledger of changes: numbers, places and moments only grow."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from red_catalog.model import Announcement
from red_catalog.register.ledger import Register

NOON = datetime(2029, 3, 26, 12, tzinfo=UTC)
IRI = "https://chu.exemple.fr/jeu/"


def draft(name: str, kind: str = "create") -> tuple[Announcement, str | None]:
    """What a release has to say of a dataset of the CHU."""
    told = Announcement("catalogue", 0, NOON, kind, IRI + name, name, 0, 1, "d1", {})
    return told, None if kind == "delete" else "m1"


@pytest.mark.parametrize("clock", [timedelta(hours=-2), timedelta(0), timedelta(hours=1)])
def test_later_announcements_are_of_a_later_moment(tmp_path: Path, clock: timedelta) -> None:
    """Whoever asks for what came after a moment misses none, though the clock was put back."""
    with Register.open(tmp_path / "register.db") as register:
        register.announce(NOON, {"catalogue": [draft("urgences"), draft("lits")]})
        register.announce(NOON + clock, {"catalogue": [draft("sejours")]})
        first, second, third = register.announcements("catalogue", 0, 9)
    assert first.published == second.published == NOON
    assert third.published == max(NOON + clock, NOON + timedelta(microseconds=1))
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
