"""Every kind of page: axe-core finds nothing, it fits the screen, nothing goes wrong in it."""

from pathlib import Path
from typing import Any

import pytest

from tests import shared
from tests.browser.test_browser import SIZES, kinds, settle

AXE = Path(shared.need("axe_playwright_python").__file__).parent / "axe.min.js"


@pytest.mark.parametrize(
    ("size", "scheme", "code"),
    # French words are the longer ones: they are for the narrow screen.
    [("desktop", "dark", "en"), ("phone", "light", "fr")],
)
def test_every_kind_of_page_is_accessible_and_fits(
    browser: Any, root: str, settings: Path, size: str, scheme: str, code: str
) -> None:
    """No rule of axe-core is broken and no page scrolls sideways: either language, light, size."""
    width, height = SIZES[size]
    script = AXE.read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    broken: dict[str, list[str]] = {}
    for path in kinds(settings, code):
        page.goto(root + path, wait_until="load")
        settle(page)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            broken.setdefault("scrolls sideways", []).append(path)
        page.evaluate(script)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for one in result["violations"]:
            where = [node["html"][:160] for node in one["nodes"][:3]]
            broken.setdefault(f"{one['id']}: {one['help']}", []).append(f"{path} {where}")
    context.close()
    assert broken == {}
    assert trouble == []
