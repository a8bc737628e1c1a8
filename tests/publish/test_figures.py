"""Each figure of the site has its table as a file, and each facet a page of its values."""

import csv
import io
import re
from pathlib import Path

import pytest

from red_catalog.publish.lists import facets, listings


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table by the names of its columns."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


@pytest.mark.parametrize(
    ("page", "table"),
    [("coverage.html", "coverage-categories.csv"), ("coverage.html", "coverage.csv"),
     ("quality.html", "quality-profiles.csv"), ("quality.html", "quality-holders.csv"),
     ("harvests.html", "harvests.csv")],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["", "en"])
def test_a_page_links_the_table_behind_its_figures(
    published: Path, folder: str, page: str, table: str
) -> None:
    """The page offers the file, which has rows."""
    assert table in (published / folder / page).read_text("utf-8")
    assert rows(published / folder / table)


def test_the_categories_count_what_the_page_counts(published: Path) -> None:
    """All 17 categories are in the table, with the numbers of the page."""
    found = rows(published / "en" / "coverage-categories.csv")
    assert len(found) == 17
    text = (published / "en" / "coverage.html").read_text("utf-8")
    row = next(one for one in found if one["Datasets"] != "0")
    shown = re.search(rf"{re.escape(row['Name'])}</a></th>(.*?)</tr>", text)
    assert shown
    assert re.findall(r'class="figure">([\d,]+)<', shown[1]) == [
        row["Applies from"], row["Holders"], row["Datasets"],
    ]  # fmt: skip


def test_harvests_add_up(published: Path) -> None:
    """The states of each run add up to its total."""
    for row in rows(published / "en" / "harvests.csv"):
        values = list(row.values())
        assert sum(map(int, values[5:13])) == int(row["In all"])


def test_every_value_of_a_facet_is_reached_without_scripts(published: Path) -> None:
    """A facet's page lists its values with their number of datasets, each with a list."""
    seen = 0
    for facet in listings.PAGED:
        page = published / "facets" / f"{facet}.html"
        if not page.exists():
            continue
        links = re.findall(rf'href="/({facet}/[^"]+\.html)"><span>.*?</span> <b>(\d+)</b>',
                           page.read_text("utf-8"))  # fmt: skip
        assert links, facet
        for target, count in links:
            text = (published / target).read_text("utf-8")
            assert text.count('<li class="item">') == min(int(count), listings.PAGE)
            seen += 1
    assert seen > len(facets.ORDER)
