"""Every kind of page: axe-core finds nothing, it fits the screen, nothing goes wrong in it."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests import shared
from tests.browser.test_browser import SIZES, kinds, settle

AXE = Path(shared.need("axe_playwright_python").__file__).parent / "axe.min.js"


MANY: Final = "".join(
    f"""<https://donnees.ch-tamaris.example/jeu/{n}> a <http://www.w3.org/ns/dcat#Dataset> ;
    <http://purl.org/dc/terms/title> "Passages aux urgences, {n}"@fr .
"""
    for n in range(3)
)


def look(page: Any) -> list[tuple[str, list[str]]]:
    """What is wrong with the page that is shown, and where."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    found: list[tuple[str, list[str]]] = []
    if page.evaluate(wide) > 0:
        found.append(("scrolls sideways", []))
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    for one in result["violations"]:
        where = [node["html"][:160] for node in one["nodes"][:3]]
        found.append((f"{one['id']}: {one['help']}", where))
    return found


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
        for what, where in look(page):
            broken.setdefault(what, []).append(f"{path} {where}")
    context.close()
    assert broken == {}
    assert trouble == []


@pytest.mark.parametrize(("size", "folder"), [("desktop", "en/"), ("phone", "")])
def test_answers_of_forms_are_accessible_and_fit(
    browser: Any, root: str, size: str, folder: str
) -> None:
    """Reports of checks, refusals, a wrong key and the duties of a situation, in both languages."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    page = context.new_page()
    forms = {
        "check.html": {"#text": MANY},
        "check.html#unread": {"#url": "https://127.0.0.1/donnees.ttl"},
        "check.html#empty": {},
        "duties.html": {"#key": "une-autre"},
        "scope.html": {},
    }
    told = {}
    for path, typed in forms.items():
        page.goto(root + folder + path, wait_until="load")
        for field, text in typed.items():
            page.fill(field, text)
        before = page.inner_text("main")
        with page.expect_navigation(wait_until="load"):
            page.locator("main form button[type=submit]").last.click()
        assert page.inner_text("main") != before, path
        if found := look(page):
            told[path] = found
    context.close()
    assert told == {}
