"""Maps of known territories, and their words."""

from pathlib import Path

import pytest

from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.publish.dataset import maps
from red_catalog.publish.dataset.maps import Covered
from red_catalog.vocabulary import labels
from tests.publish.test_site import read

COUNTRY = f"{EU_AUTHORITY}country/"
NUTS = "http://data.europa.eu/nuts/code/"
INSEE = "http://id.insee.fr/geo/"


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ([f"{COUNTRY}FRA"], Covered(frozenset(maps.FRANCE), france=True)),
        ([f"{NUTS}FRK"], Covered(frozenset({"84"}), france=True)),
        ([f"{NUTS}FRK26"[:-2]], Covered(frozenset({"84"}), france=True)),
        ([f"{INSEE}departement/2A", f"{INSEE}region/53"],
         Covered(frozenset({"94", "53"}), france=True)),
        ([f"{NUTS}FRK2", f"{COUNTRY}FRA"], Covered(frozenset({"84"}), france=True)),
        ([f"{COUNTRY}FRA", f"{NUTS}FR9"], Covered(frozenset(maps.FRANCE), france=True)),
        ([f"{INSEE}departement/974"], Covered(frozenset({"04"}), france=True)),
        ([f"{COUNTRY}BEL", f"{NUTS}FRE"], Covered(frozenset({"BEL", "FRA"}), france=False)),
        ([f"{COUNTRY}JPN"], None),
        (["https://www.geonames.org/2988507", f"{INSEE}departement/99"], None),
        ([], None),
    ],
)  # fmt: skip
def test_territories_are_found(addresses: list[str], expected: Covered | None) -> None:
    """Countries, regions and départements by their official addresses; nothing is guessed."""
    assert maps.find(addresses) == expected


def test_every_tile_has_its_own_place_and_name() -> None:
    """No tile hides another, and each is called by a name."""
    for grid in (maps.FRANCE, maps.EUROPE):
        assert len(set(grid.values())) == len(grid)
    assert maps.REGIONS.keys() == maps.FRANCE.keys()
    assert all(labels(f"{COUNTRY}{one}") for one in maps.EUROPE)


def test_the_map_is_told_in_words(published: Path) -> None:
    """The picture is hidden from screen readers, its words are not."""
    page = read(published, "en/dataset/sejours-1a2b.html")
    assert "<figcaption>Territory covered: the whole of France.</figcaption>" in page
    assert 'aria-hidden="true" focusable="false"><g class="on">' in page
    assert "Territoire couvert : toute la France." in read(published, "dataset/sejours-1a2b.html")
    assert 'class="map"' not in read(published, "dataset/42-c0de.html")
