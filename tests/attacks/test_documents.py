"""Every hostile document, through the whole pipeline, with the outcome that its manifest asks."""

import re
from typing import Any

import pytest

from red_catalog.model import Entry
from tests import catalogue
from tests.attacks import invariants
from tests.attacks.corpus import Case, cases, series
from tests.attacks.place import Done, Make, Place, sentences, url
from tests.attacks.upstream import Upstream
from tests.reconciled import assert_reconciled

CONTROL = "https://chu-a.example/jeu/temoin"
BEFORE = "https://chu-a.example/jeu/avant"
GOOD = f"""@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<{BEFORE}> a dcat:Dataset ; dct:title "Avant l'attaque"@fr .
""".encode()
ALONE = [group[0] for group in series("rdf") if len(group) == 1]
PAGES = [group for group in series("rdf") if len(group) > 1]


def prepare(place: Place, corpus: Upstream, case: Case) -> None:
    """A catalogue that harvests this file, and a good state before it if it must be refused."""
    place.configure(("chu-a", case.kind, url(case.path)))
    if case.ends == {"REJECT-DOC"}:
        corpus.served[case.path] = (GOOD, "text/turtle")
        assert place.harvest().code == 0
    corpus.served[case.path] = (case.body, case.media_type)


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
    (run,) = done.plain["harvest"]
    assert_reconciled(run)
    entries = place.entries()
    end = end_of(run, entries, set(entries) - {CONTROL, BEFORE})
    assert is_allowed(end, case.ends) or _is_nothing_at_all(case, run)
    assert done.code == (0 if end.startswith("ACCEPT") and entries else 3)
    assert done.seconds < case.seconds + 5  # validation and publication included
    if before:
        assert set(entries) == {BEFORE}
        assert catalogue.digests(place.site / "dataset") == before
    elif CONTROL.encode() in case.body and end != "REJECT-DOC":
        assert CONTROL in entries
    check_words(case, run)
    check_details(case, done, place)
    invariants.check_again(place)


def _is_nothing_at_all(case: Case, run: Any) -> bool:
    """A document that describes no dataset has none to hold back: it is refused whole."""
    return b"dcat#Dataset" not in case.body and run["status"] != "ok" and not run["states"]["new"]


def check_words(case: Case, run: Any) -> None:
    """A refusal says in both languages what the manifest wants said."""
    said = " ".join(sentences(run))
    assert len(sentences(run, "fr")) == len(sentences(run))
    for words in case.said:
        assert words.lower() in said.lower()
    if run["problems"] and "naming byte offset" in case.outcome:
        assert re.search(r"\d", said)
    if run["problems"] and not run["read"] and "naming line" in case.outcome:
        assert run["problems"][0]["line"]


def check_details(case: Case, done: Done, place: Place) -> None:
    """What only some outcomes ask for, read from their own words."""
    (run,) = done.plain["harvest"]
    entries = place.entries()
    if "dropped" in case.outcome:
        assert sum(run["dropped"].values()) > 0
    if kept := re.search(r"carry datatype xsd:(\w+) unchanged", case.outcome):
        assert any(f"#{kept[1]}>".encode() in e.canonical for e in entries.values())
        assert any(f"#{kept[1]}>" in p.read_text("utf-8") for p in place.site.rglob("*.nt"))
    if shown := re.search(r'text "([^"]+)" shown as is', case.outcome):
        assert shown[1] in invariants.texts(place.site)
    if "title bytes intact" in case.outcome:
        titles = re.findall(r'a dcat:Dataset.* dct:title "([^"]+)"', case.body.decode("utf-8"))
        texts = invariants.texts(place.site)
        assert titles
        assert all(title in texts for title in titles)


LOCAL = [case for case in ALONE if "local file" in case.outcome]


@pytest.mark.parametrize("case", LOCAL, ids=lambda case: case.file)
def test_the_same_as_a_local_file(make: Make, case: Case) -> None:
    """A local file has no base: what needs one is refused, and no path of ours comes out."""
    place = make()
    place.configure(("chu-a", "file", "depot.ttl"))
    (place.root / "depot.ttl").write_bytes(case.body)
    (run,) = place.harvest().plain["harvest"]
    assert_reconciled(run)
    assert end_of(run, place.entries(), set()) == "REJECT-DOC"
    assert place.entries() == {}


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: pages[0].file)
def test_pages_of_one_feed(make: Make, pages: list[Case]) -> None:
    """Blank nodes of one page never meet those of another."""
    place = make()
    place.configure(("chu-a", "file", "depot"))
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


def test_every_document_is_tried() -> None:
    """No file of rdf/ is left out."""
    assert len(ALONE) + sum(map(len, PAGES)) == len(cases("rdf"))
