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
