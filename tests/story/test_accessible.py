"""The pages of the duties, with axe-core: guide, attestation, figures, dashboards, evidence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from red_catalog.register.tokens import BODY
from tests import shared
from tests.browser.screenshots import CHROMIUM
from tests.story.conftest import HOLDER, Story
from tests.story.world import serving

AXE = Path(shared.need("axe_playwright_python").__file__).parent / "axe.min.js"


@pytest.fixture
def context(story: Story) -> Iterator[Any]:
    """A browser's context on the catalogue, served a year after the end of the story."""
    play = shared.need("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        shared.lack(f"{CHROMIUM} is not installed")
    story.world.on("2032-03-10")
    with serving(story.world), play.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        yield browser.new_context(bypass_csp=True)
        browser.close()


def violations(page: Any) -> list[str]:
    """What axe-core finds on a page."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{page.url} {one['id']}: {one['help']}" for one in found["violations"]]


def test_axe_finds_no_violation(story: Story, context: Any) -> None:
    """Public pages by address, private ones by the form with a key, as people reach them."""
    world, slug, page = story.world, story.standings["due"].entry.slug, context.new_page()
    broken = []
    attesting = f"en/attest/{world.link(slug, HOLDER)}"
    for path in (f"holder/{HOLDER}/guide.html", attesting, "duties.html"):
        page.goto(world.url + path)
        broken += violations(page)
    for owner in (BODY, HOLDER):
        page.goto(f"{world.url}duties.html")
        page.locator("#key").fill(world.key(owner, "read"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/dashboard")
        broken += violations(page)
    page.get_by_role("button", name="Preuves, à imprimer").click()
    page.wait_for_load_state()
    broken += violations(page)
    assert page.pdf()[:5] == b"%PDF-"
    assert broken == []
