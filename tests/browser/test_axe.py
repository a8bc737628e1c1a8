"""axe-core on every kind of page."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_browser import SIZES, kinds, settle

axe_module = pytest.importorskip(
    "axe_playwright_python", reason="axe-playwright-python is not installed"
)
AXE = Path(axe_module.__file__).parent / "axe.min.js"


@pytest.mark.parametrize(
    ("size", "scheme", "code"),
    [("desktop", "light", "fr"), ("desktop", "dark", "en"),
     ("phone", "light", "en"), ("phone", "dark", "fr")],
)  # fmt: skip
def test_axe_finds_no_violation(
    browser: Any, root: str, settings: Path, size: str, scheme: str, code: str
) -> None:
    """No rule of axe-core is broken: in French and English, light and dark, desk and hand."""
    width, height = SIZES[size]
    script = AXE.read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    broken: dict[str, list[str]] = {}
    for path in kinds(settings, code):
        page.goto(root + path, wait_until="load")
        settle(page)
        page.evaluate(script)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for one in result["violations"]:
            where = [node["html"][:160] for node in one["nodes"][:3]]
            broken.setdefault(f"{one['id']}: {one['help']}", []).append(f"{path} {where}")
    context.close()
    assert broken == {}
