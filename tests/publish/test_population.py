"""The number of people is read once: pages, facets, orders and the read interface agree on it."""

import json
from pathlib import Path

import pytest

from red_catalog.publish import release, rows
from red_catalog.publish.lists.cards import card
from red_catalog.publish.search import indexing
from red_catalog.publish.web.site import site
from tests.publish import records
from tests.publish.test_view import shown

PEOPLE = "healthdcatap:numberOfUniqueIndividuals"
TITLES = ("Arrêts de travail", "Passages aux urgences", "Registre des cancers", "Urgences")


def test_datasets_come_by_the_number_itself(tmp_path: Path) -> None:
    """Of two with more than a million people the larger is first, by its title or not."""
    numbers = (1_204_880, 61_200_450, 999_999, None)
    entries = []
    for place, (title, number) in enumerate(zip(TITLES, numbers, strict=True)):
        more = [(PEOPLE, records.typed(number))] if number else []
        iri = f"{records.CHU}{place}"
        entries.append(records.entry(iri, f"jeu-{place}", records.poor(iri, title, *more)))
    config = records.config(tmp_path)
    prepared = release.prepare(config, entries, records.runs(), records.MOMENT)
    assert prepared is not None
    by_title = json.loads((prepared.folder / "site/search/fr-population.json").read_bytes())
    assert by_title == [1, 0, 2, 3]
    told = rows.read(prepared.folder)
    ranks = [indexing.row(site(config), told[one.slug].card).ranks for one in entries]
    assert [one["population"] for one in ranks] == [-1_204_880, -61_200_450, -999_999, 0]


@pytest.mark.parametrize(
    ("values", "people", "classes"),
    [
        ((records.typed("+2000000"),), 2_000_000, ("5",)),
        ((records.typed("2000000.0", "decimal"),), 2_000_000, ("5",)),
        ((records.typed(500), records.typed(50_000)), 50_000, ("1", "3")),
        ((records.typed(-5, "integer"), records.words("environ mille")), 0, ()),
    ],
)
def test_a_number_is_read_as_pages_read_it(
    values: tuple[str, ...], people: int, classes: tuple[str, ...]
) -> None:
    """Whatever its spelling; of several each has its class, and the largest tells the order."""
    iri = f"{records.CHU}cohorte"
    more = [(PEOPLE, one) for one in values]
    found = card(records.entry(iri, "cohorte", records.poor(iri, "Cohorte", *more)))
    assert (found.people, found.codes["population"]) == (people, classes)


def test_each_number_stands_at_the_head_of_the_page(tmp_path: Path) -> None:
    """Of two numbers of people none is left out where the other one stands."""
    page = shown(tmp_path, (PEOPLE, records.typed(500)), (PEOPLE, records.typed(50_000)))["en"]
    strip = page.partition('<dl class="strip">')[2].partition("</dl>")[0]
    assert '>500</data>, <data value="50000">50,000</data>' in strip
