"""The bar of the years that a dataset covers."""

import re

import pytest

from red_catalog.publish.web import charts


@pytest.mark.parametrize(
    ("start", "end", "kind", "place"),
    [
        (2015, 2025, "part-main", (0.676, 0.297)),  # of the axis from 1990 to 2027
        (2015, None, "part-main part-open", (0.676, 0.324)),
        (1958, 1990, "part-main", (0.104, 0.429)),  # of the axis from 1950
    ],
)
def test_a_bar_lies_where_its_years_do(
    start: int, end: int | None, kind: str, place: tuple[float, float]
) -> None:
    """It begins and ends at its years, and is open where no end is known."""
    drawn = charts.years([(start, end)], 2026)
    found = re.search(r'<rect class="([^"]*)" x="([\d.]+)" y="6" width="([\d.]+)"', drawn)
    assert found is not None
    assert found[1] == kind
    shares = [float(one) / charts.WIDTH for one in found.groups()[1:]]
    assert shares == pytest.approx(place, abs=0.001)


@pytest.mark.parametrize(("start", "end"), [(None, None), (2025, 2015), (15, 20), (2015, 9999)])
def test_years_that_cannot_be_have_no_bar(start: int | None, end: int | None) -> None:
    """Neither unknown years, nor an end before the start, nor another age."""
    assert charts.years([(start, end)], 2026) == ""
