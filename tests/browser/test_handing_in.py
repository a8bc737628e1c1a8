"""The form handed in with a key: what it replaces is asked first, and the draft ends with it."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import catalogue
from tests.browser.screenshots import serving
from tests.browser.test_axe import AXE
from tests.browser.test_declare import TYPED, fill_without_script, write

CONFIG = """
[catalogue]
base_iri = "http://127.0.0.1:{port}/"
title = {{ fr = "Répertoire d'essai", en = "Test register" }}
publisher = {{ fr = "Agence d'essai", en = "Test agency" }}
contact = "contact@red.example.fr"
hdab = {{ fr = "Organisme d'accès d'essai", en = "Test access body" }}
[publication]
rules = []
[[holder]]
id = "tamaris"
name = {{ fr = "Hôpital des Tamaris", en = "Tamaris Hospital" }}
[[source]]
id = "depot"
holder = "tamaris"
kind = "ingest"
"""


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a catalogue that takes descriptions in, and a holder's key."""
    root: Path = tmp_path_factory.mktemp("counter")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (root / "red.toml").write_text(CONFIG.format(port=port), "utf-8")
    key = catalogue.json_of(root, "token", "create", "tamaris")["key"]
    assert catalogue.red_catalog(root, "publish").returncode == 0
    with serving(root / "red.toml", port) as address:
        yield address, str(key)


def hand_in(page: Any, key: str) -> None:
    """Types the key, and presses the button."""
    page.fill("#key", key)
    page.locator("button[value=submit]").press("Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("script", [True, False])
def test_the_next_dataset_does_not_begin_with_the_last_one(
    browser: Any, counter: tuple[str, str], script: bool
) -> None:
    """With and without script: a reload hands nothing in, the draft is gone, the form is empty."""
    root, key = counter
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(root + "declare/form")
    if script:
        write(page)
    else:
        fill_without_script(page)
    hand_in(page, key)
    posted: list[str] = []
    page.on("request", lambda one: posted.append(one.method))
    page.reload()
    assert "URG-1" in page.inner_text(".notice.good")
    assert set(posted) == {"GET"}
    page.get_by_role("button", name="Décrire un autre jeu de données").press("Enter")
    page.wait_for_load_state()
    assert page.input_value("[name='datasets.0.title']") == ""
    context.close()


def test_a_new_draft_outlives_a_look_back(browser: Any, counter: tuple[str, str]) -> None:
    """The page on what was handed in ends the draft of that alone."""
    root, key = counter
    context = browser.new_context()
    page = context.new_page()
    page.goto(root + "declare/form")
    write(page)
    hand_in(page, key)
    handed = page.url
    page.goto(root + "declare/form")
    page.fill("[name='datasets.0.title']", "Séjours en réanimation")
    page.wait_for_selector(".draft:has-text('Brouillon gardé')")
    page.goto(handed)
    page.goto(root + "declare/form")
    assert page.input_value("[name='datasets.0.title']") == "Séjours en réanimation"
    context.close()


def test_a_colleague_who_looks_keeps_a_draft(browser: Any, counter: tuple[str, str]) -> None:
    """The address of that page ends no draft in another browser, and does not say that it did."""
    root, key = counter
    mine, other = browser.new_context(), browser.new_context()
    theirs = other.new_page()
    theirs.goto(root + "declare/form")
    theirs.fill("[name='datasets.0.title']", "Séjours en néonatalogie")
    theirs.wait_for_selector(".draft:has-text('Brouillon gardé')")
    page = mine.new_page()
    page.goto(root + "declare/form")
    write(page)
    page.fill("[name='datasets.0.identifier']", "URG-2")
    hand_in(page, key)
    theirs.goto(page.url)
    assert "URG-2" in theirs.inner_text(".notice.good")
    assert (page.is_visible(".ended"), theirs.is_visible(".ended")) == (True, False)
    theirs.goto(root + "declare/form")
    assert theirs.input_value("[name='datasets.0.title']") == "Séjours en néonatalogie"
    mine.close()
    other.close()


def open_tab(browser: Any, width: int) -> tuple[Any, Any]:
    """A context of its own and its page, so wide, that axe can look at."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )
    return context, context.new_page()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_would_be_replaced_is_asked_and_told(
    browser: Any, counter: tuple[str, str], width: int
) -> None:
    """The question leads to its box; axe finds nothing wrong in it, nor in the answer."""
    root, key = counter
    context, page = open_tab(browser, width)
    for title in (TYPED["datasets.0.title"], f"Séjours en réanimation {width}"):
        page.goto(root + "declare/form")
        write(page)
        page.fill("[name='datasets.0.identifier']", f"REA-{width}")
        page.fill("[name='datasets.0.title']", title)
        hand_in(page, key)
    assert TYPED["datasets.0.title"] in page.inner_text("#outcome")
    check_page(page, width)
    page.click("#outcome a[href='#replaces']")
    page.check("[name=replaces]")
    hand_in(page, key)
    told = page.inner_text("main")
    assert (
        f"La description remplace le jeu de données « {TYPED['datasets.0.title']} »"
        in told.replace("\xa0", " ")
    )
    check_page(page, width)
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_handed_in_is_changed_in_the_form(
    browser: Any, counter: tuple[str, str], width: int
) -> None:
    """It takes the place of an older draft, and a reload keeps what was written since."""
    root, key = counter
    context, page = open_tab(browser, width)
    page.goto(root + "declare/form")
    write(page)
    page.fill("[name='datasets.0.identifier']", f"AN-{width}")
    hand_in(page, key)
    page.goto(root + "declare/form")
    page.fill("[name='datasets.0.title']", "Un brouillon d'avant")
    page.wait_for_selector(".draft:has-text('Brouillon gardé')")
    page.get_by_text("Reprendre une description").click()
    check_page(page, width)
    page.fill("#resume-name", f"AN-{width}")
    page.fill("#resume-key", key)
    page.get_by_role("button", name="Modifier ce qui est déposé").press("Enter")
    page.wait_for_selector(".notice.good")
    assert page.input_value("[name='datasets.0.title']") == TYPED["datasets.0.title"]
    page.fill("[name='datasets.0.description']", "Passages adultes depuis 2016.")
    page.wait_for_selector(".draft:has-text('Brouillon gardé')")
    page.reload()
    page.wait_for_selector(".notice.good")
    assert page.input_value("[name='datasets.0.description']") == "Passages adultes depuis 2016."
    context.close()


def check_page(page: Any, width: int) -> None:
    """No violation, nothing too wide."""
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
