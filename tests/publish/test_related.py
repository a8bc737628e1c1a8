"""Datasets that go with another one."""

from dataclasses import replace

from red_catalog.namespaces import HEALTH_AUTHORITY, term
from red_catalog.publish.lists import related
from red_catalog.publish.lists.cards import Card, card
from tests.publish import records

SERIES = "https://donnees.chu-rivemont.example/serie/pmsi"


def lone(number: int, *said: tuple[str, str]) -> Card:
    """A dataset that says little but this."""
    iri = f"{records.CHU}{number}"
    added = "".join(f"<{iri}> {term(name)} {value} .\n" for name, value in said).encode()
    entry = records.entry(iri, f"jeu-{number}", records.poor(iri, f"Jeu {number}"))
    return replace(card(replace(entry, canonical=entry.canonical + added)), keywords=())


def test_datasets_of_a_series_are_related() -> None:
    """Being of the same series is enough; of another, nothing."""
    same, other = ("dcat:inSeries", f"<{SERIES}>"), ("dcat:inSeries", f"<{SERIES}-2>")
    near = related.find([lone(1, same), lone(2, same), lone(3, other)])
    assert near == {"jeu-1": ("jeu-2",), "jeu-2": ("jeu-1",), "jeu-3": ()}


def test_a_category_alone_relates_nothing() -> None:
    """Hundreds have the same: with a shared series it only says which comes first."""
    code = ("healthdcatap:healthCategory", f"<{HEALTH_AUTHORITY}healthcategories/EHRS>")
    assert related.find([lone(1, code), lone(2, code)]) == {"jeu-1": (), "jeu-2": ()}
    same = ("dcat:inSeries", f"<{SERIES}>")
    near = related.find([lone(1, same, code), lone(2, same), lone(3, same, code)])
    assert near["jeu-1"] == ("jeu-3", "jeu-2")
