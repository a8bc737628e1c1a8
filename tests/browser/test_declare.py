"""The form that describes a dataset: by keyboard alone, without script, with a draft, for axe."""

from typing import Any

import pytest

from tests.browser.test_axe import AXE
from tests.browser.test_browser import SIZES

# What the mandatory part asks for where access is not public, in the order of the page.
TYPED = {
    "datasets.0.identifier": "URG-1",
    "datasets.0.title": "Passages aux urgences",
    "datasets.0.description": "Passages adultes depuis 2015, avec motif et orientation.",
    "datasets.0.access": "non",
    "datasets.0.category": " ",
    "datasets.0.type": "Données personnelles",
    "datasets.0.keyword": "urgences",
    "datasets.0.provenance": "Résumés de passage, pseudonymisés.",
    "datasets.0.structured": "non",
    "contacts.0.name": "Centre hospitalier des Tamaris",
    "contacts.0.email": "donnees@ch-tamaris.example",
    "contacts.1.name": "Entrepôt de données",
    "contacts.1.email": "entrepot@ch-tamaris.example",
    "distributions.0.access_url": "https://www.ch-tamaris.example/acces",
}
WELL = "Rien ne manque de ce que HealthDCAT-AP exige"


def tab_to(page: Any, name: str) -> None:
    """Presses Tab until the field of this name has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.value") == name:
            return
    pytest.fail(f"Tab never reaches {name}")


def tab_to_button(page: Any, value: str) -> None:
    """Presses Tab until the button of this value has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == value:
            return
    pytest.fail(f"Tab never reaches the button {value}")


def write(page: Any) -> None:
    """Fills in the mandatory part with the keyboard alone."""
    for name, text in TYPED.items():
        tab_to(page, name)
        kind = page.evaluate("document.activeElement.type")
        if kind == "checkbox":
            page.keyboard.press("Space")
        else:
            page.keyboard.type(text)


@pytest.mark.parametrize("script", [True, False])
def test_the_keyboard_alone_describes_a_dataset(browser: Any, root: str, script: bool) -> None:
    """With and without script: the mandatory part, then Check, gives nothing to correct."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(root + "declare/form")
    if script:
        write(page)
        tab_to_button(page, "check")
        page.keyboard.press("Enter")
    else:
        fill_without_script(page)
        page.locator("button[value=check]").press("Enter")
    page.wait_for_load_state()
    told = page.inner_text("#outcome")
    assert WELL in told, told
    assert page.input_value("[name='datasets.0.title']") == TYPED["datasets.0.title"]
    with page.expect_download() as download:
        if script:
            tab_to_button(page, "turtle")
            page.keyboard.press("Enter")
        else:
            page.locator("button[value=turtle]").press("Enter")
    assert download.value.suggested_filename == "URG-1.ttl"
    hand_in_by_enter(page, script)
    context.close()


def hand_in_by_enter(page: Any, script: bool) -> None:
    """Enter in the field of the key hands in; without script it is said that it does not."""
    page.fill("#key", "une-autre")
    page.press("#key", "Enter")
    page.wait_for_load_state()
    told = "Description non déposée. " + ("Clé inconnue" if script else "« Vérifier » ne dépose")
    assert told in page.inner_text("#outcome [role=alert]").replace("\xa0", " ")


def fill_without_script(page: Any) -> None:
    """The same, where the page cannot be asked what has the focus."""
    for name, text in TYPED.items():
        field = page.locator(f"[name='{name}']").first
        if field.get_attribute("type") == "checkbox":
            field.press("Space")
        else:
            field.press_sequentially(text)


def test_a_draft_waits_in_the_browser(browser: Any, root: str) -> None:
    """What was written is there after a reload at once, never the key, until it is forgotten."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(root + "en/declare/form")
    page.fill("[name='datasets.0.title']", "Emergency visits")
    page.check("[name='datasets.0.category'] >> nth=2")
    page.fill("#key", "secret-key")
    page.reload()
    assert page.input_value("[name='datasets.0.title']") == "Emergency visits"
    assert page.is_checked("[name='datasets.0.category'] >> nth=2")
    assert page.input_value("#key") == ""
    assert "secret-key" not in page.evaluate("localStorage.getItem('red-declare-draft-en')")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.click(".forget")
    assert page.input_value("[name='datasets.0.title']") == "Emergency visits"
    page.once("dialog", lambda dialog: dialog.accept())
    page.click(".forget")
    page.wait_for_load_state()
    assert page.input_value("[name='datasets.0.title']") == ""
    context.close()


def test_reloading_after_a_check_keeps_what_was_written_since(browser: Any, root: str) -> None:
    """The browser asks for the old page again, which does not take the place of the draft."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(root + "declare/form")
    page.fill("[name='datasets.0.title']", "Passages aux urgences")
    page.click("button[value=check]")
    page.wait_for_selector("#outcome")
    assert page.input_value("[name='datasets.0.title']") == "Passages aux urgences"
    page.fill("[name='datasets.0.description']", "Passages adultes depuis 2015.")
    page.wait_for_selector(".draft:has-text('Brouillon gardé')")
    page.reload()
    page.wait_for_selector("#outcome")
    assert page.input_value("[name='datasets.0.description']") == "Passages adultes depuis 2015."
    again = context.new_page()
    again.goto(root + "declare/form")
    assert again.input_value("[name='datasets.0.description']") == "Passages adultes depuis 2015."
    context.close()


def test_a_check_keeps_its_own_values_where_another_tab_wrote_since(
    browser: Any, root: str
) -> None:
    """Two forms side by side: neither gets the other's values by checking."""
    context = browser.new_context()
    first, second = (context.new_page() for _ in range(2))
    for page, title in ((first, "Séjours en réanimation"), (second, "Passages aux urgences")):
        page.goto(root + "declare/form")
        page.fill("[name='datasets.0.title']", title)
        page.wait_for_selector(".draft:has-text('Brouillon gardé')")
    first.click("button[value=check]")
    first.wait_for_selector("#outcome")
    assert first.input_value("[name='datasets.0.title']") == "Séjours en réanimation"
    context.close()


def test_a_draft_that_another_tab_replaced_is_said_to_be(browser: Any, root: str) -> None:
    """In view wherever the page is, until what is written here is kept again; not to the other."""
    context = browser.new_context()
    first, second = (context.new_page() for _ in range(2))
    for page, title in ((first, "Séjours en réanimation"), (second, "Passages aux urgences")):
        page.goto(root + "declare/form")
        page.fill("[name='datasets.0.title']", title)
        page.wait_for_selector(".draft:has-text('Brouillon gardé')")
    first.wait_for_selector(".draft.warn")
    assert "Un autre onglet a remplacé ce brouillon" in first.inner_text(".draft")
    first.locator("#key").scroll_into_view_if_needed()
    assert first.locator(".draft").bounding_box()["y"] >= 0
    assert second.locator(".draft.warn").count() == 0
    first.fill("[name='datasets.0.title']", "Séjours en soins intensifs")
    second.wait_for_selector(".draft.warn")
    assert first.locator(".draft.warn").count() == 0
    context.close()


def test_a_draft_stays_in_its_language(browser: Any, root: str) -> None:
    """What was written as French is not offered as English on the other form."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(root + "declare/form")
    page.fill("[name='datasets.0.title']", "Séjours en réanimation")
    page.wait_for_selector(".draft:not([hidden])")
    page.goto(root + "en/declare/form")
    assert page.input_value("[name='datasets.0.title']") == ""
    page.goto(root + "declare/form")
    assert page.input_value("[name='datasets.0.title']") == "Séjours en réanimation"
    context.close()


def test_spare_rows_come_when_wanted(browser: Any, root: str) -> None:
    """Six variables at first and after a check, five more a click; all of them without script."""
    page = browser.new_page()
    page.goto(root + "declare/form")
    rows = page.locator(".variables-form tbody tr:visible")
    before = rows.count()
    page.click(".more-rows")
    assert rows.count() == before + 5
    page.click("button[value=check]")
    page.wait_for_selector("#outcome ~ .draft:visible")
    assert rows.count() == before
    page.close()


def test_what_is_typed_before_the_script_comes_is_kept(browser: Any, root: str) -> None:
    """On a slow network an older draft fills in what is left, and takes the place of nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(root + "declare/form")
    page.fill("[name='datasets.0.title']", "Séjours")
    page.fill("[name='datasets.0.description']", "Séjours depuis 2012.")
    page.reload()
    waiting: list[Any] = []

    def hold(route: Any) -> None:
        waiting.append(route)

    page.route("**/declare.js*", hold)
    page.goto(root + "declare/form", wait_until="commit")
    page.fill("[name='datasets.0.title']", "Urgences")
    page.select_option("[name='datasets.0.access']", index=1)
    page.check("[name='datasets.0.category'] >> nth=2")
    waiting[0].continue_()
    page.wait_for_selector(".draft:visible")
    for _ in range(2):
        assert page.input_value("[name='datasets.0.title']") == "Urgences"
        assert page.input_value("[name='datasets.0.access']") != ""
        assert page.is_checked("[name='datasets.0.category'] >> nth=2")
        assert page.input_value("[name='datasets.0.description']") == "Séjours depuis 2012."
        page.unroute("**/declare.js*")
        page.goto(root + "declare/form")
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["declare/form", "en/declare/form"])
def test_axe_finds_no_violation_in_the_form(browser: Any, root: str, size: str, path: str) -> None:
    """Neither empty nor with mistakes, whose links show the labels too; nothing overflows."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, bypass_csp=True, reduced_motion="reduce"
    )  # fmt: skip
    page = context.new_page()
    page.goto(root + path)
    for asked in (False, True):
        if asked:
            page.fill("[name='datasets.0.title']", "Urgences")
            page.fill("[name='contacts.0.email']", "pas un courriel")
            page.click("button[value=check]")
            page.wait_for_selector("#outcome")
        page.evaluate(AXE.read_text("utf-8"))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#outcome a[href='#contacts.0.email']")
    assert 0 <= page.locator("label[for='contacts.0.email']").bounding_box()["y"] < height
    context.close()
