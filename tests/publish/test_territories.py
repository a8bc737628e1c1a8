"""Regions are called by their names wherever a page shows them, those elsewhere by country."""

import json
import re
from pathlib import Path

import pytest

from red_catalog.model import Entry
from red_catalog.publish.dataset import forms, structured
from red_catalog.publish.dataset.view import view
from red_catalog.publish.record import regions
from red_catalog.publish.web.site import site
from tests.publish import records

IRI = f"{records.CHU}urgences"
ME = f"<{IRI}>"
NUTS = "http://data.europa.eu/nuts/code/"
INSEE = "http://id.insee.fr/geo/"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{INSEE}region/11", "Île-de-France"),
        (f"{INSEE}departement/38", "Isère"),
        (f"{INSEE}departement/2A", "Corse-du-Sud"),
        (f"{INSEE}departement/974", "La Réunion"),
        (f"{NUTS}FRL", "Provence-Alpes-Côte d’Azur"),
        (f"{NUTS}FRL0", "Provence-Alpes-Côte d’Azur"),
        (f"{NUTS}FRY10", "Guadeloupe"),
        (f"{NUTS}FRK24", "Auvergne-Rhône-Alpes (FRK24)"),
        (f"{NUTS}FRY", "Régions d’outre-mer"),
        (f"{NUTS}FR", "France"),
        (f"{NUTS}FRZ", None),
        (f"{NUTS}BE2", "Belgique (BE2)"),
        (f"{NUTS}EL61", "Grèce (EL61)"),
        (f"{NUTS}MT00", "Malte"),
        (f"{NUTS}XX1", None),
        (f"{INSEE}region/82", None),
        (f"{INSEE}departement/20", None),
        (f"{INSEE}commune/38185", None),
        ("https://www.geonames.org/3013767/", None),
    ],
)
def test_a_part_of_france_has_a_name(address: str, expected: str | None) -> None:
    """Regions and départements by any official address; of what is unknown nothing is made up."""
    told = regions.label(address)
    assert (told and told["fr"]) == expected


def test_every_departement_of_a_region_has_a_name() -> None:
    """Each that a region has, no name twice."""
    codes = [f"{n:02}" for n in range(1, 96) if n != 20] + [
        "2A",
        "2B",
        "971",
        "972",
        "973",
        "974",
        "976",
    ]
    told = [regions.label(f"{INSEE}departement/{code}") for code in codes]
    assert len({one["fr"] for one in told if one}) == len(codes)


def entry(*more: tuple[str, str, str]) -> Entry:
    """A dataset about Île-de-France and Isère, without a description of either."""
    said = [(ME, "dct:spatial", f"<{INSEE}{one}>") for one in ("region/11", "departement/38")]
    plain = records.poor(IRI, "Passages aux urgences")
    return records.entry(IRI, "urgences-9f9f", plain + records.canonical([*said, *more]))


def test_a_page_tells_names_where_a_description_gives_addresses(tmp_path: Path) -> None:
    """At the head and in the row, with the address as link; search engines read them as well."""
    about = site(records.config(tmp_path))
    page = dict(forms.render_pages(about, entry()))["dataset/urgences-9f9f.html"].decode()
    assert re.findall(r">(Île-de-France|Isère)</a>", page)[:4] == ["Île-de-France", "Isère"] * 2
    assert f">{INSEE}" not in page
    assert f'href="{INSEE}departement/38"' in page
    block = json.loads(structured.block(about, view(entry()), "fr"))
    assert {one["name"] for one in block["spatialCoverage"]} == {"Île-de-France", "Isère"}


def test_a_name_of_the_holder_comes_first(tmp_path: Path) -> None:
    """A place that the description names is called so."""
    own = (f"<{INSEE}departement/38>", "skos:prefLabel", records.words("Isère (hors Vienne)"))
    about = site(records.config(tmp_path))
    page = dict(forms.render_pages(about, entry(own)))["dataset/urgences-9f9f.html"].decode()
    assert page.count("Isère (hors Vienne)") >= 2
    assert ">Isère<" not in page
