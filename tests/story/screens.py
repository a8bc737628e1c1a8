"""Pictures of the story: `python -m tests.story.screens docs/screenshots/story`."""

import html
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from red_catalog.register.tokens import BODY
from tests.browser.screenshots import CHROMIUM, squeeze
from tests.story.conftest import HOLDER, Story, onboard, tell
from tests.story.world import World, serving, text_of

_WIDE, _PHONE = (1280, 900), (390, 844)


def main() -> None:
    """Tells the story in a folder of its own, then takes the pictures."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as play:
        story = Story(World(Path(folder) / "catalogue"))
        onboard(story.world)
        tell(story)
        story.world.on("2032-03-10")
        browser = play.chromium.launch(executable_path=CHROMIUM)
        with serving(story.world):
            for name, size, page in _pages(story, browser):
                file = target / f"{name}.png"
                page.set_viewport_size({"width": size[0], "height": size[1]})
                page.screenshot(path=file, full_page=True)
                page.context.close()
                squeeze(file)
        browser.close()


def _pages(story: Story, browser: Browser) -> Iterator[tuple[str, tuple[int, int], Page]]:
    world = story.world
    slug = story.standings["due"].entry.slug

    def visit(path: str) -> Page:
        page = browser.new_context(reduced_motion="reduce").new_page()
        page.goto(world.url + path)
        return page

    yield "1-guide", _WIDE, visit(f"holder/{HOLDER}/guide.html")
    yield "1-guide-en-phone", _PHONE, visit(f"en/holder/{HOLDER}/guide.html")
    for number, chapter in (("2-report", "mistakes"), ("5-reminder", "due")):
        page = browser.new_context().new_page()
        told = html.escape(text_of(story.mails[chapter][-1]))
        page.set_content(f"<pre style='white-space:pre-wrap;max-width:60rem'>{told}</pre>")
        yield number, _WIDE, page
    search = visit("datasets.html?q=urgences&category=EHRS&population=4")
    search.wait_for_selector("#search[data-ready]")
    yield "3-search", _WIDE, search
    yield "4-dataset", _WIDE, visit(f"dataset/{slug}.html")
    link = world.link(slug, HOLDER)
    yield "6-attest", _WIDE, visit(f"attest/{link}")
    yield "6-attest-en-phone", _PHONE, visit(f"en/attest/{link}")
    yield "7-duties", _WIDE, visit("duties.html")
    yield "7-duties-en-phone", _PHONE, visit("en/duties.html")
    yield "7-coverage", _WIDE, visit("coverage.html")
    yield "8-dashboard-body", _WIDE, _dashboard(visit("duties.html"), world.key(BODY, "read"))
    yield (
        "8-dashboard-body-phone",
        _PHONE,
        _dashboard(visit("en/duties.html"), world.key(BODY, "read")),
    )
    own = _dashboard(visit("duties.html"), world.key(HOLDER, "read"))
    yield "9-dashboard-holder", _WIDE, own
    page = _dashboard(visit("duties.html"), world.key(BODY, "read"))
    page.get_by_role("button", name="Preuves, à imprimer").click()
    page.wait_for_load_state()
    yield "10-evidence", _WIDE, page


def _dashboard(page: Page, key: str) -> Page:
    page.locator("#key").fill(key)
    page.locator("form.key button").click()
    page.wait_for_load_state()
    return page


if __name__ == "__main__":
    main()
