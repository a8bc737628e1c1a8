"""The pages: whole, linked, in two languages, and safe whatever the descriptions say."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest

from red_catalog.namespaces import HEALTH_AUTHORITY
from red_catalog.publish import release
from red_catalog.publish.pages import standings
from red_catalog.publish.pages.examples import queries
from red_catalog.publish.record.graph import Thing
from red_catalog.publish.web import wording
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.markup import writer
from tests.publish import records

ATOM = "{http://www.w3.org/2005/Atom}"
VOID = {"meta", "link", "br", "input", "img", "hr"}
NASTY = '<script>alert(1)</script>" onmouseover="alert(1) </title><img src=x onerror=alert(2)>'


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps one tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def links(self) -> Iterator[str]:
        """Every address the page points at."""
        for _, attrs in self.tags:
            yield from (attrs[name] for name in ("href", "src") if name in attrs)


def pages(root: Path) -> list[Path]:
    """Every HTML file of a site."""
    return sorted(root.rglob("*.html"))


def read(root: Path, name: str) -> str:
    """The text of a page, its fixed spaces as plain ones."""
    return (root / name).read_text("utf-8").replace("\xa0", " ").replace("\u202f", " ")


def publish(root: Path, content: bytes, iri: str = f"{records.CHU}piege") -> Path:
    """The web root of a release with this one description."""
    config = records.config(root)
    entry = records.entry(iri, "piege-0000", content, report=records.lacking(iri))
    prepared = release.prepare(config, [entry], records.runs(), records.MOMENT)
    assert prepared is not None
    return prepared.folder / "site"


def test_every_page_is_well_formed(published: Path) -> None:
    """A strict HTML parser finds no error on any page."""
    for path in pages(published):
        html5lib.HTMLParser(strict=True).parse(path.read_text("utf-8"))


def test_every_internal_link_leads_to_a_file(published: Path) -> None:
    """No link within the site is dead, and anchors exist on their page."""
    for path in pages(published):
        for link in Tags(path.read_text("utf-8")).links():
            parts = urlsplit(link.removeprefix("https://red.example.fr"))
            # What the server answers itself, and the feed that a release gets later.
            later = ("/api/", "/ingest/", "/feed/")
            served = parts.path.startswith(later) or "checks.atom" in parts.path
            if parts.scheme or parts.netloc or served:
                continue
            target = published / unquote(parts.path).removeprefix("/") if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            # The server gives a page at its name without .html, too.
            target = target if target.is_file() else target.with_name(f"{target.name}.html")
            assert target.is_file(), f"{path.name} links to {link}"
            if parts.fragment:
                assert f'id="{parts.fragment}"' in target.read_text("utf-8"), link


def test_links_start_with_the_base_path(tmp_path: Path) -> None:
    """A catalogue below a path of its host keeps its links there."""
    config = records.config(tmp_path, "https://sante.example.fr/donnees/")
    prepared = release.prepare(config, records.entries(), records.runs(), records.MOMENT)
    assert prepared is not None
    for link in Tags(read(prepared.folder / "site", "en/index.html")).links():
        assert not link.startswith("/") or link.startswith("/donnees/")


def test_both_languages_have_the_same_pages(published: Path) -> None:
    """Each French page has its English mirror, and each says its language."""
    french = {p.relative_to(published).as_posix() for p in pages(published)}
    english = {n.removeprefix("en/") for n in french if n.startswith("en/")}
    assert {n for n in french if not n.startswith("en/")} == english
    for name in english:
        assert '<html lang="fr">' in read(published, name)
        assert '<html lang="en">' in read(published, f"en/{name}")


def test_the_switch_keeps_the_page(published: Path) -> None:
    """The link to the other language leads to the same page."""
    page = Tags(read(published, "en/dataset/sejours-1a2b.html"))
    switch = [a["href"] for t, a in page.tags if t == "a" and a.get("class") == "switch"]
    assert switch == ["/dataset/sejours-1a2b.html"]


def test_a_title_is_shown_in_the_language_of_the_page(published: Path) -> None:
    """Where a title exists in both languages each page has its own; else it says which."""
    assert "Séjours hospitaliers du groupement" in read(published, "dataset/sejours-1a2b.html")
    english = read(published, "en/dataset/sejours-1a2b.html")
    assert '<h1><bdi lang="en">Hospital stays of the Rivemont group</bdi></h1>' in english
    only_french = read(published, "en/dataset/imagerie-9c3d.html")
    assert '<bdi lang="fr">Imagerie thoracique</bdi>' in only_french


def test_codes_are_shown_as_labels(published: Path) -> None:
    """People read words; the IRI stays as title and link."""
    page = read(published, "dataset/sejours-1a2b.html")
    iri = "http://publications.europa.eu/resource/authority/country/FRA"
    assert f'<a class="code" href="{iri}" title="{iri}" rel="nofollow">France</a>' in page


@pytest.mark.parametrize(
    ("iri", "name", "marked"),
    [
        ("https://w3id.org/dpv/dpv-pd#Gender", "Gender", True),
        (f"{HEALTH_AUTHORITY}health-activity/LABORATORY_TESTS", "Laboratory tests", True),
        (f"{HEALTH_AUTHORITY}health-activity/HEALTH_REGISTRIES", "Registres nationaux", False),
        (f"{HEALTH_AUTHORITY}coding-system/LOINC", "LOINC", False),
    ],
)
def test_a_code_without_a_french_name_says_its_language(iri: str, name: str, marked: bool) -> None:
    """An English name is marked as English on a French page only; one that belongs to both not."""
    thing = Thing(iri, {"fr": name, "en": name}, ())
    french, english = writer("fr"), writer("en")
    for shown in (french.code(thing), french.name(thing)):
        assert (f'lang="en">{name}</bdi>' in str(shown)) is marked
    assert "lang=" not in english.code(thing)


def test_a_category_tells_its_letter_and_date(published: Path) -> None:
    """Article 51 applies from 2029, for genomic data from 2031."""
    page = read(published, "dataset/sejours-1a2b.html")
    assert (
        "Article 51, paragraphe 1, point a) : à mettre à disposition à partir du 26 mars 2029."
        in page
    )
    assert (
        "Article 51, paragraphe 1, point f) : à mettre à disposition à partir du 26 mars 2031."
        in page
    )


def test_missing_values_are_said(published: Path) -> None:
    """What was not given is neither hidden nor invented."""
    assert "Non renseigné" in read(published, "dataset/42-c0de.html")
    assert "Not given" in read(published, "en/dataset/42-c0de.html")
    assert "Jeu de données sans titre" in read(published, "dataset/42-c0de.html")


def test_a_dataset_without_a_title_is_called_so_in_the_language_of_the_page(
    published: Path,
) -> None:
    """The words that stand for a title are the page's own; the page's title tells the IRI too."""
    for name, said in (("", "Jeu de données sans titre"), ("en/", "Untitled dataset")):
        page = read(published, f"{name}dataset/42-c0de.html")
        assert f"<h1>{said}</h1>" in page
        assert f"<title>{said} – https://cohorte-aubade.example/id/42 – " in page


def test_findings_are_told_in_the_language_of_the_page(published: Path) -> None:
    """Blocking findings come first, with what to do."""
    page = read(published, "en/dataset/aubade-4e4e.html")
    blocking, advice = (
        page.index("The health data access body is not given"),
        page.index("No keyword is given"),
    )
    assert blocking < advice
    assert "Add healthdcatap:hdab to the description." in page
    assert "n’est pas indiqué" not in page


def test_nothing_harvested_is_hidden(published: Path) -> None:
    """Every literal and IRI of a description can be read on one of its two pages."""
    entry = records.entries()[0]
    both = read(published, "dataset/sejours-1a2b.html") + read(
        published, "en/dataset/sejours-1a2b.html"
    )
    assert "Une étude de faisabilité peut être demandée." in both
    for text in re.findall(r'"([^"\\]{25,})"@', entry.canonical.decode()):
        assert text in both


def test_unknown_properties_find_a_place(tmp_path: Path) -> None:
    """A property that no section expects is in the table of other statements."""
    iri = f"{records.CHU}piege"
    content = f'<{iri}> <https://ailleurs.example/ns#delai> "deux mois" .\n'.encode()
    page = read(publish(tmp_path, content), "dataset/piege-0000.html")
    assert "https://ailleurs.example/ns#delai" in page
    assert "deux mois" in page


def test_a_withdrawn_dataset_leaves_a_tombstone(published: Path) -> None:
    """Its page stays, says when it was withdrawn, and no list names it."""
    assert "15 novembre 2026" in read(published, "dataset/ancien-5b21.html")
    for name in ("index.html", "datasets.html", "holder/chu-rivemont.html", "sitemap.xml"):
        assert "ancien-5b21" not in read(published, name)


def test_a_tombstone_leads_to_no_page_of_a_holder_that_left(tmp_path: Path) -> None:
    """Whoever withdrew it is told for all cases, and a holder without a page by its name alone."""
    config = records.config(tmp_path)
    gone = [one for one in records.entries() if one.slug == "ancien-5b21"]
    others = tuple(one for one in config.holders if one.id != gone[0].holder)
    config = replace(config, holders=others)
    prepared = release.prepare(config, gone, [], records.MOMENT, workers=1)
    assert prepared is not None
    for folder, said in (("", "l’opérateur l’a retiré"), ("en/", "the operator took it out")):
        page = read(prepared.folder / "site", f"{folder}dataset/ancien-5b21.html")
        assert said in page
        assert f"<dd>{gone[0].holder}</dd>" in page
        assert f"holder/{gone[0].holder}.html" not in page


def test_an_absent_dataset_says_so(published: Path) -> None:
    """Readers learn that the source no longer lists it."""
    assert "depuis le 18 novembre 2026" in read(published, "dataset/mortalite-77aa.html")


def test_pages_of_harvests_say_which_one_they_tell(published: Path) -> None:
    """A source that is read every day and does not change is not taken for abandoned."""
    for page in ("harvests.html", "harvest/registre-cancers-dcat.html"):
        told = "the latest harvest that changed something is shown; later ones, if any, found the"
        assert told in read(published, f"en/{page}")
    assert '<th scope="col">Latest change</th>' in read(published, "en/harvests.html")


def test_harvest_reports_explain_what_was_held_back(published: Path) -> None:
    """Each held-back record and unreadable document comes with its reason and its fix."""
    page = read(published, "harvest/registre-cancers-dcat.html")
    for text in ("Cet identifiant appartient à un autre détenteur.", "Fermez le guillemet",
                 "page-2.ttl", "ligne 12", "En quarantaine", "page-1.ttl"):  # fmt: skip
        assert text in page


def test_help_explains_each_word_of_a_harvest_that_holds_back(published: Path) -> None:
    """The link of a report leads to a list of the states that keep a dataset from being taken."""
    for code, folder in (("fr", ""), ("en", "en/")):
        link = f'href="/{folder}help-holders.html#states"'
        assert link in read(published, f"{folder}harvest/registre-cancers-dcat.html")
        told = (published / f"{folder}help-holders.html").read_text("utf-8")
        told = told.partition('id="states"')[2]
        named = [wording.STATE[one] for one in standings._HELD_BACK]
        named += [wording.STATUS["guarded"], wording.STATUS["incomplete"]]
        for one in named:
            assert f"<dt>{language(code).gettext(one)}</dt>" in told


def test_no_report_promises_another_harvest(published: Path) -> None:
    """When a source is read again is the operator's timer's business, of which nothing is known."""
    assert "Relecture" not in read(published, "harvest/registre-cancers-dcat.html")
    assert "24 h" not in read(published, "en/harvest/registre-cancers-dcat.html")


def test_every_page_links_the_accessibility_statement(published: Path) -> None:
    """The footer says that the site is not compliant, and links the statement."""
    for path in pages(published):
        code = "en" if "/en/" in path.as_posix() else "fr"
        words = {"fr": "Accessibilité : non conforme", "en": "Accessibility: not compliant"}
        folder = {"fr": "/", "en": "/en/"}
        link = (
            rf'<a href="{folder[code]}accessibility.html"( aria-current="page")?>{words[code]}</a>'
        )
        assert re.search(link, read(path.parent, path.name)), path


def own_address(address: str) -> bool:
    """Whether it is a path of the site: two slashes lead to another server."""
    return address.startswith("/") and not address.startswith("//")


def test_nothing_is_loaded_from_elsewhere(published: Path) -> None:
    """Styles, scripts and images are the site's own; nothing is inline but data."""
    for path in pages(published):
        page = Tags(path.read_text("utf-8"))
        for tag, attrs in page.tags:
            assert not [name for name in attrs if name.startswith("on") or name == "style"]
            if tag == "script" and "src" not in attrs:
                assert attrs.get("type") in {"application/ld+json", "application/json"}
            if tag in {"script", "img", "iframe"} and "src" in attrs:
                assert own_address(attrs["src"])
            if tag == "link" and attrs["rel"] in {"stylesheet", "icon"}:
                assert own_address(attrs["href"])


def test_markup_in_descriptions_stays_text(tmp_path: Path) -> None:
    """Tags, closing tags and template code in any literal are shown, never run."""
    iri = f"{records.CHU}piege"
    content = records.poor(
        iri, NASTY,
        ("dct:description", records.words(NASTY + "{{7*7}} {% include '/etc/passwd' %}")),
        ("dcat:keyword", records.words("</script><script>alert(2)</script>")),
        ("rdfs:comment", records.words("<iframe src=//evil.example></iframe>")),
    )  # fmt: skip
    root = publish(tmp_path, content)
    feeds = {path.name: ET.parse(path) for path in root.rglob("*.atom")}
    assert NASTY in [title.text for title in feeds["changes.atom"].iter(f"{ATOM}title")]
    for path in pages(root):
        text = path.read_text("utf-8")
        html5lib.HTMLParser(strict=True).parse(text)
        tags = Tags(text).tags
        assert not [t for t, _ in tags if t in {"img", "iframe"}]
        assert not [a for _, a in tags if "onmouseover" in a or "onerror" in a]
        assert all("src" in a or a.get("type") for t, a in tags if t == "script")
    assert "{{7*7}}" in read(root, "dataset/piege-0000.html")


@pytest.mark.parametrize(
    "iri",
    ["javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html;base64,PHNj", "vbscript:x",
     "file:///etc/passwd", "http:evil", "https://", "https:///a", "https://chu.example:99999/"],
)  # fmt: skip
def test_only_safe_addresses_become_links(tmp_path: Path, iri: str) -> None:
    """Other schemes are shown as text."""
    me = f"{records.CHU}piege"
    content = records.poor(
        me, "Lien piégé", ("dcat:landingPage", f"<{iri}>"), ("dcat:distribution", "<urn:d>"),
        ("foaf:page", f"<{iri}>"), ("dct:license", f'"{iri}"^^<{records.XSD}anyURI>'),
    ) + f"<urn:d> <http://www.w3.org/ns/dcat#accessURL> <{iri}> .\n".encode()  # fmt: skip
    root = publish(tmp_path, content, me)
    for path in pages(root):
        page = Tags(path.read_text("utf-8"))
        assert iri not in list(page.links())
    assert iri in read(root, "dataset/piege-0000.html")


def test_direction_marks_cannot_reorder_a_page(tmp_path: Path) -> None:
    """Overrides are left out of pages, and stay in the data."""
    content = records.poor(f"{records.CHU}piege", "Registre \u202egnol ruop.exe")
    root = publish(tmp_path, content)
    for path in pages(root):
        assert "\u202e" not in path.read_text("utf-8")
    assert "\u202e" in read(root, "dataset/piege-0000.nt")


def test_structured_data_is_json_that_no_tag_can_close(tmp_path: Path) -> None:
    """The schema.org block parses, and says what the page says."""
    root = publish(tmp_path, records.full(f"{records.CHU}piege", f"Séjours {NASTY}"))
    text = read(root, "dataset/piege-0000.html")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert block is not None
    said = json.loads(block[1])
    assert said["name"] == f"Séjours {NASTY}"
    assert said["spatialCoverage"] == [{"@type": "Place", "name": "France"}]
    assert said["temporalCoverage"] == "2015-01-01/2025-12-31"
    assert "<" not in block[1]


def test_wild_values_keep_the_page_whole(tmp_path: Path) -> None:
    """Long titles, wrong dates, huge numbers, cycles and odd languages are shown as they are."""
    iri = f"{records.CHU}piege"
    content = records.poor(
        iri, "Très " * 500,
        ("dct:modified", records.typed("hier", "date")),
        ("dct:temporal", records.typed("9999-99-99", "date")),
        ("healthdcatap:numberOfRecords", records.typed("9" * 5000)),
        ("healthdcatap:minTypicalAge", records.typed("vingt")),
        ("dcat:temporalResolution", records.typed("P" + "9" * 400 + "Y", "duration")),
        ("dct:relation", f"<{iri}>"), ("dct:source", "_:b01"),
        ("dct:description", records.words("وصف مجموعة البيانات", "ar")),
        *(("dcat:keyword", records.words(f"mot-clé {n}")) for n in range(300)),
        ("foaf:page", f"<https://long.example/{'x' * 9000}>"),
    ) + b"_:b01 <http://purl.org/dc/terms/source> _:b01 .\n"  # fmt: skip
    text = read(publish(tmp_path, content), "dataset/piege-0000.html")
    html5lib.HTMLParser(strict=True).parse(text)
    assert "hier" in text
    assert 'lang="ar"' in text


def test_the_sitemap_lists_every_page(published: Path) -> None:
    """It is valid XML and names each page of both languages once, without error pages."""
    root = ET.fromstring(read(published, "sitemap.xml"))
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [one.text or "" for one in root.iter(f"{namespace}loc")]
    assert len(found) == len(set(found))
    for one in found:
        path = published / urlsplit(one).path.removeprefix("/")
        assert (path / "index.html" if path.is_dir() else path).is_file()
    assert "https://red.example.fr/en/dataset/sejours-1a2b.html" in found
    days = {one[0].text: one[1].text for one in root.iter(f"{namespace}url") if len(one) > 1}
    assert days["https://red.example.fr/en/dataset/sejours-1a2b.html"] == "2026-11-12"
    assert days["https://red.example.fr/dataset/imagerie-9c3d.html"] == "2026-11-03"
    assert "Sitemap: https://red.example.fr/sitemap.xml" in read(published, "robots.txt")


def test_the_list_is_whole_without_scripts(published: Path) -> None:
    """Every dataset is in the list, and only the search waits for the script."""
    page = read(published, "datasets.html")
    for entry in records.entries():
        assert (f"/dataset/{entry.slug}.html" in page) is (entry.withdrawn_at is None)
    assert re.search(r'<div id="search"[^>]* hidden></div>', page)
    assert "<noscript>" in page


def test_example_queries_have_a_sentence_in_both_languages(published: Path) -> None:
    """Each example is on the page of queries, in the form that posts it."""
    assert len(queries()) >= 10
    for query in queries():
        assert query.sentence["fr"] in read(published, "sparql.html")
        assert query.sentence["en"] in read(published, "en/sparql.html")
    assert '<form class="query" action="/sparql" method="post">' in read(published, "sparql.html")
    for path, code, other in (("sparql.html", "fr", "en"), ("en/sparql.html", "en", "fr")):
        page = read(published, path)
        assert page.count(f"&#34;{code}&#34;)") == 9
        assert f"&#34;{other}&#34;)" not in page


def test_a_theme_replaces_templates_styles_and_logo(tmp_path: Path) -> None:
    """A folder `theme` beside the configuration stands in for ours, file by file."""
    config = records.config(tmp_path)
    templates, static = tmp_path / "theme" / "templates", tmp_path / "theme" / "static"
    templates.mkdir(parents=True)
    static.mkdir()
    (templates / "404.html").write_text(
        '{% extends "red/404.html" %}{% block title %}Perdu{% endblock %}', "utf-8"
    )
    (static / "tokens.css").write_text(":root { --brand: #123456; }", "utf-8")
    (static / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    prepared = release.prepare(config, records.entries(), records.runs(), records.MOMENT)
    assert prepared is not None
    root = prepared.folder / "site"
    assert "<title>Perdu – " in read(root, "404.html")
    assert "Page introuvable" in read(root, "404.html")
    assert "#123456" in read(root, "static/tokens.css")
    assert '<img class="mark" src="/static/logo.svg" alt="">' in read(root, "index.html")


def test_lists_are_split_into_light_pages(tmp_path: Path) -> None:
    """Beyond fifty datasets a list goes on, in both languages, and no page is heavy."""
    found = [
        records.entry(f"{records.CHU}{n}", f"cohorte-{n}", records.poor(
            f"{records.CHU}{n}", f"Cohorte numéro {n} : un titre d’une longueur plausible",
            ("dct:accessRights", records.eu("access-right/RESTRICTED")),
            ("healthdcatap:healthCategory", records.health("healthcategories/EHRS")),
        ))
        for n in range(120)
    ]  # fmt: skip
    prepared = release.prepare(records.config(tmp_path), found, [], records.MOMENT)
    assert prepared is not None
    root = prepared.folder / "site"
    for stem in ("datasets/c", "access/restricted", "category/ehrs", "verdict/conformant",
                 "holder/chu-rivemont"):  # fmt: skip
        for folder in ("", "en/"):
            listed = [f"{stem}.html", f"{stem}/2.html", f"{stem}/3.html"]
            text = "".join(read(root, folder + name) for name in listed)
            assert all(f"/dataset/{e.slug}.html" in text for e in found)
            assert not (root / f"{folder}{stem}/4.html").exists()
    for path in pages(root):
        assert path.stat().st_size < 100_000, path


def test_columns_of_a_list_keep_their_order(tmp_path: Path) -> None:
    """Variables given as an rdf:List are shown in that order, others by name."""
    iri = f"{records.CHU}piege"
    content = records.canonical([
        (f"<{iri}>", "rdf:type", "a dcat:Dataset"),
        (f"<{iri}>", "healthdcatap:hasVariables", "_:g"),
        ("_:g", "csvw:table", "_:t"),
        ("_:t", "csvw:column", "_:l1"),
        ("_:l1", "rdf:first", "_:c1"), ("_:l1", "rdf:rest", "_:l2"),
        ("_:l2", "rdf:first", "_:c2"), ("_:l2", "rdf:rest", "a rdf:nil"),
        ("_:c1", "csvw:name", '"zeta"'), ("_:c2", "csvw:name", '"alpha"'),
    ])  # fmt: skip
    text = read(publish(tmp_path, content), "dataset/piege-0000.html")
    assert 0 < text.index("zeta") < text.index("alpha")
    assert 'id="other"' not in text


def test_without_the_index_maker_every_list_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue without the optional package has no search box, and all its lists."""
    monkeypatch.setattr("red_catalog.publish.web.site.can_index", lambda: False)
    prepared = release.prepare(
        records.config(tmp_path), records.entries(), records.runs(), records.MOMENT
    )
    assert prepared is not None
    root = prepared.folder / "site"
    assert not (root / "pagefind").exists()
    assert "search.js" not in read(root, "datasets.html")
    assert 'role="search"' not in read(root, "index.html")
    assert "/dataset/sejours-1a2b.html" in read(root, "datasets.html")
