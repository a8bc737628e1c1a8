"""Whoever reads with the keyboard, a screen reader or their own colours keeps their place."""

from typing import Any

import pytest

from tests.browser.test_browser import expect, settle, titles, visit


def test_more_results_come_once_the_network_is_back(browser: Any, root: str) -> None:
    """A failure is told beside the button, which keeps the focus; the next press answers."""
    page = browser.new_context().new_page()
    page.goto(f"{root}datasets.html?sort=title")
    settle(page)
    told = page.inner_text("#count")
    page.route("**/fragment/*", lambda route: route.abort())
    more = page.locator(".found > button")
    more.focus()
    page.keyboard.press("Enter")
    said = page.locator(".found > [role=status]")
    expect(said).to_have_text("Les autres résultats n’ont pas pu être chargés. Réessayez.")
    expect(more).to_be_focused()
    page.unroute("**/fragment/*")
    page.keyboard.press("Enter")
    expect(page.locator("ol.results > li:nth-child(40)")).to_be_attached()
    expect(said).to_be_empty()
    assert page.inner_text("#count") == told
    page.fill("#q", "cancer")
    expect(page.locator("#count")).to_contain_text("trouvés")
    settle(page)
    assert titles(page)
    page.context.close()


def test_a_part_of_the_index_that_is_lost_once_is_asked_for_again(browser: Any, root: str) -> None:
    """A request that fails, or a part that a publication took away, makes no word unknown."""
    page = browser.new_context().new_page()
    page.goto(f"{root}datasets.html")
    settle(page)
    page.route("**/*.pf_index*", lambda route: route.abort(), times=1)
    page.fill("#q", "cancer")
    expect(page.locator("#count")).to_contain_text("trouvés")
    assert titles(page)
    page.context.close()


def test_a_part_of_the_index_that_stays_lost_is_told(browser: Any, root: str) -> None:
    """A page that cannot read the index says so, and not that no dataset has the word."""
    page = browser.new_context().new_page()
    page.goto(f"{root}datasets.html")
    settle(page)
    page.route("**/*.pf_index*", lambda route: route.fulfill(status=404))
    page.fill("#q", "cancer")
    expect(page.locator("#count")).to_contain_text("La recherche ne répond pas")
    page.unroute("**/*.pf_index*")
    page.fill("#q", "cancers")
    expect(page.locator("#count")).to_contain_text("trouvés")
    page.context.close()


@pytest.mark.parametrize(
    "away", ["**/pagefind/**", "**/search/fr.json*", "**/search-pagefind.js*", "**/*.pf_meta*"]
)
def test_a_search_that_cannot_begin_is_told(browser: Any, root: str, away: str) -> None:
    """Whatever of the search is out of reach, the page says so and shows its lists."""
    page = browser.new_context().new_page()
    page.route(away, lambda route: route.abort())
    page.goto(f"{root}datasets.html?q=cancer")
    expect(page.locator("#count")).to_contain_text("La recherche ne répond pas")
    expect(page.locator("#browse")).to_be_visible()
    if "fr.json" not in away:
        expect(page.locator("#q")).to_have_value("cancer")
    page.context.close()


def test_a_search_that_takes_its_time_is_told(browser: Any, root: str) -> None:
    """While an answer is on its way the page says so, and shows no list in its place."""
    page = browser.new_context().new_page()
    waiting: list[Any] = []

    def hold(route: Any) -> None:
        """Playwright marks what it calls, which a built-in method does not bear."""
        waiting.append(route)

    page.route("**/search/fr.json*", hold)
    page.goto(f"{root}datasets.html?q=cancer")
    expect(page.locator("#count")).to_have_text("Recherche en cours…")
    expect(page.locator("#browse")).to_be_hidden()
    waiting[0].continue_()
    expect(page.locator("#count")).to_contain_text("trouvés")
    page.context.close()


def test_facets_have_names_and_keep_the_focus(browser: Any, root: str) -> None:
    """A box is in the group of its facet and tells its number; no press throws the focus away."""
    with visit(browser, f"{root}datasets.html?holder=kinelia-sante") as page:
        settle(page)
        box = page.get_by_role("group", name="Détenteur").locator("[value=kinelia-sante]")
        number = box.locator("xpath=..").locator(".count").inner_text()
        expect(box).to_have_accessible_description(number)
        box.press("Space")
        page.wait_for_url("**/datasets.html")
        settle(page)
        expect(box).to_be_focused()
        categories = page.get_by_role("group", name="Catégorie").first
        rows = categories.locator("li")
        before = rows.count()
        categories.get_by_role("button").press("Enter")
        assert rows.count() > before
        expect(rows.nth(before).locator("input")).to_be_focused()


def test_the_current_page_is_told_without_colours(browser: Any, root: str) -> None:
    """In colours of one's own, the current letter has an outline, the current menu entry a line."""
    with visit(browser, f"{root}datasets/c.html", forced_colors="active") as page:
        letters = page.locator(".letters a").evaluate_all(
            "all => all.map(a => getComputedStyle(a).outlineStyle)"
        )
        assert sorted(letters) == [*["none"] * (len(letters) - 1), "solid"]
        seen = page.locator(".menu-wide a").evaluate_all(
            """all => all.map(a => [a.ariaCurrent !== null, getComputedStyle(a).borderBottomColor
                !== getComputedStyle(document.body).backgroundColor])"""
        )
        assert {current for current, _ in seen} == {True, False}
        assert all(current is underlined for current, underlined in seen)
