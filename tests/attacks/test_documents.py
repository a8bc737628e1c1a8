"""Every hostile document, through the whole pipeline, with the outcome that its manifest asks."""

import json
import re
from typing import Any

import pytest
import rdflib

from red_catalog.model import Entry, Finding
from tests import catalogue, shared
from tests.attacks import invariants, manifest
from tests.attacks.corpus import Case, alone, cases, pages
from tests.attacks.place import Make, Place, owner, sentences, url
from tests.attacks.upstream import Upstream
from tests.reconciled import assert_reconciled

CONTROL = manifest.control()
HOLDER = owner(CONTROL)
BEFORE = f"https://{HOLDER}.example/jeu/avant"
OTHER = "https://autre.example/jeu/registre"
GOOD, FINE = (
    f"""@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<{iri}> a dcat:Dataset ; dct:title "Sans reproche"@fr .
""".encode()
    for iri in (BEFORE, OTHER)
)
ASIDE = "/autre.ttl"
ALONE, PAGES = alone(), pages()
# What is found out about a description, by its digest: whatever came beside it.
FOUND: dict[str, list[Finding]] = {}


def prepare(place: Place, corpus: Upstream, case: Case) -> None:
    """A catalogue that harvests this file, then another holder's.

    If the file must be refused, the source gave a good one before it.
    """
    place.configure((HOLDER, case.kind, url(case.path)), ("autre", "dcat", url(ASIDE)))
    corpus.served[ASIDE] = (FINE, "text/turtle")
    if case.ends == {"REJECT-DOC"}:
        corpus.served[case.path] = (GOOD, "text/turtle")
        assert place.harvest().code == 0
    corpus.served[case.path] = (case.body, case.media_type)


# Things that an outcome wants flagged, in the words of the report.
WORDS = ("person", "social-security number")


def end_of(run: Any, entries: dict[str, Entry], iris: set[str]) -> str:
    """How a document ended, in the manifest's words."""
    if run["problems"] and not run["read"]:
        return "REJECT-DOC"
    if run["states"]["quarantined"]:
        return "QUARANTINE"
    usual = _marks(entries, CONTROL)
    told = {held["iri"] for held in run["held"]}
    warned = any(iri in told or _marks(entries, iri) - usual for iri in iris)
    return "ACCEPT-WARN" if warned else "ACCEPT"


def _marks(entries: dict[str, Entry], iri: str) -> set[tuple[str | None, str]]:
    """What the findings of a dataset are about."""
    found = entries[iri].report.findings if iri in entries else ()
    return {(f.path, f.component) for f in found}


def is_allowed(end: str, allowed: set[str]) -> bool:
    """A warning is as good as a plain or a clean ACCEPT, but not the other way round."""
    if end == "ACCEPT-WARN":
        return any(one.startswith("ACCEPT") for one in allowed)
    return end in allowed or (end == "ACCEPT" and "ACCEPT-CLEAN" in allowed)


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.file)
def test_attack(make: Make, corpus: Upstream, case: Case) -> None:
    """Refused, held back or published as the manifest says; what was good stays."""
    place = make()
    prepare(place, corpus, case)
    before = catalogue.digests(place.site / "dataset") if place.site.exists() else {}
    done = place.harvest()
    run, aside = done.plain["harvest"]
    assert_reconciled(run)
    assert_reconciled(aside)
    entries = place.entries()
    assert entries.pop(OTHER).holder == "autre"
    assert aside["status"] == "ok"
    end = end_of(run, entries, set(entries) - {CONTROL, BEFORE})
    assert is_allowed(end, case.ends) or _is_nothing_at_all(case, run)
    assert done.code == (0 if end.startswith("ACCEPT") and entries else 3)
    assert done.seconds < case.seconds + 25  # validation and publication included, under load
    if before:
        assert set(entries) == {BEFORE}
        assert catalogue.digests(place.site / "dataset") == before
    elif CONTROL.encode() in case.body and end != "REJECT-DOC":
        assert CONTROL in entries
    check_words(case, run, entries)
    check_details(case, run, place)
    check_kept(case, run, entries)
    invariants.check_again(place)
    if "must not skip" in case.outcome:
        check_not_skipped(place, corpus, case, len(entries))


def _is_nothing_at_all(case: Case, run: Any) -> bool:
    """A document that describes no dataset has none to hold back: it is refused whole."""
    return b"dcat#Dataset" not in case.body and run["status"] != "ok" and not run["states"]["new"]


def check_words(case: Case, run: Any, entries: dict[str, Entry]) -> None:
    """A refusal says in both languages what the manifest wants said, and where."""
    said = " ".join(sentences(run))
    assert len(sentences(run, "fr")) == len(sentences(run))
    for words in case.said:
        assert words.lower() in said.lower()
    for words in WORDS:
        if words in case.outcome:
            assert words in said
    refused = run["problems"] and not run["read"]
    for problem in run["problems"]:
        assert case.path in problem["document"]
    for held in run["held"]:
        assert held["state"] != "quarantined" or case.path in held["reason"]["fr"]
    if refused and "naming byte offset" in case.outcome:
        assert re.search(r"\d", said)
    if refused and "naming line" in case.outcome:
        assert run["problems"][0]["line"]
    if refused and "naming the encoding" in case.outcome:
        assert re.search(r"UTF-\d+|latin|iso-8859", said, re.IGNORECASE)
    wrong = _ill_typed(case) if "one finding per value" in case.outcome else set()
    reports = [report for entry in entries.values() for report in entry.reports]
    told = {f.value for report in reports for f in report.findings} | set(_quoted(said))
    assert run["states"]["quarantined"] or wrong <= told


def _ill_typed(case: Case) -> set[str]:
    """The values that are not of the type they claim, as terms."""
    graph = rdflib.Graph().parse(data=case.body, format="turtle")
    return {o.n3() for o in graph.objects() if isinstance(o, rdflib.Literal) and o.ill_typed}


def _quoted(said: str) -> list[str]:
    return re.findall(r"“([^”]+)”", said)


def check_details(case: Case, run: Any, place: Place) -> None:
    """What only some outcomes ask for, read from their own words."""
    entries = place.entries()
    assert len(list(place.site.glob("dataset/*.html"))) == len(entries)
    if "dropped" in case.outcome:
        assert sum(run["dropped"].values()) > 0
    if kept := re.search(r"carry datatype xsd:(\w+) unchanged", case.outcome):
        assert any(f"#{kept[1]}>".encode() in e.canonical for e in entries.values())
        assert any(f"#{kept[1]}>" in p.read_text("utf-8") for p in place.site.rglob("*.nt"))
    texts = invariants.texts(place.site)
    if shown := re.search(r'text "([^"]+)" shown as is', case.outcome):
        assert shown[1] in texts
    if "shown as text" in case.outcome and run["states"]["new"]:
        for link in re.findall(r"<((?:javascript|data):[^>\s]*)>", case.body.decode()):
            assert link in texts
    if title := re.search(r'title = "([^"]+)"', case.outcome):
        assert title[1] in texts or not run["read"]
    if "title bytes intact" in case.outcome:
        titles = re.findall(r'a dcat:Dataset.* dct:title "([^"]+)"', case.body.decode("utf-8"))
        assert titles
        assert all(title in texts for title in titles)


def check_kept(case: Case, run: Any, entries: dict[str, Entry]) -> None:
    """What is accepted is published as given; what stands beside it changes no finding."""
    if case.media_type.startswith("text/turtle") and not run["problems"]:
        for iri, values in _literals(case).items():
            if iri in entries:
                assert values <= _values(entries[iri].canonical)
    for entry in entries.values():
        found = list(entry.report.findings)
        assert FOUND.setdefault(entry.digest, found) == found


class _Nameless(rdflib.Graph):
    """A graph that keeps no prefixes: rdflib takes minutes over a hundred thousand."""

    def bind(self, *_: Any, **__: Any) -> None:
        """Does nothing."""


def _literals(case: Case) -> dict[str, set[str]]:
    """The texts of each subject, where another reader can read the document at all."""
    try:
        graph = _Nameless().parse(data=case.body, format="turtle", publicID="http://here.example/")
    except Exception:  # noqa: BLE001  # rdflib fails in every way on hostile documents
        return {}
    found: dict[str, set[str]] = {}
    for s, _, o in graph:
        if isinstance(o, rdflib.Literal):
            found.setdefault(str(s), set()).add(str(o) if not o.datatype else str(o.n3()))
    return found


def _values(canonical: bytes) -> set[str]:
    graph = rdflib.Graph().parse(data=canonical, format="nt")
    return {str(o) if not o.datatype else str(o.n3())
            for o in graph.objects() if isinstance(o, rdflib.Literal)}  # fmt: skip


def check_not_skipped(place: Place, corpus: Upstream, case: Case, count: int) -> None:
    """A description that changes is taken again, whatever dates it holds."""
    changed = case.body.replace(b'dct:title "', b'dct:title "Version 2 : ')
    corpus.served[case.path] = (changed, case.media_type)
    run, _ = place.harvest().plain["harvest"]
    assert run["states"]["updated"] == count


LOCAL = [case for case in ALONE if "local file" in case.outcome]


@pytest.mark.parametrize("case", LOCAL, ids=lambda case: case.file)
def test_the_same_as_a_local_file(make: Make, case: Case) -> None:
    """A local file has no base: what needs one is refused, and no path of ours comes out."""
    place = make()
    place.configure((HOLDER, "file", "depot.ttl"))
    (place.root / "depot.ttl").write_bytes(case.body)
    (run,) = place.harvest().plain["harvest"]
    assert_reconciled(run)
    assert end_of(run, place.entries(), set()) == "REJECT-DOC"
    assert place.entries() == {}


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages[0].file)
def test_pages_of_one_feed(make: Make, pages: list[Case]) -> None:
    """Blank nodes of one page never meet those of another."""
    place = make()
    place.configure((HOLDER, "file", "depot"))
    (place.root / "depot").mkdir()
    for page in pages:
        (place.root / "depot" / page.file.split("/")[-1]).write_bytes(page.body)
    (run,) = place.harvest().plain["harvest"]
    assert_reconciled(run)
    entries = place.entries()
    assert len(entries) == len(pages)
    wanted = re.findall(r"(\w+) has (?:contact )?(\w+) only", " ".join(p.outcome for p in pages))
    for name, contact in wanted:
        text = next(e.canonical for iri, e in entries.items() if iri.endswith(name)).decode()
        assert [c in text for _, c in wanted] == [c == contact for _, c in wanted]
    invariants.check_again(place)


def test_nothing_of_the_corpus_is_left_out() -> None:
    """Both manifests and the folders name the same files, with the same outcomes."""
    root = shared.attacks()
    listed = json.loads((root / "manifest.json").read_text("utf-8"))
    rows = {row[0].strip("`"): row[1:3] for row in manifest.files()}
    assert {e["file"]: [e["served_as"], e["outcome"]] for e in listed} == rows
    there = {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()}
    aside = {f for f in there if f.startswith(("http/", "MANIFEST", "manifest"))}
    assert there - aside == set(rows)
    tried = [*ALONE, *(page for group in PAGES for page in group), *cases("feeds"),
             *cases("holders"), *cases("sequence")]  # fmt: skip
    elsewhere = {file for file in rows if file.startswith(("sparql/", "shapes/"))}
    assert {case.file for case in tried} == set(rows) - elsewhere
