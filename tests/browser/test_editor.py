"""The editor of the queries page, and the plain form that it stands in for."""

import re
from typing import Any

import pytest

from tests.browser.test_axe import AXE
from tests.browser.test_browser import SIZES, expect, visit

COUNT = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a <http://www.w3.org/ns/dcat#Dataset> }"


def edit(page: Any, text: str) -> None:
    """Puts a query in place of the one in the editor, by the keyboard."""
    page.click("#editor .CodeMirror-lines")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("folder", "scheme"), [("", "light"), ("en/", "dark")])
def test_the_editor_answers_on_the_page(
    browser: Any, root: str, size: str, folder: str, scheme: str
) -> None:
    """A query is answered by a table; axe finds nothing, nothing leaves, nothing is stored."""
    asked: list[str] = []
    address = f"{root}{folder}sparql.html"
    with visit(browser, address, size, color_scheme=scheme) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.click("#editor-open")
        expect(page.locator("#editor .CodeMirror-focused")).to_be_visible()
        assert not page.locator("form.query").is_visible()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#editor tbody tr").first).to_be_visible()
        expect(page.locator("#editor > [role=status]")).to_have_text(
            re.compile(r"\d+ (lignes|rows)")
        )
        shown = page.inner_text("#editor")
        foreign = ("Page size", "Simple view", "Filter query") if not folder else ("Page size",)
        assert [word for word in foreign if word in shown] == []
        named = page.locator("#editor th [role=button]").first.get_attribute("aria-label")
        assert named.endswith(": press to sort" if folder else "\xa0: appuyez pour trier")
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]] == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith(root)] == []


def test_a_query_travels_between_editor_form_and_address(browser: Any, root: str) -> None:
    """The same query is in the editor, in the plain form and in the link to it."""
    with visit(browser, f"{root}sparql.html") as page:
        page.click("#editor-open")
        edit(page, COUNT)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#editor tbody td").last).to_have_text(re.compile("46"))
        linked = page.url
        page.click("#editor .actions .ghost")
        assert page.input_value("#query") == COUNT
        expect(page.locator("#query")).to_be_focused()
        page.fill("#query", "ASK { ?s ?p ?o }")
        page.click("#editor-open")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#editor .booleanResult")).to_have_text("Oui")
    with visit(browser, linked) as page:
        assert page.input_value("#query") == COUNT


def test_what_was_found_is_not_translated(browser: Any, root: str) -> None:
    """A value that is a word of the package's own stays as it is in the data."""
    word = "Response"
    with visit(browser, f"{root}sparql.html") as page:
        page.click("#editor-open")
        edit(page, f"SELECT ('{word}' AS ?mot) ('en' AS ?autre) {{}}")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#editor tbody td").nth(1)).to_have_text(re.compile(word))


def test_the_keyboard_leaves_the_editor(browser: Any, root: str) -> None:
    """Tab leads from the editor, in which Escape stays, to the button that runs the query."""
    with visit(browser, f"{root}en/sparql.html") as page:
        page.focus("#editor-open")
        page.keyboard.press("Enter")
        expect(page.locator("#editor .CodeMirror-focused")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#editor .CodeMirror-focused")).to_be_visible()
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent")
        assert focused == "Run the query"
        page.keyboard.press("Enter")
        expect(page.locator("#editor tbody tr").first).to_be_visible()


def test_a_refused_query_says_why(browser: Any, root: str) -> None:
    """The reason is a sentence of the page's language with the line, and the query stays."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{root}sparql.html")
    page.click("#editor-open")
    edit(page, "SELECT nonsense")
    page.click("#editor .actions button >> nth=0")
    expect(page.get_by_role("alert")).to_have_text(re.compile("^Erreur de syntaxe ligne 1"))
    assert "SELECT nonsense" in page.inner_text("#editor .CodeMirror")
    context.close()


def test_the_plain_form_answers_without_scripts(browser: Any, root: str) -> None:
    """Without JavaScript the form sends its query and the answer is a file."""
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{root}sparql.html")
    assert not page.locator("#editor-open").is_visible()
    page.fill("#query", COUNT)
    with page.expect_response("**/sparql") as answered:
        page.click("form.query button")
    assert answered.value.status == 200
    assert "text/csv" in answered.value.headers["content-type"]
    context.close()
