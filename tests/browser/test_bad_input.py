"""Descriptions that nobody should write: pages stay whole, readable, and nothing executes."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from red_catalog.config import Config
from red_catalog.model import Document, Entry, Level, Reading, Source
from red_catalog.publish import release
from red_catalog.rdf import reading
from red_catalog.rdf.limits import Limits
from tests import shared, vnu
from tests.browser.test_axe import AXE
from tests.browser.test_browser import SIZES, expect
from tests.publish import records

ME = "https://donnees.chu-rivemont.example/jeu/"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@contextmanager
def served(config: Config, entries: list[Entry]) -> Iterator[tuple[str, Path]]:
    """A release of these entries on the loopback."""
    prepared = release.prepare(config, entries, [], records.MOMENT)
    assert prepared is not None
    site = prepared.folder / "site"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", site
        server.shutdown()


def wide(columns: int) -> bytes:
    """A description of a table with so many variables."""
    me = f"<{ME}large>"
    said = [
        (me, "rdf:type", "a dcat:Dataset"),
        (me, "dct:title", records.words("Entrepôt large")),
        (me, "healthdcatap:hasVariables", "_:g"),
        ("_:g", "csvw:table", "_:t"),
        ("_:t", "dct:title", records.words("Séjours")),
    ]
    for number in range(columns):
        said += [
            ("_:t", "csvw:column", f"_:c{number}"),
            (f"_:c{number}", "csvw:name", f'"variable_{number:04}"'),
            (f"_:c{number}", "csvw:title", records.words(f"Mesure numéro {number}")),
        ]
    return records.canonical(said)


def unknown_codes() -> bytes:
    """A description whose codes are in no list: pages show their IRIs."""
    me, file = f"<{ME}f>", f"<{ME}f/csv>"
    code = "<https://nomenclatures.sante-rivemont.example/{}/2026/" + "detaillee" * 9 + ">"
    return records.canonical([
        (me, "rdf:type", "a dcat:Dataset"),
        (me, "dct:title", records.words("Registre des accidents domestiques")),
        (me, "healthdcatap:healthCategory", code.format("categories")),
        (me, "healthdcatap:healthTheme", code.format("themes")),
        (me, "dcat:distribution", file),
        (file, "rdf:type", "a dcat:Distribution"),
        (file, "dct:format", code.format("formats")),
    ])  # fmt: skip


def strange() -> list[Entry]:
    """One description for each kind of trouble."""
    long_iri = f"{ME}{'x' * 9000}"
    contents = {
        "titre-long": (f"{ME}a", records.poor(f"{ME}a", "Registre très détaillé " * 90)),
        "mot-long": (f"{ME}b", records.poor(f"{ME}b", "Anti" + "constitutionnellement" * 95)),
        "sans-titre": (f"{ME}c", records.poor(f"{ME}c")),
        "mots-cles": (f"{ME}d", records.poor(
            f"{ME}d", "Trois cents mots-clés",
            *(("dcat:keyword", records.words(f"mot-clé numéro {n}")) for n in range(300)),
        )),
        "arabe": (f"{ME}e", records.poor(
            f"{ME}e", None,
            ("dct:title", records.words("سجل السرطان الوطني", "ar")),
            ("dct:description", records.words("وصف مجموعة البيانات الصحية. " * 40, "ar")),
        )),
        "iri-longue": (long_iri, records.poor(
            long_iri, "Adresse longue", ("foaf:page", f"<https://long.example/{'y' * 9000}>"),
            ("dcat:landingPage", f"<https://long.example/{'é' * 3000}>"),
        )),
        "large": (f"{ME}large", wide(6000)),
        "codes-inconnus": (f"{ME}f", unknown_codes()),
    }  # fmt: skip
    return [
        records.entry(iri, slug, content, report=records.lacking(iri))
        for slug, (iri, content) in contents.items()
    ]


@pytest.mark.parametrize("size", SIZES)
def test_strange_descriptions_keep_the_page_whole(browser: Any, tmp_path: Path, size: str) -> None:
    """No page is wider than the screen, breaks an accessibility rule, or weighs too much."""
    width, height = SIZES[size]
    with served(records.config(tmp_path), strange()) as (root, site):
        context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        page = context.new_page()
        names = [f"dataset/{e.slug}.html" for e in strange()]
        for name in [*names, "datasets.html", "en/dataset/arabe.html", "quality.html"]:
            page.goto(root + name)
            sideways = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert sideways <= 0, name
            assert page.locator("h1").inner_text()
            assert (site / name).stat().st_size < 100_000, name
            page.evaluate(AXE.read_text("utf-8"))
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [v["id"] for v in result["violations"]] == [], name
        context.close()
        if size == "desktop":
            assert vnu.complaints(sorted((site / "dataset").glob("*.html"))) == []


def test_six_thousand_variables_are_paged_and_searched(browser: Any, tmp_path: Path) -> None:
    """The first 200 stand on the page, the others on theirs; the search looks at all.

    It says that it shows the first ones only, that there is none, or that it does not answer.
    """
    with served(records.config(tmp_path), strange()) as (root, site):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{root}dataset/large.html#variables")
        assert page.locator(".variables tbody tr").count() == 200
        page.fill("#variable-query", "numero 5432")
        page.wait_for_selector("#variable-results tbody tr")
        assert page.locator("#variable-results th[scope=row]").inner_text() == "variable_5432"
        told = page.locator("#variable-search [role=status]")
        page.fill("#variable-query", "mesure")
        expect(told).to_have_text(re.compile("6.000 sur 6.000. Seules les 200 premières"))
        page.fill("#variable-query", "zzzz")
        expect(told).to_have_text("Aucune variable trouvée.")
        page.route("**/*.csv", lambda route: route.fulfill(status=503))
        page.goto(f"{root}en/dataset/large.html")
        page.fill("#variable-query", "zzzz")
        expect(told).to_have_text("The search does not answer at the moment. Try again.")
        page.unroute("**/*.csv")
        page.fill("#variable-query", "numero 5432")
        expect(page.locator("#variable-results td[lang=fr]")).to_have_text("Mesure numéro 5432")
        page.goto(f"{root}dataset/large/variables/30.html")
        assert "variable_5999" in page.content()
        context.close()
        csv = (site / "dataset" / "large.variables.csv").read_text("utf-8-sig")
        assert len(csv.splitlines()) == 6001


def refuse(alarms: list[str], dialog: Any) -> None:
    """Notes a dialog that a script opened, and closes it."""
    alarms.append(dialog.message)
    dialog.dismiss()


def test_hostile_descriptions_execute_nothing(browser: Any, tmp_path: Path) -> None:
    """Scripts in titles, links of other kinds, odd paths and cases: text, in their folder."""
    entries: list[Entry] = []
    for name in ("26-iri-space", "27-iri-javascript", "28-lang-bad", "29-bidi", "40-path-traversal",
                 "41-case-collision", "42-xss", "43-csv-formula"):  # fmt: skip
        path = shared.attacks() / "rdf" / f"{name}.ttl"
        source = Source("hostile", "chu-rivemont", "file", str(path))
        document = Document(path.name, path.read_bytes(), "text/turtle", f"{ME}{name}/")
        found = reading.read(document, source, Limits())
        for number, record in enumerate(found.records if isinstance(found, Reading) else ()):
            slug = f"h{len(entries)}-{number}"
            report = records.lacking(record.iri, Level.PUBLIC)
            entries.append(records.entry(record.iri, slug, record.canonical, report=report))
    assert len(entries) > 5
    with served(records.config(tmp_path), entries) as (root, site):
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        alarms: list[str] = []
        page.on("dialog", partial(refuse, alarms))
        page.on("request", lambda r: None if r.url.startswith(root) else alarms.append(r.url))
        for file in sorted(site.rglob("*.html")):
            if file.parent.name == "dataset" or file.name in {"datasets.html", "index.html"}:
                page.goto(root + file.relative_to(site).as_posix())
                schemes = page.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol)")
                assert set(schemes) <= {"http:", "https:", "mailto:", "tel:"}
                assert page.locator("script:not([src]):not([type])").count() == 0
        for query in ("script", "alert", "javascript"):
            page.goto(f"{root}datasets.html?q={query}")
            page.wait_for_selector("#search[data-ready]")
        assert page.locator("#search script, #search img").count() == 0
        context.close()
        assert alarms == []
    assert {p.name for p in tmp_path.iterdir()} <= {"public", "var"}
