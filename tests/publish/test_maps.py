"""Maps of known territories, and their words."""

from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.publish.dataset import maps
from red_catalog.publish.dataset.maps import Covered
from red_catalog.publish.lists import facets
from red_catalog.publish.lists.cards import card
from red_catalog.publish.record.regions import REGIONS
from red_catalog.publish.web.site import site
from red_catalog.vocabulary import labels
from tests.publish import records
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
        ([f"{NUTS}FRY"], Covered(frozenset({"01", "02", "03", "04", "06"}), france=True)),
        ([f"{COUNTRY}MYT"], Covered(frozenset({"06"}), france=True)),
        ([f"{NUTS}FR"], Covered(frozenset(maps.FRANCE), france=True)),
        ([f"{NUTS}PT17", f"{NUTS}BG33"], Covered(frozenset({"PRT", "BGR"}), france=False)),
        ([f"{COUNTRY}JPN"], None),
        (["https://www.geonames.org/2988507", f"{INSEE}departement/99"], None),
        ([], None),
    ],
)  # fmt: skip
def test_territories_are_found(addresses: list[str], expected: Covered | None) -> None:
    """Countries, regions and départements by their official addresses; nothing is guessed."""
    assert maps.find(addresses) == expected


@pytest.mark.parametrize(
    ("addresses", "names"),
    [
        ([f"{NUTS}FRK26"[:-1]], {"Auvergne-Rhône-Alpes"}),
        ([f"{INSEE}departement/69", f"{INSEE}region/84", f"{INSEE}region/53"],
         {"Auvergne-Rhône-Alpes", "Bretagne"}),
        ([f"{COUNTRY}BEL", f"{NUTS}FRE"], {"Belgique", "Hauts-de-France"}),
        ([f"{COUNTRY}REU", f"{NUTS}FRY4", f"{INSEE}departement/974"], {"La Réunion"}),
        ([f"{NUTS}FR0"], {"France"}),
        ([f"{NUTS}PT17", f"{NUTS}PT11", f"{COUNTRY}PRT"], {"Portugal"}),
        ([f"{NUTS}UKM", f"{NUTS}EL"], {"Grèce", "Royaume-Uni"}),
        (["https://www.geonames.org/2988507", f"{NUTS}FR9"], set()),
    ],
)  # fmt: skip
def test_a_part_of_france_is_filed_under_its_region(
    addresses: list[str], names: set[str], tmp_path: Path
) -> None:
    """Regions and départements, by any official address, are one value of the facet a region."""
    entry = records.entries()[0]
    own = [line for line in entry.canonical.splitlines(keepends=True) if b"spatial" not in line]
    own += [f"<{entry.iri}> {term('dct:spatial')} <{one}> .\n".encode() for one in addresses]
    found = card(replace(entry, canonical=b"".join(own))).codes["territory"]
    about = site(records.config(tmp_path))
    assert sorted(facets.name(about, "territory", one, "fr") for one in found) == sorted(names)


def test_every_tile_has_its_own_place_and_name() -> None:
    """No tile hides another, and each is called by a name."""
    for grid in (maps.FRANCE, maps.EUROPE):
        assert len(set(grid.values())) == len(grid)
    assert REGIONS.keys() == maps.FRANCE.keys()
    assert all(labels(f"{COUNTRY}{one}") for one in maps.EUROPE)


def test_the_map_is_told_in_words(published: Path) -> None:
    """The picture is hidden from screen readers, its words are not."""
    page = read(published, "en/dataset/sejours-1a2b.html")
    assert "<figcaption>Territory covered: the whole of France.</figcaption>" in page
    assert 'aria-hidden="true" focusable="false"><g class="on">' in page
    assert "Territoire couvert : toute la France." in read(published, "dataset/sejours-1a2b.html")
    assert 'class="map"' not in read(published, "dataset/42-c0de.html")
