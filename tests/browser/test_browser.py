"""What people do with the site: search, choose, sort, go back, print, read without scripts."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests import shared
from tests.browser.screenshots import datasets

sync_api = shared.need("playwright.sync_api")
expect, Page, Browser = sync_api.expect, sync_api.Page, sync_api.Browser

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@contextmanager
def visit(browser: Any, address: str, size: str = "desktop", **options: Any) -> Iterator[Any]:
    """A page in a context of its own; what goes wrong in it fails the test."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.goto(address)
    yield page
    context.close()
    assert trouble == []


def settle(page: Any) -> None:
    """Waits until the search has answered, on the page that has one."""
    if "datasets.html" in page.url:
        page.wait_for_selector("#search[data-ready]")
        page.wait_for_timeout(350)


def titles(page: Any) -> list[str]:
    """The titles found."""
    return [t.strip() for t in page.locator("ol.results .item-title").all_inner_texts()]


def counts(page: Any) -> dict[str, str]:
    """The count beside each value of a facet that is shown."""
    script = """rows => rows.map(row =>
        [row.querySelector("input").id, row.querySelector(".count").textContent])"""
    told = page.locator(".facet li").evaluate_all(script)
    return dict(told)


Answer = tuple[str, list[str], dict[str, str]]


def answers(
    browser: Any, addresses: Sequence[str], read: Callable[[Any], list[str]]
) -> list[Answer]:
    """What the same search says at several addresses: how many, what is read there, the counts."""
    seen = []
    for address in addresses:
        with visit(browser, address) as page:
            settle(page)
            seen.append((page.inner_text("#count"), read(page), counts(page)))
    return seen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("path", "plain", "accented"),
    [("datasets.html", "depistage", "dépistage"), ("en/datasets.html", "MESANGE", "mésange")],
)
def test_search_ignores_accents(
    browser: Any, root: str, size: str, path: str, plain: str, accented: str
) -> None:
    """The same datasets are found with and without accents, in both languages.

    Their order may differ: of two spellings in a text, the one that was typed is nearer.
    """
    with visit(browser, f"{root}{path}?q={plain}", size) as page:
        settle(page)
        without = titles(page)
        page.fill("#q", accented)
        settle(page)
        assert without
        assert sorted(titles(page)) == sorted(without)


def test_search_knows_stems(browser: Any, root: str) -> None:
    """A plural finds the singular."""
    with visit(browser, f"{root}datasets.html?q=cancers") as page:
        settle(page)
        plural = set(titles(page))
        page.fill("#q", "cancer")
        settle(page)
        assert set(titles(page)) & plural


@pytest.mark.parametrize("path", ["", "en/"])
def test_all_words_of_a_title_find_it_on_a_fresh_page(browser: Any, root: str, path: str) -> None:
    """A link to a search for several words answers at once with the dataset that has them."""
    with visit(browser, f"{root}{path}datasets.html") as page:
        settle(page)
        listed = [t.strip() for t in page.locator("#browse .item-title").all_text_contents()]
    assert len(listed) > 20
    for title in listed[::6]:
        with visit(browser, f"{root}{path}datasets.html?q={quote(title)}") as page:
            settle(page)
            assert title in titles(page)


def test_values_with_an_order_of_their_own_keep_it(browser: Any, root: str) -> None:
    """Decades are listed as time goes, whatever the counts."""
    with visit(browser, f"{root}datasets.html?access=restricted") as page:
        settle(page)
        decades = page.locator(".facet li:has(input[name=period]) label").all_text_contents()
        assert len(decades) > 2
        assert decades == sorted(decades)


@pytest.mark.parametrize("path", ["datasets.html", "facets/period.html"])
def test_lists_without_scripts_keep_the_order_of_values(browser: Any, root: str, path: str) -> None:
    """Decades come as time goes there, too."""
    with visit(browser, f"{root}{path}", java_script_enabled=False) as page:
        links = page.locator("main a[href*='period/']")
        decades = links.evaluate_all("all => all.map(a => a.pathname)")
        assert len(decades) > 2
        assert decades == sorted(decades)


@pytest.mark.parametrize("path", ["", "datasets.html", "users.html", "data.html"])
def test_larger_text_stays_on_a_phone(browser: Any, root: str, path: str) -> None:
    """With text twice as large nothing leaves the screen sideways, the switch neither."""
    with visit(browser, root + path, "phone") as page:
        settle(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth")
        switch = page.locator("#switch").bounding_box()
        assert wide <= 390
        assert switch["x"] + switch["width"] <= 390


def test_the_form_of_the_home_page_leads_to_results(browser: Any, root: str) -> None:
    """What is typed on the home page is searched for."""
    with visit(browser, root) as page:
        page.fill("#q", "urgences")
        page.keyboard.press("Enter")
        page.wait_for_url("**/datasets.html?q=urgences")
        settle(page)
        assert titles(page)


def test_facets_narrow_and_count(browser: Any, root: str) -> None:
    """A facet's number is how many datasets choosing it leaves."""
    with visit(browser, f"{root}datasets.html") as page:
        settle(page)
        row = page.locator('.facet li:has(input[name="access"][value="restricted"])')
        number = int(row.locator(".count").inner_text())
        row.locator("label").click()
        settle(page)
        assert re.search(r"\?access=restricted$", page.url)
        expect(page.locator("#count")).to_contain_text(str(number))
        assert len(titles(page)) == min(number, 20)
        badges = page.locator("ol.results .badge.access-restricted").count()
        assert badges == len(titles(page))
        page.locator(".chosen button").click()
        settle(page)
        assert page.url == f"{root}datasets.html"


def test_a_phone_unfolds_its_facets(browser: Any, root: str) -> None:
    """They are folded until asked for; a choice is a step that the back button takes."""
    with visit(browser, f"{root}en/datasets.html", "phone") as page:
        settle(page)
        before = page.locator("#count").inner_text()
        row = page.locator('.facet li:has(input[name="access"][value="restricted"])')
        assert not row.is_visible()
        page.locator(".facet-panel > summary").click()
        number = row.locator(".count").inner_text()
        row.locator("label").click()
        settle(page)
        assert page.url == f"{root}en/datasets.html?access=restricted"
        expect(page.locator("#count")).to_contain_text(number)
        page.go_back()
        settle(page)
        expect(page.locator("#count")).to_have_text(before)


def test_values_of_one_facet_add_up(browser: Any, root: str) -> None:
    """Two values of one facet are alternatives."""
    with visit(browser, f"{root}datasets.html?access=restricted") as page:
        settle(page)
        one = page.locator("#count").inner_text()
        page.locator('input[name="access"][value="public"]').check()
        settle(page)
        both = page.locator("#count").inner_text()
        numbers = [int(re.findall(r"\d+", text)[0]) for text in (one, both)]
        assert numbers[1] > numbers[0]


def test_sorting_by_title(browser: Any, root: str) -> None:
    """Titles come in the alphabet's order when asked to."""
    with visit(browser, f"{root}datasets.html?q=cancer") as page:
        settle(page)
        page.select_option("#sort", "title")
        settle(page)
        assert "sort=title" in page.url
        found = [t.casefold().replace("é", "e") for t in titles(page)]
        assert found == sorted(found)


def test_the_back_button_undoes_a_choice(browser: Any, root: str) -> None:
    """Each choice is a step; back and forward take and give it."""
    with visit(browser, f"{root}datasets.html?q=cancer") as page:
        settle(page)
        before = titles(page)
        page.locator('input[name="access"][value="restricted"]').check()
        settle(page)
        assert titles(page) != before
        page.go_back()
        settle(page)
        assert titles(page) == before
        assert not page.locator('input[name="access"][value="restricted"]').is_checked()
        page.go_forward()
        settle(page)
        assert page.locator('input[name="access"][value="restricted"]').is_checked()


def test_what_is_typed_after_a_choice_is_a_step_of_its_own(browser: Any, root: str) -> None:
    """Going back from other words leads to the choice made before them."""
    with visit(browser, f"{root}datasets.html?q=cancer") as page:
        settle(page)
        page.locator('input[name="access"][value="restricted"]').check()
        page.wait_for_url("**access=restricted")
        page.fill("#q", "cancer sein")
        page.wait_for_url("**sein**")
        page.fill("#q", "cancer du sein")
        page.wait_for_url("**du**")
        page.go_back()
        settle(page)
        assert page.url.endswith("?q=cancer&access=restricted")
        assert page.locator('input[name="access"][value="restricted"]').is_checked()


def test_who_comes_back_finds_as_many_results(browser: Any, root: str) -> None:
    """After more results and a visit to one of them, they are all there again."""
    with visit(browser, f"{root}datasets.html?sort=title") as page:
        settle(page)
        page.locator(".found > button").click()
        expect(page.locator("ol.results > li")).to_have_count(40)
        page.locator("ol.results .item-title a").nth(25).click()
        page.wait_for_url("**/dataset/*")
        page.go_back()
        expect(page.locator("ol.results > li")).to_have_count(40)


def test_more_results_wait_for_those_that_were_there(browser: Any, root: str) -> None:
    """Who comes back and asks for more before all are there again gets none of them twice."""
    with visit(browser, f"{root}datasets.html?sort=title") as page:
        settle(page)
        button = page.locator(".found > button")
        button.click()
        expect(page.locator("ol.results > li")).to_have_count(40)
        passed: list[Any] = []
        held: list[Any] = []

        def hold(route: Any) -> None:
            if len(passed) == 20:
                held.append(route)
                return
            passed.append(route)
            route.continue_()

        page.route("**/fragment/*", hold)
        page.reload()
        expect(page.locator("ol.results > li")).to_have_count(20)
        expect(button).to_be_disabled()
        passed.clear()
        for route in held:
            route.continue_()
        expect(page.locator("ol.results > li")).to_have_count(40)
        expect(button).to_be_enabled()


def test_a_link_leads_past_the_filters(browser: Any, root: str) -> None:
    """By keyboard the first result is some steps away, however many filters there are."""
    with visit(browser, f"{root}datasets.html?q=cancer") as page:
        settle(page)
        page.focus("#q")
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Voir les résultats")
        page.keyboard.press("Enter")
        expect(page.locator("ol.results .item-title a").first).to_be_focused()


def test_the_switch_keeps_the_page_and_the_search(browser: Any, root: str) -> None:
    """Changing language keeps the page, the words and the filters."""
    with visit(browser, f"{root}datasets.html?q=cancer&access=restricted") as page:
        settle(page)
        page.click("#switch")
        page.wait_for_url("**/en/datasets.html?q=cancer&access=restricted")
        settle(page)
        assert titles(page)
        page.locator("ol.results a").first.click()
        page.wait_for_url("**/en/dataset/*")
        english = page.url
        page.click("#switch")
        assert page.url == english.replace("/en/", "/")
        assert page.locator("html").get_attribute("lang") == "fr"


def test_the_keyboard_alone_is_enough(browser: Any, root: str) -> None:
    """From the skip link to a dataset, without a mouse, the focus always seen."""
    with visit(browser, f"{root}datasets.html") as page:
        settle(page)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("cancer")
        page.keyboard.press("Enter")
        settle(page)
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("Boolean(document.activeElement.closest('ol.results'))"):
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/dataset/*")


def test_a_checkbox_keeps_the_focus(browser: Any, root: str) -> None:
    """Choosing by keyboard does not lose one's place."""
    with visit(browser, f"{root}datasets.html") as page:
        settle(page)
        box = page.locator('input[name="access"][value="restricted"]')
        box.focus()
        page.keyboard.press("Space")
        settle(page)
        assert page.evaluate("document.activeElement.value") == "restricted"


def test_the_focus_stays_by_the_filters_that_are_left(browser: Any, root: str) -> None:
    """Who takes a filter away is at the next one, then at the filters, not where one types."""
    with visit(browser, f"{root}datasets.html?access=public&access=restricted", "phone") as page:
        settle(page)
        chips = page.locator("button.chip")
        for left, expected in ((1, "button.chip"), (0, ".facet-panel > summary")):
            chips.first.focus()
            page.keyboard.press("Enter")
            expect(chips).to_have_count(left)
            expect(page.locator(expected)).to_be_focused()


def test_everything_is_there_without_scripts(browser: Any, root: str) -> None:
    """Without JavaScript the list leads to every dataset, by letter, holder and category."""
    with visit(browser, f"{root}datasets.html", java_script_enabled=False) as page:
        expect(page.locator("noscript")).to_be_visible()
        assert not page.locator("#search").is_visible()
        assert page.locator("#browse .item").count() == 46
        page.click(".letters a >> nth=1")
        page.wait_for_url("**/datasets/*.html")
        assert page.locator(".item").count() > 0
        page.go_back()
        page.click("#by-category + ul a >> nth=0")
        page.wait_for_url("**/category/*.html")
        page.locator(".item a").first.click()
        page.wait_for_url("**/dataset/*")
        assert page.locator("h1").inner_text()


def test_dark_pages_are_dark(browser: Any, root: str) -> None:
    """The device's setting chooses the colours."""
    for scheme, dark in (("dark", True), ("light", False)):
        with visit(browser, root, color_scheme=scheme) as page:
            colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
            channels = [int(c) for c in re.findall(r"\d+", colour)[:3]]
            assert (sum(channels) < 200) is dark


def test_print_leaves_the_navigation_out(browser: Any, root: str) -> None:
    """Paper gets the content: what was found, and the addresses of the data."""
    with visit(browser, f"{root}datasets/c.html") as page:
        page.locator(".item a").first.click()
        page.wait_for_url("**/dataset/**")  # with its style
        page.emulate_media(media="print")
        assert not page.locator(".main-nav").is_visible()
        assert not page.locator(".toc").is_visible()
        assert page.locator("h1").is_visible()
        assert page.locator("#distributions .actions a").first.is_visible()
        page.goto(f"{root}datasets.html?sort=title")
        settle(page)
        assert page.locator("ol.results > li").first.is_visible()
        assert not page.locator(".finder-form, .facet-panel, .found > button").first.is_visible()


def kinds(settings: Path, code: str) -> list[str]:
    """One address of each kind of page in a language, and of what is told apart by content."""
    site = settings.parent / "public" / "current" / "site"
    start = "" if code == "fr" else f"{code}/"
    found: dict[str, str] = {}
    for path in sorted((site / start).rglob("*.html")):
        name = path.relative_to(site / start).as_posix()
        if not name.startswith("en/"):
            found.setdefault(re.sub(r"(?<=/)[^/]+\.html$", "*", name), name)
    heavy = max((site / "dataset").glob("*.html"), key=lambda p: p.stat().st_size)
    changed = next(p for p in datasets(settings) if 'id="versions"' in p.read_text("utf-8"))
    more = [f"dataset/{heavy.name}", f"dataset/{changed.name}", "datasets.html?q=cancer"]
    return [start + name for name in (*found.values(), *more)]


def test_nothing_leaves_the_site_and_the_policy_is_strict(
    browser: Any, root: str, settings: Path
) -> None:
    """Each request goes to the site itself; no inline script or style is allowed."""
    asked: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for path in [*kinds(settings, "fr"), "en/index.html", "en/datasets.html", "en/sparql.html"]:
        answer = page.goto(root + path)
        settle(page)
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
        assert "default-src 'none'" in policy
    context.close()
    assert [url for url in asked if not url.startswith(root)] == []


def weigh(weights: dict[str, int], request: Any) -> None:
    """Notes how many bytes an answer took."""
    weights[request.url] = request.sizes()["responseBodySize"]


def test_pages_are_light_and_quick(browser: Any, root: str, settings: Path) -> None:
    """A page weighs under 100 KB before search, and costs under a second of work."""
    for path in kinds(settings, "fr"):
        context = browser.new_context()
        page = context.new_page()
        weights: dict[str, int] = {}
        page.on("requestfinished", partial(weigh, weights))
        session = context.new_cdp_session(page)
        # Time of the thread, not of the clock: other processes do not count.
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(root + path)
        settle(page)
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        context.close()
        searching = ("/pagefind/", "/search/")
        page_weight = sum(
            size for url, size in weights.items() if not any(s in url for s in searching)
        )
        assert page_weight < 100_000, path
        assert metrics["TaskDuration"] < 1.0, path
