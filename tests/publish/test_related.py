"""Datasets that go with another one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.namespaces import HEALTH_AUTHORITY, term
from red_catalog.publish import release
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


def worded(number: int, *keywords: str) -> Card:
    """A dataset with these keywords."""
    iri = f"{records.CHU}{number}"
    said = [("dcat:keyword", records.words(one)) for one in keywords]
    return card(records.entry(iri, f"jeu-{number}", records.poor(iri, f"Jeu {number}", *said)))


def test_two_keywords_in_common_relate_datasets() -> None:
    """However they are written; one alone does not."""
    cards = [worded(1, "Biopsie", "foie"), worded(2, "biopsie", "Foie"), worded(3, "foie", "rein")]
    assert related.find(cards) == {"jeu-1": ("jeu-2",), "jeu-2": ("jeu-1",), "jeu-3": ()}


@pytest.mark.parametrize(("datasets", "shown"), [(150, related.MOST), (151, 0)])
def test_keywords_of_very_many_datasets_relate_nothing(datasets: int, shown: int) -> None:
    """They tell nothing apart, and to count whom they relate takes ever longer."""
    near = related.find([worded(number, "santé", "hôpital") for number in range(datasets)])
    assert {len(others) for others in near.values()} == {shown}


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_page_leads_to_the_lists_that_its_dataset_is_in(published: Path, folder: str) -> None:
    """Categories, themes and the like lead to more of the kind, keywords to a search."""
    page = (published / f"{folder}dataset/sejours-1a2b.html").read_text("utf-8")
    near = page.partition('id="related"')[2].partition("</section>")[0]
    found = re.findall(rf'href="/{folder}((category|theme|territory|coding)/[\w-]+\.html)"', near)
    assert {kind for _, kind in found} == {"category", "theme", "territory", "coding"}
    for path, _ in found:
        listed = (published / folder / path).read_text("utf-8")
        assert f'href="/{folder}dataset/sejours-1a2b.html"' in listed
    above = page.partition('id="related"')[0]
    assert f'href="/{folder}category/' in above
    assert f'href="/{folder}theme/' in above
    assert f'href="/{folder}datasets.html?q=' in above


def test_a_theme_that_is_only_a_text_leads_nowhere(tmp_path: Path) -> None:
    """It is shown as its holder wrote it, and stops no release."""
    iri = f"{records.CHU}libre"
    entry = records.entry(
        iri, "libre-1a2b", records.poor(iri, "Jeu", ("healthdcatap:healthTheme", '"Cancer"@fr'))
    )
    prepared = release.prepare(records.config(tmp_path), [entry], (), records.MOMENT)
    assert prepared is not None
    page = (prepared.folder / "site/dataset/libre-1a2b.html").read_text("utf-8")
    assert '<li><bdi lang="fr">Cancer</bdi></li>' in page
