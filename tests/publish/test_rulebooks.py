"""The pages of the rules, made from the profiles' own shapes and linked from real reports."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
import rdflib

from red_catalog.cli import run_command
from red_catalog.config import Validation
from red_catalog.model import Entry, Problem, Record, Severity, Verdict
from red_catalog.pipeline import ruling
from red_catalog.pipeline.explaining import explain
from red_catalog.publish import release
from red_catalog.publish.pages import rulebooks
from red_catalog.publish.web import rules
from red_catalog.publish.web.rules import Book, Lore
from red_catalog.publish.web.site import site
from red_catalog.validation.checking import validate
from red_catalog.validation.compiled.data import read_canonical
from tests.bench import generator
from tests.catalogue import copy_samples, json_of, red_catalog
from tests.publish import records
from tests.publish.test_site import Tags, read
from tests.validation.explained import DATASET, TEXT, problems

DOCUMENT = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix healthdcatap: <http://healthdataportal.eu/ns/health#> .

<https://chu-rivemont.example/jeu/sejours> a dcat:Dataset ;
    dct:title ""@fr ;
    dct:modified "hier" ;
    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC> ;
    dcat:distribution <https://chu-rivemont.example/jeu/sejours/extrait> ;
    healthdcatap:healthCategory "Dossiers de sante electronique" ;
    healthdcatap:minTypicalAge 90 ;
    healthdcatap:maxTypicalAge 18 ;
    healthdcatap:numberOfRecords "1 200" .

<https://chu-rivemont.example/jeu/sejours/extrait> a dcat:Distribution ;
    dct:title "Extrait"@fr .
"""
ALL = ("healthdcat-ap-8", "dcat-ap-3", "hdh", "minimum-2026-2098", "red")


@pytest.fixture(scope="module")
def books() -> Sequence[Book]:
    """The rules of every profile of the software."""
    return ruling.books(None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample catalogue, harvested and published."""
    folder = copy_samples(tmp_path_factory.mktemp("rules") / "catalogue", every_rule=True)
    red_catalog(folder, "run")
    return folder


def file_of(folder: Path, address: str) -> Path:
    """The file of a page's address in the live release."""
    return folder / "public" / "current" / "site" / urlsplit(address).path.removeprefix("/")


def test_every_profile_has_a_book(books: Sequence[Book]) -> None:
    """Each rule has a name, says what it asks, and applies at one access level at least."""
    assert {book.profile for book in books} == set(ALL)
    for book in books:
        assert book.digest.startswith("sha256:")
        for rule in book.rules:
            assert rule.name["fr"], rule.iri
            assert rule.message["en"], rule.iri
            assert rule.demands, rule.iri


def test_examples_are_turtle(books: Sequence[Book]) -> None:
    """Every example can be pasted in either language, and nearly every property has one."""
    for book in books:
        told = [rule for rule in book.rules if rule.example]
        for rule in told:
            for code in ("fr", "en"):
                assert rule.example
                rdflib.Graph().parse(data=rule.example[code], format="turtle")
        with_property = [rule for rule in book.rules if rule.path]
        assert len([r for r in with_property if r.example]) >= 0.7 * len(with_property)


def test_examples_speak_the_language_of_their_page(books: Sequence[Book]) -> None:
    """No English page shows a French title, nor the other way round."""
    for rule in (rule for book in books for rule in book.rules if rule.example):
        assert rule.example
        assert "@fr" not in rule.example["en"], rule.iri
        assert "@en" not in rule.example["fr"], rule.iri


def test_what_is_to_be_pasted_is_as_it_was_written(folder: Path) -> None:
    """French pages bind punctuation in sentences and headings, and never in code."""
    site = folder / "public" / "current" / "site"
    pages = [*site.glob("rules/*/*.html"), *site.glob("dataset/*.html"), *site.glob("theme/*.html"),
             *site.glob("rules/*.html")]  # fmt: skip
    written = [page.read_text("utf-8") for page in pages]
    code = [one for text in written for one in re.findall(r"<pre.*?</pre>", text, re.DOTALL)]
    assert len(code) > 300
    assert [one for one in code if "\xa0" in one] == []
    heads = [one for text in written for one in re.findall(r"<h[12]>.*?</h[12]>", text)]
    assert sum("\xa0" in one for one in heads) > 30
    ours = [one for one in heads if "<bdi" not in one]  # the others are titles of datasets
    assert [one for one in ours if re.search(r" [»:;?!]|« ", one)] == []


def test_rules_of_catalogues_say_that_they_are_not_applied(
    folder: Path, books: Sequence[Book]
) -> None:
    """A catalogue's own title is never reported, though the profile asks for it."""
    site = folder / "public" / "current" / "site"
    said = "Seuls les jeux de données sont vérifiés"
    pages = "rules/healthdcat-ap-8"
    assert said in read(site, f"{pages}/dcat-catalogue-title.html")
    assert "Only datasets are checked" in read(site, f"en/{pages}/dcat-catalogue-title.html")
    assert said not in read(site, f"{pages}/dataset-health-category.html")
    told = {b.profile: {r.local for r in b.rules if r.of_catalogues} for b in books}
    assert {"Catalogue", "dcat-record-title"} <= told["healthdcat-ap-8"]
    assert all(one.casefold().startswith(("catalogue", "record")) for one in told["hdh"])
    assert told["red"] == told["minimum-2026-2098"] == set()


def test_codes_without_a_french_name_say_their_language(folder: Path) -> None:
    """Lists of codes mark English names on French pages, and none on English ones."""
    site = folder / "public" / "current" / "site"
    page = "rules/healthdcat-ap-8/activity-type.html"
    french, english = ((site / start / page).read_text("utf-8") for start in ("", "en"))
    assert '<bdi lang="en">Laboratory tests</bdi>' in french
    assert 'lang="en">Laboratory tests' not in english


@pytest.mark.parametrize("profile", ALL)
def test_an_example_follows_its_own_rule(books: Sequence[Book], profile: str) -> None:
    """What a dataset's rule gives to paste does not break that rule."""
    book = next(book for book in books if book.profile == profile)
    broken = []
    for rule in book.rules:
        if not rule.example or "/jeu/1> a dcat:Dataset" not in rule.example["fr"]:
            continue
        graph = rdflib.Graph().parse(data=rule.example["fr"], format="turtle")
        lines = sorted(graph.serialize(format="nt").splitlines(keepends=True))
        found = validate(
            "https://www.organisme.example/jeu/1", "".join(lines).encode(), book.profile
        )
        broken += [rule.local for f in found.findings if f.shape == f"<{rule.iri}>"]
    assert broken == []


@pytest.mark.parametrize(
    "local",
    [
        "dcat-dataset-creator",
        "dcat-dataset-in-series",
        "dcat-distribution-access-service",
        "dcat-distribution-checksum",
        "dcat-distribution-compress-format",
        "non-public-dataset-landing-page-advised",
        "non-public-dataset-page-advised",
    ],
)
def test_an_example_that_is_pasted_makes_nothing_else_block(
    books: Sequence[Book], local: str
) -> None:
    """What it names is described as far as any rule wants it."""
    book = next(book for book in books if book.profile == "healthdcat-ap-8")
    rule = next(rule for rule in book.rules if rule.local == local)
    assert rule.example
    for text in rule.example.values():
        pasted = text.replace("https://www.organisme.example/jeu/1/csv", f"{DATASET}#dist-1")
        pasted = pasted.replace("https://www.organisme.example/jeu/1", DATASET)
        assert DATASET in pasted
        found = problems(f"{TEXT}\n{pasted}")
        assert [p.message["fr"] for p in found if p.severity is Severity.VIOLATION] == []


def test_a_rule_tells_levels_codes_and_origin(folder: Path) -> None:
    """The page of a rule holds all that a holder needs, in both languages."""
    site = folder / "public" / "current" / "site"
    page = read(site, "rules/healthdcat-ap-8/dataset-health-category.html")
    for text in ("Catégorie de l’article 51", "Accès non public", "au moins 1", "Bloquant",
                 "healthcategories/EHRS", "17 codes", "article 51, paragraphe 1.", "sha256:",
                 "HealthDCAT-AP, version 8", "a dcat:Dataset"):  # fmt: skip
        assert text in page
    english = read(site, "en/rules/minimum-2026-2098/coding-system.html")
    for text in ("Number 4 of the 27 elements", "To improve", "Coding system"):
        assert text in english


def test_only_rules_that_decide_the_verdict_are_called_blocking(folder: Path) -> None:
    """Those of other profiles are to correct, and say that they change no verdict."""
    site = folder / "public" / "current" / "site"
    for profile in ALL:
        for path in (site / "rules" / profile).glob("*.html"):
            page = path.read_text("utf-8")
            assert profile == "healthdcat-ap-8" or ">Bloquant<" not in page, path
    own = read(site, "rules/red/not-a-date.html")
    assert ">À corriger</span> (ne change pas le verdict)" in own
    assert ">To correct</span> (does not change the verdict)" in read(
        site, "en/rules/red/not-a-date.html"
    )
    assert "Elles ne changent pas le verdict." in read(site, "rules/hdh.html")
    assert "Elles ne changent pas le verdict." not in read(site, "rules/healthdcat-ap-8.html")


def test_a_profile_that_decides_by_configuration_is_blocking(tmp_path: Path) -> None:
    """What `validation.gating` names counts, whatever the profile."""
    config = replace(records.config(tmp_path), validation=Validation(gating=("red",)))
    book = ruling.read_book("red", None)
    shown = site(config, {"red": book.title})
    pages = dict(rulebooks.render(shown, book, "fr"))
    assert ">Bloquant<" in pages["rules/red/not-a-date.html"].decode()


def test_each_profile_tells_where_its_rules_come_from(folder: Path) -> None:
    """Our own rules are ours, and the act of the minimum elements was not read."""
    site = folder / "public" / "current" / "site"
    for name, said in (
        ("rules/red.html", "Propre à ce logiciel"),
        ("en/rules/red/not-a-date.html", "This software&#39;s own"),
        ("rules/minimum-2026-2098.html", "sources secondaires ; l’acte n’a pas été lu"),
        ("en/rules/minimum-2026-2098.html", "the act itself was not read"),
        ("rules/hdh.html", "d’après la spécification publiée"),
    ):
        page = read(site, name)
        assert said in page, name
        assert ("spécification publiée" in page) == (name == "rules/hdh.html")


def test_the_access_body_to_write_meanwhile_is_told(folder: Path, tmp_path: Path) -> None:
    """Where it is asked for stands the one of the configuration, or what to write instead."""
    live = folder / "public" / "current" / "site"
    named = "Organisme responsable de l’accès aux données de santé (fictif)"
    for name in ("rules/healthdcat-ap-8/dataset-hdab.html", "help-holders.html"):
        assert f"que nomme ce catalogue : <b>{named}</b>" in read(live, name)
    assert "que nomme ce catalogue" not in read(live, "rules/healthdcat-ap-8/dataset-theme.html")
    config = records.config(tmp_path)
    nobody = replace(config.catalogue, hdab={"fr": "", "en": ""})
    book = ruling.read_book("healthdcat-ap-8", None)
    pages = dict(rulebooks.render(site(replace(config, catalogue=nobody)), book, "en"))
    assert "give “Health data access body”" in (
        pages["en/rules/healthdcat-ap-8/dataset-hdab.html"].decode()
    )


def test_pages_of_rules_are_well_formed_and_linked(folder: Path) -> None:
    """A strict parser finds no error, no link is dead, and each index names its rules."""
    site = folder / "public" / "current" / "site"
    found = [*sorted((site / "rules").rglob("*.html")), *sorted((site / "en/rules").rglob("*"))]
    linked = set()
    for path in (p for p in found if p.is_file()):
        text = path.read_text("utf-8")
        html5lib.HTMLParser(strict=True).parse(text)
        for link in Tags(text).links():
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path.endswith(".html"):
                continue
            assert file_of(folder, link).is_file(), f"{path} links to {link}"
            linked.add(parts.path)
    rules_written = {f"/{p.relative_to(site).as_posix()}" for p in found if p.is_file()}
    assert rules_written - linked == set()


def test_links_of_a_check_lead_to_pages(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each rule that a report on a bad document names has its page, whatever the profile."""
    document = tmp_path / "jeu.ttl"
    document.write_text(DOCUMENT, "utf-8")
    options = [x for name in ALL for x in ("--profile", name)]
    config = ["--config", str(folder / "red.toml")]
    for lang, start in (("fr", "rules/"), ("en", "en/rules/")):
        given = ["check", str(document), *options, *config, "--lang", lang]
        assert run_command([*given, "--format", "html"]) == 1
        links = [link for link in Tags(capfd.readouterr().out).links() if "/rules/" in link]
        assert len(links) > 40
        for link in links:
            path = urlsplit(link).path
            assert path.startswith(f"/{start}")
            assert file_of(folder, path).is_file(), link
        run_command(given)
        text = capfd.readouterr().out
        assert f"http://127.0.0.1:8000/{start}red/not-a-date.html" in text


def test_without_a_catalogue_a_check_links_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """There is no site to link to."""
    document = tmp_path / "jeu.ttl"
    document.write_text(DOCUMENT, "utf-8")
    run_command(["check", str(document), "--format", "html"])
    assert list(Tags(capfd.readouterr().out).links()) == []


def test_links_of_a_holders_report_lead_to_pages(folder: Path) -> None:
    """`report` tells each problem once, with the address of its rule."""
    report = json_of(folder, "report", "chu-valmorin")
    problems = [p for d in report["datasets"] for p in d["problems"]]
    assert problems
    for problem in problems:
        if problem["page"]:
            assert file_of(folder, problem["page"]).is_file()
    assert any(problem["page"] for problem in problems)
    text = red_catalog(folder, "report", "chu-valmorin", "--fixes").stdout
    assert "Bloquant (" in text
    assert "Règle\xa0: http" in text
    assert "@prefix" in text


@pytest.mark.parametrize("name", ["ruling.py", "exemplifying.py", "explaining.py", "asking.py"])
def test_pages_of_rules_are_written_anew_where_our_words_are_others(
    change: Callable[[str], None], name: str
) -> None:
    """Whatever writes rules, examples and explanations counts as what they depend on."""
    before = ruling.digest(None)
    assert before == ruling.digest(None)
    change(name)
    assert before != ruling.digest(None)


def test_a_wrong_code_is_one_problem_on_its_page(tmp_path: Path) -> None:
    """Several findings about one value are told once, blocking first, with fix and rule."""
    record = next(iter(generator.generate(1)))
    wrong = record.canonical.replace(
        b"resource/authority/healthcategories/", b"resource/authority/healthcategorie/"
    )
    assert wrong != record.canonical
    entry = flagged(Record(record.iri, wrong, "0" * 64, "jeu.ttl"))
    lore = Lore("1", ruling.titles(None), partial_books, explain)
    prepared = release.prepare(records.config(tmp_path), [entry], [], records.MOMENT, lore=lore)
    assert prepared is not None
    page = read(prepared.folder / "site", "dataset/jeu-faux.html")
    findings = [f for f in entry.report.findings if "healthcategorie/" in (f.value or "")]
    problems = [p for p in told(entry) if "healthcategorie/" in p.message["fr"]]
    assert len(findings) > len(problems) > 0
    for problem in problems:
        assert page.count('<p class="finding-message">') == len(
            [p for p in told(entry) if p.kind != "missing" or p.severity.value == "violation"]
        )
        assert problem.page
        assert f'href="/{problem.page}"' in page
    assert "Correction à copier" in page


def told(entry: Entry) -> Sequence[Problem]:
    """The problems of its deciding report."""
    return explain(entry, entry.report) or ()


def partial_books() -> Sequence[Book]:
    """The book that judges datasets."""
    return (ruling.read_book("healthdcat-ap-8", None),)


def flagged(record: Record) -> Entry:
    """The entry of a record with its report."""
    report = validate(record.iri, record.canonical)
    made = records.entry(record.iri, "jeu-faux", record.canonical, report=report)
    assert made.verdict is Verdict.FLAGGED
    assert read_canonical(record.canonical)
    return made


def test_pages_of_rules_are_taken_over(tmp_path: Path) -> None:
    """As long as no profile changes they are neither read nor written again."""
    config = records.config(tmp_path)
    asked: list[str] = []

    def read_books() -> Sequence[Book]:
        asked.append("")
        return (ruling.read_book("red", None),)

    titles = {"red": ruling.titles(None)["red"]}
    lore = Lore("1", titles, read_books)
    first = release.prepare(config, records.entries(), [], records.MOMENT, lore=lore)
    assert first is not None
    release.switch(config, first)
    second = release.prepare(config, records.entries()[1:], [], records.MOMENT, lore=lore)
    assert second is not None
    name = "site/rules/red/not-a-date.html"
    assert (first.folder / name).stat().st_ino == (second.folder / name).stat().st_ino
    assert len(asked) == 1


@pytest.mark.parametrize(
    "path",
    ["rules/red/../../etc.html", "rules/red/a b.html", "rules/red/.html", "red/x.html",
     "rules/red/a/b.html", "rules//x.html", "rules/red/x"],
)  # fmt: skip
def test_odd_names_have_no_page(path: str) -> None:
    """A rule whose address cannot name a file has no page and no link."""
    assert rules.checked(path) is None
    assert rules.address("https://red.example.fr/", "fr", path) is None


def test_an_operator_chooses_whose_rules_have_pages(tmp_path: Path) -> None:
    """Those of one profile, or of none; what is not known is told with what is."""
    folder = copy_samples(tmp_path / "catalogue", ["kinelia-sante"], every_rule=True)
    path = folder / "red.toml"
    text = path.read_text("utf-8")

    def publish(rules: str) -> tuple[int, list[str], str]:
        path.write_text(text.replace("[publication]", f"[publication]\nrules = {rules}"), "utf-8")
        done = red_catalog(folder, "run")
        places = (folder / "public" / "current" / "site" / "rules").glob("*/")
        return done.returncode, sorted(place.name for place in places), done.stderr

    assert publish('["minimum-2026-2098"]')[:2] == (0, ["minimum-2026-2098"])
    site = folder / "public" / "current" / "site"
    assert "rules/red.html" not in (site / "declare.html").read_text("utf-8")
    assert "rules/minimum-2026-2098.html" in (site / "declare.html").read_text("utf-8")
    assert publish("[]")[:2] == (0, [])
    assert not (site / "rules.html").exists()
    code, _, told = publish('["inconnu"]')
    assert code == 2
    assert "inconnu" in told
