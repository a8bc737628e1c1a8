"""Each legal period ends on its day, extensions and ends of months included."""

from datetime import date

import pytest

from red_catalog.ehds import clocks


@pytest.mark.parametrize(
    ("clock", "start", "expected"),
    [
        # Articles 67 and 68: 3 + 3; Article 60: 3 + 3
        ("permit", "2029-03-26", [("2029-06-26", "2029-09-26"), ("2029-09-26", "2030-03-26")]),
        ("permit", "2029-11-30", [("2030-02-28", "2030-05-30"), ("2030-05-28", "2030-11-30")]),
        # Articles 67 and 68, fast track: 2 + 1
        ("fast-track", "2029-03-26", [("2029-05-26", "2029-06-26"), ("2029-08-26", "2029-12-26")]),
        ("fast-track", "2029-12-31", [("2030-02-28", "2030-03-31"), ("2030-05-28", "2030-09-30")]),
        # Article 72: 2 for the holder, 2 for the access body
        ("trusted", "2029-03-26",
         [("2029-05-26", "2029-05-26"), ("2029-07-26", "2029-07-26"),
          ("2029-10-26", "2030-01-26")]),
        ("trusted", "2029-12-31",
         [("2030-02-28", "2030-02-28"), ("2030-04-28", "2030-04-28"),
          ("2030-07-28", "2030-10-28")]),
        # Article 69: 3 + 3
        ("statistics", "2029-03-26", [("2029-06-26", "2029-09-26")]),
        ("statistics", "2031-11-30", [("2032-02-29", "2032-05-30")]),
        # Article 60: 3 + 3
        ("provision", "2028-02-29", [("2028-05-29", "2028-08-29")]),
        ("provision", "2029-08-31", [("2029-11-30", "2030-02-28")]),
    ],
)  # fmt: skip
def test_each_step_ends_on_its_day(clock: str, start: str, expected: list[tuple[str, str]]) -> None:
    """The last day of every step, and of its extension, by the article that sets it."""
    found = clocks.deadlines(clocks.find(clock), date.fromisoformat(start))
    assert expected == [(d.end.isoformat(), d.late.isoformat()) for d in found]


def test_a_last_day_at_the_weekend_moves_to_monday() -> None:
    """26 May 2029 is a Saturday: Monday the 28th counts."""
    first = clocks.deadlines(clocks.find("fast-track"), date(2029, 3, 26))[0]
    assert (date(2029, 5, 26), date(2029, 5, 28)) == (first.end, first.working)
    assert first.working_late == date(2029, 6, 26)


def test_an_unknown_clock_is_a_bug() -> None:
    """There is no clock of an id that nobody defined."""
    with pytest.raises(KeyError):
        clocks.find("someday")
