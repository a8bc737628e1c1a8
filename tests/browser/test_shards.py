"""An index in shards answers as one index would: people see no difference."""

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from red_catalog.model import spelling
from red_catalog.publish.web.themes import OURS
from red_catalog.store import words as words_module
from tests.browser.screenshots import serving_again
from tests.browser.test_browser import answers, expect, settle, titles, visit

_LOWERED = "from red_catalog.publish.search import shards; shards.MOST = 8"


@pytest.fixture(scope="module")
def sharded(settings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample catalogue as if eight datasets were enough for a shard."""
    folder = tmp_path_factory.mktemp("sharded") / "demo"
    with serving_again(settings, folder, first=_LOWERED) as address:
        index = folder / "public" / "current" / "site" / "pagefind"
        assert sorted(one.name for one in index.iterdir()) == [*"01234567", "words"]
        assert len(list(index.rglob("*.js"))) == 1
        assert {path.parent.name for path in index.rglob("wasm.*")} == {"words"}
        yield address


def more(page: Any) -> list[str]:
    """The titles found, all of them, in order."""
    button = page.locator(".finder-main .ghost")
    while button.is_visible():
        shown = page.locator("ol.results > li").count()
        button.click()
        expect(page.locator(f"ol.results > li:nth-child({shown + 1})")).to_be_attached()
    return titles(page)


@pytest.mark.parametrize(
    "asked",
    [
        "datasets.html?sort=title",
        "en/datasets.html?sort=changed",
        "datasets.html?access=non-public&access=restricted&verdict=flagged&sort=population",
        "datasets.html?q=Dépistage&verdict=flagged&sort=population",
        "en/datasets.html?q=depistage&sort=title",
    ],
)
def test_shards_give_what_one_index_gives(
    browser: Any, root: str, sharded: str, asked: str
) -> None:
    """The same datasets in the same order on every page of results, and the same counts."""
    seen = answers(browser, (root + asked, sharded + asked), more)
    assert seen[0] == seen[1]
    assert len(seen[0][1]) == int(re.findall(r"\d+", seen[0][0])[0])


@pytest.mark.parametrize(("asked", "first"), [("?q=mésange", "mésange"), ("?q=cancers", "cancer")])
def test_what_is_nearest_comes_first(
    browser: Any, root: str, sharded: str, asked: str, first: str
) -> None:
    """Words find the same datasets in all shards; one that has them in its title leads."""
    path = f"datasets.html{asked}"
    (many, found, facets), (same, others, counted) = answers(
        browser, (root + path, sharded + path), more
    )
    assert (many, sorted(found), facets) == (same, sorted(others), counted)
    assert first in found[0].casefold()
    assert first in others[0].casefold()


@pytest.mark.parametrize(
    "words",
    [
        "alzheimer", "parkinson", "VIH", "femmes enceintes", "séjour hôpital", "FINESS",
        "conformant", "d'urgence", '"séjours hospitaliers"', "établissements",
        "hospitalisations", "dépistages", "le la", "glucos",
        "debit_noradrenaline", "10.5072/mesange-genotypage", "I21",
        "réanimation dépistage",
        "cancers", "les jeux de données sur le cancer", "sarscov2", "O.M.O.P.", "anti-cancer",
    ],
)  # fmt: skip
def test_what_no_dataset_says_is_not_found(
    browser: Any, root: str, sharded: str, words: str
) -> None:
    """A word that nobody wrote finds nothing, however it begins; the others as much as the API."""
    asked = urllib.parse.quote(words)
    with urllib.request.urlopen(f"{root}api/datasets?q={asked}") as answer:
        total = json.load(answer)["total"]
    path = f"datasets.html?q={asked}"
    seen = answers(browser, (root + path, sharded + path), lambda _: [])
    assert [int(re.sub(r"\D", "", told) or 0) for told, _, _ in seen] == [total, total]


def test_words_that_no_dataset_has_are_named(browser: Any, sharded: str) -> None:
    """A search that finds nothing says which words are to blame, and shows the lists."""
    with visit(browser, f"{sharded}datasets.html?q=cancer+Alzheimer+VIH") as page:
        settle(page)
        told = page.inner_text("#count").replace("\xa0", " ").replace("\u202f", " ")
        assert told == (
            "Aucun jeu de données ne contient le mot « Alzheimer ». "
            "Aucun jeu de données ne contient le mot « VIH ». La recherche lit les titres, les "
            "mots-clés, les détenteurs, les descriptions, les catégories, les identifiants, les "
            "codes et les variables."
        )
        expect(page.locator("#browse")).to_be_visible()


def test_the_page_and_the_read_interface_leave_out_the_same_words() -> None:
    """Articles and prepositions, and what every dataset is, are the same lists in both."""
    script = (OURS / "words.js").read_text("utf-8")
    for name, ours in (("EMPTY", words_module._EMPTY), ("GENERIC", words_module._GENERIC)):
        told = re.search(rf"{name} = new Set\((.*?)\.split", script, re.DOTALL)
        assert told
        assert set("".join(re.findall(r'"([^"]*)"', told[1])).split()) == ours


def test_the_page_and_the_program_take_the_same_letters_apart() -> None:
    """What Unicode leaves whole, as œ, ß, ø and ł, is the same list in both."""
    script = (OURS / "fold.js").read_text("utf-8")
    told = dict(re.findall(r"(\w): \"(\w+)\"", script))
    ours = {chr(one): plain for one, plain in spelling._LETTERS.items()}
    assert {one: plain for one, plain in told.items() if one != plain} == {
        one: plain for one, plain in ours.items() if one.islower()
    }
    assert all(told[one.lower()] == plain.lower() for one, plain in ours.items())


def test_one_program_is_loaded_for_all_shards(browser: Any, sharded: str) -> None:
    """A browser loads Pagefind once, and of each shard three files before anyone asks."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url.removeprefix(sharded)))
    page.goto(f"{sharded}datasets.html")
    settle(page)
    ours = [one.partition("?")[0] for one in asked if one.startswith("pagefind/")]
    assert sum(one.endswith(".js") for one in ours) == 1
    assert sum("/wasm." in one for one in ours) == 1
    for kind in ("pagefind-entry.json", ".pf_meta", ".pf_filter"):
        assert sum(one.endswith(kind) for one in ours) == 9
    context.close()


def test_without_datasets_nothing_is_found(browser: Any, root: str) -> None:
    """A catalogue that has no dataset yet has no index; its search says that nothing matches."""
    context = browser.new_context()
    page = context.new_page()

    def empty(route: Any) -> None:
        route.fulfill(json={**route.fetch().json(), "shards": [], "facets": []})

    page.route("**/search/fr.json*", empty)
    page.goto(f"{root}datasets.html?q=cancer")
    settle(page)
    expect(page.locator("#count")).to_have_text(re.compile("^Aucun jeu de données"))
    context.close()
