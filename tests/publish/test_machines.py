"""What machines read: structured data, feeds, citations, VoID, tables."""

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rdflib
from markupsafe import escape
from rdflib.namespace import DCAT, VOID

from red_catalog.model import State
from red_catalog.publish import release
from red_catalog.publish.dataset import forms
from red_catalog.publish.web.site import site
from red_catalog.publish.web.tables import write_csv
from tests import shared
from tests.publish import records

ATOM = "{http://www.w3.org/2005/Atom}"


def test_an_extractor_reads_what_the_page_says(published: Path) -> None:
    """The extractor finds one schema.org Dataset with the fields that dataset searches want."""
    extruct = shared.need("extruct")
    text = (published / "en" / "dataset" / "sejours-1a2b.html").read_text("utf-8")
    found = extruct.extract(text, syntaxes=["json-ld", "opengraph"])
    (said,) = found["json-ld"]
    assert said["@type"] == "Dataset"
    assert said["name"] == "Hospital stays of the Rivemont group"
    assert said["description"].startswith("Hospital stays, diagnoses")
    assert said["creator"]["name"] == "Rivemont University Hospital"
    assert said["includedInDataCatalog"]["name"] == "Health Dataset Register"
    assert {v["name"] for v in said["variableMeasured"]} >= {"Date d’entrée"}
    assert said["distribution"][0]["@type"] == "DataDownload"
    (graph,) = found["opengraph"]
    properties = dict(graph["properties"])
    assert properties["og:title"] == said["name"]
    assert properties["og:locale"] == "en_GB"


def test_signposting_leads_from_the_page_to_the_data(published: Path) -> None:
    """The page's links say how to cite it, what describes it, and what it is."""
    text = (published / "dataset" / "sejours-1a2b.html").read_text("utf-8")
    links = set(re.findall(r'<link rel="([\w-]+)"', text))
    assert {"cite-as", "describedby", "type", "license", "author"} <= links
    assert '<link rel="cite-as" href="https://red.example.fr/dataset/sejours-1a2b">' in text


@pytest.mark.parametrize("name", ["changes.atom", "en/changes.atom", "harvests.atom"])
def test_feeds_are_atom(published: Path, name: str) -> None:
    """Each feed has an address, a date, and entries with all that Atom asks for."""
    root = ET.fromstring((published / name).read_bytes())
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert entries
    for one in [root, *entries]:
        for wanted in ("id", "title", "updated", "author"):
            assert one.find(f"{ATOM}{wanted}") is not None
    moments = [e.findtext(f"{ATOM}updated", "") for e in entries]
    assert moments == sorted(moments, reverse=True)


def test_a_list_has_its_own_feed(published: Path) -> None:
    """A category, a theme and a holder can be followed: each page leads to what changed in it."""
    whole = ET.fromstring((published / "changes.atom").read_bytes())
    everything = [e.findtext(f"{ATOM}id", "") for e in whole.findall(f"{ATOM}entry")]
    for folder in ("category", "theme", "holder"):
        told = set()
        for feed in (published / folder).glob("*.atom"):
            text = feed.with_suffix(".html").read_text("utf-8")
            assert text.count(f'href="/{folder}/{feed.name}"') == 2
            entries = ET.fromstring(feed.read_bytes()).findall(f"{ATOM}entry")
            mine = [e.findtext(f"{ATOM}id", "") for e in entries]
            assert mine == [one for one in everything if one in mine]
            still = {one.partition("#")[0] for one in mine if "#withdrawn" not in one}
            listed = set(re.findall(r'href="(/dataset/[\w-]+)\.html"', text))
            assert still == {f"https://red.example.fr{one}" for one in listed}
            told |= {*mine}
        assert len(told) > 2
    assert any("#withdrawn" in one for one in told)


def test_what_a_holder_wrote_has_its_language(published: Path) -> None:
    """A French title and summary in the English feed say that they are French."""
    root = ET.fromstring((published / "en/changes.atom").read_bytes())
    tongue = "{http://www.w3.org/XML/1998/namespace}lang"
    told = {
        e.findtext(f"{ATOM}id", "").partition("dataset/")[2].partition("-")[0]:
            [e.find(f"{ATOM}{name}").get(tongue) for name in ("title", "summary")]  # type: ignore[union-attr]
        for e in root.findall(f"{ATOM}entry")
    }  # fmt: skip
    assert told["sejours"] == ["en", "en"]
    assert told["mortalite"] == ["fr", None]
    assert told["ancien"] == [None, None]


def test_a_withdrawal_is_news(published: Path) -> None:
    """The feed of changes tells of a withdrawal, by its IRI alone, and leads to what is left."""
    for name, said in (("", "Jeu de données retiré\xa0: "), ("en/", "Dataset withdrawn: ")):
        root = ET.fromstring((published / name / "changes.atom").read_bytes())
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) == 7
        gone = next(e for e in entries if "ancien" in e.findtext(f"{ATOM}id", ""))
        assert gone.findtext(f"{ATOM}id") == (
            "https://red.example.fr/dataset/ancien-5b21#withdrawn-2026-11-15T05:00:00Z"
        )
        assert gone.findtext(f"{ATOM}updated") == "2026-11-15T05:00:00Z"
        assert gone.findtext(f"{ATOM}title") == f"{said}{records.CHU}ancien"
        link = gone.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").endswith(f"/{name}dataset/ancien-5b21.html")
        assert "Ancien jeu" not in "".join(root.itertext())


def test_citations_say_who_what_when_and_where(published: Path) -> None:
    """BibTeX, RIS and CSL-JSON agree."""
    folder = published / "dataset"
    bibtex = (folder / "sejours-1a2b.bib").read_text("utf-8")
    assert bibtex.startswith("@misc{sejours-1a2b,")
    assert "author = {{CHU de Rivemont}}" in bibtex
    ris = (folder / "sejours-1a2b.ris").read_text("utf-8").splitlines()
    assert ris[0] == "TY  - DATA"
    assert ris[-1] == "ER  - "
    (csl,) = json.loads((folder / "sejours-1a2b.csl.json").read_bytes())
    assert csl["type"] == "dataset"
    assert csl["title"] == "Séjours hospitaliers du groupement de Rivemont"
    assert csl["URL"] == "https://red.example.fr/dataset/sejours-1a2b"


def test_a_citation_has_the_year_of_the_data(tmp_path: Path) -> None:
    """The holder's dates and version; without any, when the dataset was first published here."""
    about = site(records.config(tmp_path))
    iri = f"{records.CHU}pmsi"
    issued = ("dct:issued", records.typed("2015-06", "gYearMonth"))
    changed = ("dct:modified", records.typed("2021-03-04", "date"))
    version = ("dcat:version", '"2.1"')
    for more, date, number in (
        ((issued, changed, version), [2015, 6], "2.1"),
        ((changed,), [2021, 3, 4], None),
        ((("dct:issued", '"bientôt"'),), [2026, 9, 1], None),
    ):
        first = records.entry(iri, "pmsi-0a0a", records.poor(iri, "PMSI", *more))
        later = replace(first, changed=records.MOMENT.replace(year=2029), versions=2)
        written = {
            **dict(forms.render_pages(about, later)),
            **dict(forms.render_data(about, later)),
        }
        (csl,) = json.loads(written["dataset/pmsi-0a0a.csl.json"])
        assert (csl["issued"], csl.get("version")) == ({"date-parts": [date]}, number)
        assert f"\r\nPY  - {date[0]}\r\n".encode() in written["dataset/pmsi-0a0a.ris"]
        assert f"  year = {{{date[0]}}},\n".encode() in written["dataset/pmsi-0a0a.bib"]
        cited = written["en/dataset/pmsi-0a0a.html"].decode().partition('class="citation">')[2]
        told = f"</bdi> (version {number})." if number else "</bdi>."
        assert f"({date[0]}). " in cited.partition("</cite>")[0]
        assert told in cited.partition("</cite>")[0]


def test_void_leads_to_the_endpoint_and_the_dumps(published: Path) -> None:
    """It is Turtle, and names the endpoint, the dumps and the licence."""
    text = (published / ".well-known" / "void").read_text("utf-8")
    for one in ("https://red.example.fr/sparql", "https://red.example.fr/dumps/catalogue.nq.gz"):
        assert f"<{one}>" in text


def test_void_counts_what_it_says_it_counts(published: Path) -> None:
    """Datasets are counted as entities; statements where none stands twice in a dump."""
    graph = rdflib.Graph().parse(published / ".well-known" / "void", format="turtle")
    me = rdflib.URIRef("https://red.example.fr/.well-known/void#data")
    (part,) = graph.objects(me, VOID.classPartition)
    assert graph.value(part, VOID["class"]) == DCAT.Dataset
    assert graph.value(part, VOID.entities) == rdflib.Literal(6)
    lines = gzip.decompress((published / "dumps" / "catalogue.nq.gz").read_bytes()).splitlines()
    told = {
        str(graph.value(one, VOID.dataDump)).rpartition("/")[2]: graph.value(one, VOID.triples)
        for one in graph.objects(me, VOID.subset)
    }
    assert set(told) == {"catalogue.nq.gz", "catalogue.ttl.gz"}
    assert told["catalogue.nq.gz"] == rdflib.Literal(len(set(lines)))
    assert told["catalogue.ttl.gz"] is None
    assert not set(graph.predicates(me)) & {VOID.documents, VOID.triples}


def test_no_cell_is_a_formula() -> None:
    """A cell that a spreadsheet would run is kept as text; nothing is an empty one."""
    written = write_csv(("a", "b"), [("=1+1", 3), ("@x", -2), (" +33", None)])
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == [
        ["a", "b"], ["'=1+1", "3"], ["'@x", "-2"], ["' +33", ""],
    ]  # fmt: skip


def test_the_coverage_table_says_who_is_silent(published: Path) -> None:
    """Each holder has a row for each category, declared or silent."""
    text = (published / "en" / "coverage.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3 * 17
    stays = next(r for r in rows if r["Holder"] == "chu-rivemont" and r["Category"] == "EHRS")
    assert (stays["Datasets"], stays["State"]) == ("2", "declared")
    assert {r["State"] for r in rows if r["Category"] == "DIOH"} == {"silent"}


def test_the_quality_page_counts_what_the_table_counts(published: Path) -> None:
    """The dashboard's commonest problem is the table's first row."""
    text = (published / "quality-problems.csv").read_text("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(text)))
    assert first["Propriété"] in {"dct:provenance", "healthdcatap:hdab"}
    page = (published / "quality.html").read_text("utf-8")
    assert first["Problème"] in page


def test_related_datasets_share_something(published: Path) -> None:
    """A dataset names those with the same keywords, never itself."""
    page = (published / "dataset" / "sejours-1a2b.html").read_text("utf-8")
    section = page[page.index('id="related"') : page.index('id="reuse"')]
    assert "imagerie-9c3d.html" in section
    assert "sejours-1a2b.html" not in section
    alone = (published / "dataset" / "42-c0de.html").read_text("utf-8")
    assert 'id="related"' not in alone


@pytest.mark.parametrize(
    ("scheme", "server"), [("https", "registre-cancers.example"), ("HTTPS", "Registre.example")]
)
def test_a_key_in_an_address_is_never_published(tmp_path: Path, scheme: str, server: str) -> None:
    """Queries, user names and passwords of sources stay in the configuration."""
    config = records.config(tmp_path)
    location = f"{scheme}://moi:secret@{server}/dcat?apikey=CLEF-123"
    sources = tuple(
        replace(s, location=location) if s.holder == "registre-cancers" else s
        for s in config.sources
    )
    said = {"fr": f"{location} ne répond pas.", "en": f"{location} does not answer."}
    runs = [
        replace(
            run,
            unreadable=tuple(
                replace(u, location=location, problem=replace(u.problem, message=said))
                for u in run.unreadable
            ),
        )
        for run in records.runs()
        if run.source == "registre-cancers-dcat"
    ]
    prepared = release.prepare(
        replace(config, sources=sources), records.entries(), runs, records.MOMENT
    )
    assert prepared is not None
    for path in prepared.folder.rglob("*"):
        if path.is_file() and path.suffix != ".gz":
            content = path.read_bytes()
            assert b"CLEF-123" not in content, path
            assert b"moi:secret" not in content, path
    page = (prepared.folder / "site" / "harvest" / "registre-cancers-dcat.html").read_text("utf-8")
    assert f"https://{server}/dcat ne répond pas." in page
    data = (prepared.folder / "site" / "harvest" / "registre-cancers-dcat.json").read_text("utf-8")
    assert json.loads(data)["location"] == f"https://{server}/dcat"


def test_harvest_reports_are_json_too(published: Path) -> None:
    """Beside each report page: the same figures and reasons, for programs."""
    names = sorted(path.stem for path in (published / "harvest").glob("*.html"))
    assert names == sorted(path.stem for path in (published / "harvest").glob("*.json"))
    for name in names:
        told = json.loads((published / "harvest" / f"{name}.json").read_text("utf-8"))
        page = (published / "harvest" / f"{name}.html").read_text("utf-8")
        assert f'href="/harvest/{name}.json"' in page
        assert told["source"] == name
        assert set(told["states"]) == {state.value for state in State}
        reasons = [one["reason"]["fr"] for some in told["records"].values() for one in some
                   if one["reason"]]  # fmt: skip
        reasons += [one["message"]["fr"] for one in told["documents"]]
        assert all(str(escape(reason)) in page for reason in reasons)
