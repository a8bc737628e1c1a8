"""What a narrow screen and larger text do to pages: nothing leaves, nothing is cut."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.screenshots import chosen
from tests.browser.test_browser import visit

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "size"), [(1024, 150), (1024, 200), (1280, 200)])
def test_larger_text_stays_on_a_computer(
    browser: Any, root: str, settings: Path, width: int, size: int
) -> None:
    """A dataset's page with its contents beside it has room for larger text."""
    with visit(browser, f"{root}dataset/{chosen(settings)['slug']}") as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
        assert page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("path", ["harvests.html", "en/harvests.html", "quality.html"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_state_in_a_table_is_not_cut(browser: Any, root: str, path: str, size: str) -> None:
    """Each state stands in one line, however narrow its column."""
    with visit(browser, root + path, size) as page:
        lines = page.locator("td .badge").evaluate_all(
            "badges => badges.map(badge => badge.getClientRects().length"
            " * Math.round(badge.clientHeight / parseFloat(getComputedStyle(badge).lineHeight)))"
        )
        assert set(lines) == {1}


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("quality.html", "Qualité"),
        ("en/data.html", "Open data"),
        ("dataset/{slug}", "Jeux de données"),
        ("about.html", ""),
    ],
)
def test_the_menu_of_a_phone_is_whole(
    browser: Any, root: str, settings: Path, path: str, current: str
) -> None:
    """Folded it tells where one is; opened by keyboard, without scripts, it shows every entry."""
    place = path.format(slug=chosen(settings)["slug"])
    with visit(browser, root + place, "phone", java_script_enabled=False) as page:
        assert page.locator(".main-nav a:visible").count() == 0
        assert page.inner_text(".menu-here") == current
        page.locator(".main-nav summary").press("Enter")
        entries = page.locator(".main-nav a:visible")
        assert entries.count() == 8
        boxes = [entry.bounding_box() for entry in entries.all()]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


def test_the_menu_of_a_computer_is_open(browser: Any, root: str) -> None:
    """A wide screen shows every entry once, with nothing to unfold."""
    with visit(browser, root) as page:
        assert page.locator(".main-nav a:visible").count() == 8
        assert not page.locator(".main-nav summary").is_visible()


@pytest.mark.parametrize("path", ["duties.html", "en/duties.html", "quality.html"])
def test_a_table_on_a_phone_shows_figures(browser: Any, root: str, path: str) -> None:
    """Beside the name of the first row at least one figure is in view."""
    with visit(browser, root + path, "phone") as page:
        box = page.locator(".scroll").first.bounding_box()
        figure = page.locator(".scroll").first.locator("tbody td.figure").first.bounding_box()
        assert figure["x"] + figure["width"] <= box["x"] + box["width"]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_head_of_a_dataset_cuts_no_address(
    browser: Any, root: str, settings: Path, size: str
) -> None:
    """A long address in it breaks where the box ends."""
    with visit(browser, f"{root}dataset/{chosen(settings)['slug']}", size) as page:
        page.evaluate(
            "document.querySelector('.strip dd').textContent ="
            " 'http://id.insee.fr/geo/' + 'commune38185'.repeat(20)"
        )
        strip = page.locator(".strip")
        assert strip.evaluate("strip => strip.scrollWidth - strip.clientWidth") == 0


def test_paper_has_what_is_folded_on_the_screen(browser: Any, root: str, settings: Path) -> None:
    """Versions, and points to improve, are printed without having been opened."""
    with visit(browser, f"{root}dataset/{chosen(settings)['changed']}") as page:
        shown = "#versions details:not([open]) p"
        seen = [page.eval_on_selector(shown, "one => one.checkVisibility()")]
        page.emulate_media(media="print")
        seen.append(page.eval_on_selector(shown, "one => one.checkVisibility()"))
        assert seen == [False, True]


def test_the_years_of_a_period_can_be_read_on_a_phone(
    browser: Any, root: str, settings: Path
) -> None:
    """The figures below the axis are ten pixels high at least."""
    with visit(browser, f"{root}dataset/{chosen(settings)['slug']}", "phone") as page:
        size = page.eval_on_selector(
            ".years text",
            "one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a",
        )
        assert size >= 10
