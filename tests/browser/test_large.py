"""Beyond the configured size the search asks the read interface: people see no difference."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.screenshots import serving_again
from tests.browser.test_browser import answers, expect, settle, titles, visit


@pytest.fixture(scope="module")
def large(settings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample catalogue, published and served as if ten datasets were too many to index."""
    folder = tmp_path_factory.mktemp("large") / "demo"
    lowered = ("[publication]", "[publication]\nsearch_index_up_to = 10")
    with serving_again(settings, folder, change=lowered) as address:
        assert not (folder / "public" / "current" / "site" / "pagefind").exists()
        yield address


@pytest.mark.parametrize(
    "asked",
    [
        "?sort=title",
        "?access=non-public&sort=title",
        "?access=non-public&access=restricted&verdict=flagged&sort=title",
        "?q=Est-ce+que+vous+avez+un+depistage&sort=title",
        "?q=Dépistage&sort=population",
    ],
)
@pytest.mark.parametrize("folder", ["", "en/"])
def test_both_ways_find_and_count_the_same(
    browser: Any, root: str, large: str, folder: str, asked: str
) -> None:
    """The index in the browser and the read interface give the same datasets and counts."""
    path = f"{folder}datasets.html{asked}"
    seen = answers(browser, (root + path, large + path), titles)
    assert seen[0] == seen[1]
    assert seen[0][1] != []


def test_both_ways_tell_what_is_nearest_to_a_search_that_finds_nothing(
    browser: Any, root: str, large: str
) -> None:
    """Without one of the words, the unknown one too, and without the filters."""
    path = "datasets.html?q=cancer+zygomatique&holder=kinelia-sante"

    def nearest(page: Any) -> list[str]:
        return [str(one) for one in page.locator(".nearby a").all_inner_texts()]

    for asked, left in ((path, []), (path.replace("+zygomatique", ""), ["Sans les filtres"])):
        seen = answers(browser, (root + asked, large + asked), nearest)
        assert seen[0][1] == seen[1][1]
        assert [one.partition("\xa0:")[0] for one in seen[0][1]] == left


def test_the_read_interface_pages_sorts_and_links(browser: Any, large: str) -> None:
    """More results come at a press, links lead to pages, the back button undoes a choice."""
    with visit(browser, f"{large}datasets.html?sort=title") as page:
        settle(page)
        assert len(titles(page)) == 20
        page.click(".finder-main .ghost")
        expect(page.locator("ol.results > li")).to_have_count(40)
        assert len(set(titles(page))) == 40
        whole = page.inner_text("#count")
        page.check("#f-access-restricted")
        expect(page.locator("#count")).not_to_have_text(whole)
        page.go_back()
        expect(page.locator("#count")).to_have_text(whole)
        page.locator("ol.results .item-title a").first.click()
        page.wait_for_url("**/dataset/*")
        expect(page.locator("h1")).to_be_visible()


def test_pressed_twice_more_results_come_once(browser: Any, large: str) -> None:
    """While the next page is on its way the button waits; nothing is listed twice or lost."""
    with visit(browser, f"{large}datasets.html?sort=title") as page:
        settle(page)
        asked: list[Any] = []

        def hold(route: Any) -> None:
            """Playwright marks what it calls, which a built-in method does not bear."""
            asked.append(route)

        page.route("**/api/datasets*", hold)
        press = "document.querySelector('.finder-main .ghost').click()"
        page.evaluate(f"{press}; {press}")
        expect(page.locator(".finder-main .ghost")).to_be_disabled()
        assert len(asked) == 1
        asked[0].continue_()
        expect(page.locator("ol.results > li")).to_have_count(40)
        assert len(set(titles(page))) == 40


def test_a_silent_server_leaves_the_lists(browser: Any, large: str) -> None:
    """Where the read interface does not answer, the page says so and shows the lists."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/api/datasets*", lambda route: route.abort())
    page.goto(f"{large}datasets.html?q=cancer")
    settle(page)
    expect(page.locator("#count")).to_have_text(re.compile("^La recherche ne répond pas"))
    expect(page.locator("#browse")).to_be_visible()
    context.close()
