"""Words are found as people type them: without accents, joined, in the plural, in a question."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from red_catalog.publish.search import shards
from tests.browser.test_browser import settle, titles, visit
from tests.browser.test_orders import serving_titles

TITLES = (
    "Santé au travail",
    "Santé des élèves",
    "Santé mentale",
    "Établissements (SAE)",
    "Aide à domicile",
    "Aides aux familles",
    "Aides sociales",
    "Enquête auprès des aidants",
    "Déclarations d’accidents",
    "Découvertes de séropositivité",
    "Décomptes de soins",
    "Causes de décès",
    "Chirurgie du cœur",
    "Médicaments remboursés",
    "Hépatites virales",
    "Maladies hépatiques",
    "Cancer du sein",
    "Dépistage des cancers",
    "Źródła zakażeń w Łodzi",
    "Εμβολιασμός κατά της γρίπης",
    "Fußamputationen",
    "Tests SI-DEP de la covid-19",
)


@pytest.fixture(scope="module", params=[500, 6])
def address(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[str]:
    """A catalogue whose shards have at most so many datasets."""
    folder: Path = tmp_path_factory.mktemp("words")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "MOST", request.param)
        with serving_titles(folder, dict.fromkeys(TITLES, 1)) as root:
            yield root


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("SAE", {"Établissements (SAE)"}),
        ("aidants", {"Enquête auprès des aidants"}),
        ("deces", {"Causes de décès"}),
        ("causes deces", {"Causes de décès"}),
        ("coeur", {"Chirurgie du cœur"}),
        ("CŒUR", {"Chirurgie du cœur"}),
        ("cancers", {"Cancer du sein", "Dépistage des cancers"}),
        ("remboursées", {"Médicaments remboursés"}),
        ("hépatites", {"Hépatites virales"}),
        ("covid19", {"Tests SI-DEP de la covid-19"}),
        ("sidep", {"Tests SI-DEP de la covid-19"}),
        ("tests S.I.D.E.P.", {"Tests SI-DEP de la covid-19"}),
        ("les jeux de données sur le cancer", {"Cancer du sein", "Dépistage des cancers"}),
        ("zrodla lodzi", {"Źródła zakażeń w Łodzi"}),
        ("ΓΡΙΠΗΣ", {"Εμβολιασμός κατά της γρίπης"}),
        ("fussamputationen", {"Fußamputationen"}),
    ],
)
def test_words_are_found_as_they_are_typed(
    browser: Any, address: str, asked: str, found: set[str]
) -> None:
    """What a title says is among the first found, however it is spelt."""
    with visit(browser, f"{address}datasets.html?q={asked}") as page:
        settle(page)
        assert found <= set(titles(page)[:4])


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("la santé mentale des zygomatiques", {"zygomatiques": 1}),
        ("causes mentale", {"causes": 1, "mentale": 1}),
        ("zygomatiques", {}),
    ],
)
def test_who_finds_nothing_is_led_to_what_is_nearest(
    browser: Any, address: str, asked: str, nearest: dict[str, int]
) -> None:
    """The page tells how many there are without one of the words, and links to them."""
    with visit(browser, f"{address}datasets.html?q={asked}") as page:
        settle(page)
        told = page.locator(".nearby a").all_inner_texts()
        assert [re.findall(r"« (.+) » : (\d+) ", one.replace("\xa0", " ")) for one in told] == [
            [(left, str(count))] for left, count in nearest.items()
        ]
        for count in [*nearest.values()][:1]:
            page.click(".nearby a")
            settle(page)
            assert len(titles(page)) == count
            assert page.locator(".nearby").is_hidden()


def test_a_plural_finds_no_other_word(browser: Any, address: str) -> None:
    """What is left of a word without its ending is not so short that others begin with it."""
    with visit(browser, f"{address}datasets.html?q=hépatites") as page:
        settle(page)
        assert "Maladies hépatiques" not in titles(page)


def test_an_acronym_that_nothing_has_finds_nothing(browser: Any, address: str) -> None:
    """Its letters are little words, which narrow nothing down."""
    with visit(browser, f"{address}datasets.html?q=S.N.D.S.") as page:
        settle(page)
        assert not titles(page)


def test_what_scripts_call_their_own_is_a_word(browser: Any, address: str) -> None:
    """It is looked for as any other."""
    with visit(browser, f"{address}datasets.html?q=constructor") as page:
        settle(page)
        assert "ne contient le mot « constructor »" in page.inner_text("#count").replace(
            "\xa0", " "
        )
