"""Each figure of the site has its table as a file, and each facet a page of its values."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest

from red_catalog.model import Standing
from red_catalog.publish import release
from red_catalog.publish.lists import facets, listings
from red_catalog.publish.pages import quality
from tests.publish import records


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


def test_a_figure_over_time_has_its_table_beside_it(tmp_path: Path) -> None:
    """On the pages that draw it, with the file of all moments."""
    config = records.config(tmp_path)
    past = Standing(records.MOMENT - timedelta(days=30), 4, 1, 60, 100, 900)
    trend = [past, Standing(records.MOMENT, 6, 3, 130, 150, 1500)]
    trends = {"": trend, "chu-rivemont": trend}
    prepared = release.prepare(
        config, records.entries()[:1], records.runs(), records.MOMENT, trends
    )  # fmt: skip
    assert prepared is not None
    site = prepared.folder / "site/en"
    for name, file in (
        ("quality.html", "quality-trend.csv"), ("duties.html", "quality-trend.csv"),
        ("holder/chu-rivemont.html", "holder/chu-rivemont/trend.csv"),
    ):  # fmt: skip
        page = (site / name).read_text("utf-8")
        told = page.partition('<h2 id="trend">')[2]
        assert told.count("<svg") >= 2
        table = told.partition("<tbody>")[2].partition("</tbody>")[0]
        assert re.findall(r'<td class="figure">(\d+%?)</td>', table)[:3] == ["6", "3", "87%"]
        assert f'href="/en/{file}"' in told
        assert [row["Datasets"] for row in rows(site / file)] == ["6", "4"]
    assert 'id="trend"' not in (site / "holder/registre-cancers.html").read_text("utf-8")


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


def test_a_line_through_many_moments_stays_light() -> None:
    """A holder that changed a thousand times is drawn with a hundred points; the ends are there."""
    many = [Standing(records.MOMENT + timedelta(hours=n), 6, 3, n, 1000, 900) for n in range(1000)]
    shown = quality.trend(many, "fr")
    assert shown is not None
    assert shown["rows"][0] == many[-1]
    drawn = str(shown["completeness"])
    assert drawn.count("<circle") == 100
    some = quality.trend([many[0], many[-1]], "fr")
    assert some is not None
    ends = re.findall(r"<circle[^>]*>", str(some["completeness"]))
    assert [one in drawn for one in ends] == [True, True]
