"""What the feeds of a release hold, and what of them never changes."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import requests
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from red_catalog.model import Entry, Severity
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.publish.federation import filling, log, paging, payload, stream
from red_catalog.publish.web.site import Site, site
from red_catalog.rdf.contexts import resolve_contexts
from red_catalog.rdf.jsonld import CONTEXT, context
from red_catalog.rdf.writing import triples
from red_catalog.register.ledger import Register
from red_catalog.validation.checking import validate
from tests.federation.conftest import Catalogue, announce_all, record

ADMS = "http://www.w3.org/ns/adms#"
NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
DCT = "http://purl.org/dc/terms/"


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of four, that few datasets fill."""
    monkeypatch.setattr(stream, "PAGE", 4)
    monkeypatch.setattr(paging, "PAGE", 4)
    monkeypatch.setattr(log, "PAGE", 4)


@pytest.fixture
def quiet(tmp_path: Path) -> Catalogue:
    """A catalogue of nine datasets that nobody serves, not published yet."""
    made = Catalogue(tmp_path / "calme", "https://red.exemple.fr/")
    made.configure('kind = "file"\nlocation = "declarations"\n')
    made.describe(range(9))
    return made


def read(path: Path) -> bytes:
    """A file's bytes."""
    return path.read_bytes()


@pytest.mark.usefixtures("small_pages")
def test_full_pages_never_change(quiet: Catalogue) -> None:
    """Two pages of events are full: a change leaves them as they are, hard-linked."""
    quiet.run()
    events = quiet.site / "feed" / "catalogue" / "events"
    before = {p.name: read(p) for p in events.iterdir() if not p.name.startswith("latest")}
    assert set(before) == {f"{n}.{s}" for n in (1, 2) for s in stream.SYNTAXES}
    quiet.describe([2], "revu")
    quiet.run()
    after = quiet.site / "feed" / "catalogue" / "events"
    assert after != events
    assert {name: read(after / name) for name in before} == before
    assert (after / "1.trig").stat().st_nlink > 1
    latest = b"".join(read(after / f"latest.{s}") for s in stream.SYNTAXES)
    assert (latest.count(b"#type> <https://www.w3.org/ns/activitystreams#Update>"),
            latest.count(b"revu")) == (1, 2)  # fmt: skip


@pytest.mark.usefixtures("small_pages")
def test_each_page_of_events_leads_to_the_one_before_it(quiet: Catalogue) -> None:
    """From the latest back to the first, with the moment up to which what lies behind tells."""
    quiet.run()
    with Register.open(quiet.config.register) as register:
        events = register.announcements("catalogue", 0, 9)
    folder = quiet.site / "feed" / "catalogue" / "events"
    for name, before in (("latest", [2]), (2, [1]), (1, [])):
        said = (folder / f"{name}.trig").read_text("utf-8")
        pages = [f"https://red.exemple.fr/feed/catalogue/events/{n}.trig" for n in before]
        assert re.findall(f"{term('tree:node')} <(.*)> .", said) == pages
        until = [payload.stamp(events[4 * n - 1].published.isoformat()) for n in before]
        assert re.findall(f'{term("tree:value")} "([^"]*)"', said) == until


def test_where_a_stream_is_entered_it_tells_its_kinds_of_events(quiet: Catalogue) -> None:
    """The latest page names those that create, update and delete; full ones stay as they were."""
    quiet.harvest()
    announce_all(quiet)
    with Register.open(quiet.config.register) as register:
        events = register.announcements("catalogue", 0, 9)
    full = [*events, *events[:1] * (stream.PAGE - len(events))]
    told = {
        len(some): set(
            re.findall(
                rb"#version(\w+)Object> <https://www.w3.org/ns/activitystreams#(\w+)>",
                stream.write(site(quiet.config), "catalogue", (1, some, None), lambda _: b"")[
                    "trig"
                ],
            )
        )
        for some in (events, full)
    }
    kinds = {(kind, kind) for kind in (b"Create", b"Update", b"Delete")}
    assert told == {len(events): kinds, stream.PAGE: set()}


@pytest.mark.usefixtures("small_pages")
def test_feeds_do_not_depend_on_what_was_live(quiet: Catalogue) -> None:
    """Feeds written again from the register alone are the same, byte for byte."""
    quiet.run()
    quiet.describe([1, 9], "revu")
    quiet.remove([4])
    quiet.run()
    files = {str(p.relative_to(quiet.site)): read(p)
             for p in sorted((quiet.site / "feed").rglob("*.*"))}  # fmt: skip
    (quiet.root / "public").rename(quiet.root / "ancien")
    quiet.publish()
    assert {str(p.relative_to(quiet.site)): read(p)
            for p in sorted((quiet.site / "feed").rglob("*.*"))} == files  # fmt: skip


@pytest.mark.usefixtures("small_pages")
def test_a_last_page_that_was_full_leads_to_those_that_came_since(quiet: Catalogue) -> None:
    """Whoever follows the pages from the first one meets every dataset, however many came."""
    quiet.run()
    quiet.describe(range(9, 12), "venu")
    quiet.run()
    quiet.describe(range(12, 24), "venu")
    quiet.run()
    page, met = "1", ""
    while page:
        text = read(quiet.site / "feed" / "catalogue" / "pages" / f"{page}.ttl").decode()
        met += text
        found = re.search(r"hydra:next <[^>]*/pages/(\d+)", text)
        page = found[1] if found else ""
    assert all(record(number).iri in met for number in range(24))


@pytest.mark.usefixtures("small_pages")
def test_pages_in_which_nothing_changed_are_taken_over_unread(
    quiet: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a feed of many pages only that of the changed dataset, and the last two, are looked at."""
    monkeypatch.setattr(paging, "PAGE", 2)
    quiet.run()
    told: list[str] = []
    member = filling._member

    def noted(site: Site, feed: str, entry: Entry) -> paging.Member:
        told.extend([entry.iri] * (feed == "catalogue"))
        return member(site, feed, entry)

    monkeypatch.setattr(filling, "_member", noted)
    quiet.describe([1], "revu")
    quiet.run()
    assert len(told) == 2 + 2 + 1  # of nine, on the first page and the last two
    files = {p.name: read(p) for p in sorted((quiet.site / "feed/catalogue/pages").iterdir())}
    (quiet.root / "public").rename(quiet.root / "ancien")
    quiet.publish()
    assert {p.name: read(p) for p in (quiet.site / "feed/catalogue/pages").iterdir()} == files


@pytest.mark.usefixtures("small_pages")
def test_an_upgrade_renews_pages_of_datasets_and_leaves_full_pages_of_events(
    quiet: Catalogue, monkeypatch: pytest.MonkeyPatch, upgrade: Callable[[str], None]
) -> None:
    """What the new program no longer says leaves the feed's pages; what was told stays told."""
    quiet.run()
    feed = quiet.site / "feed/catalogue"
    events = {p.name: read(p) for p in (feed / "events").glob("[12].*")}
    assert len(events) == 2 * len(stream.SYNTAXES)
    describe = payload.describe

    def withheld(*given: Any) -> bytes:
        return b"".join(
            one for one in describe(*given).splitlines(keepends=True) if b"essai" not in one
        )

    monkeypatch.setattr(paging, "describe", withheld)
    pages = [p.relative_to(quiet.site) for p in (feed / "pages").iterdir()]
    assert all(b"essai" in read(quiet.site / one) for one in pages)
    upgrade("withholding.py")
    quiet.publish()
    assert not any(b"essai" in read(quiet.site / one) for one in pages)
    after = quiet.site / "feed/catalogue/events"
    assert {name: read(after / name) for name in events} == events
    assert (after / "1.trig").stat().st_nlink > 1


@pytest.mark.usefixtures("small_pages")
def test_feeds_tell_what_a_restored_register_does(quiet: Catalogue) -> None:
    """A register from a backup gives other events the old numbers: no page of before is kept."""
    quiet.run()
    kept = read(quiet.config.register)
    for word in ("perdu", "retrouvé"):
        quiet.config.register.write_bytes(kept)
        quiet.describe(range(4), word)
        quiet.run()
    feed = quiet.site / "feed" / "catalogue"
    told = b"".join(read(one) for one in sorted((feed / "events").glob("*.trig")))
    assert (b"perdu" in told, "retrouvé".encode() in told) == (False, True)
    changes = [json.loads(line)["published"] for one in sorted((feed / "changes").glob("*.jsonl"))
               for line in read(one).splitlines()]  # fmt: skip
    with Register.open(quiet.config.register) as register:
        events = register.announcements("catalogue", 0, 99)
    assert changes == [payload.stamp(one.published.isoformat()) for one in events]


def test_what_became_private_leaves_the_latest_page_of_every_feed(quiet: Catalogue) -> None:
    """Also of the EU feed, which says nothing of a description that is not conformant any more."""
    quiet.run()
    good = next(i for i, e in quiet.entries().items() if not e.report.count(Severity.VIOLATION))
    file = quiet.root / "declarations" / f"{good.rsplit('-', 1)[1]}.nt"
    note = f'<{good}> <http://www.w3.org/ns/dcat#keyword> "Brevet en dépôt"@fr .\n'
    whole = read(file) + note.encode()
    file.write_bytes(whole)
    quiet.run()
    latest = [f"feed/{feed}/events/latest.trig" for feed in ("catalogue", "eu")]
    assert all("Brevet en dépôt".encode() in read(quiet.site / one) for one in latest)
    title = f"{DCT}title".encode()
    spoilt = b"".join(one for one in whole.splitlines(keepends=True) if title not in one)
    file.write_bytes(spoilt)
    quiet.run()
    secret = note.replace("http://www.w3.org/ns/dcat#keyword", f"{quiet.base}ns/red#privateNote")
    file.write_bytes(spoilt.replace(note.encode(), secret.encode()))
    quiet.run()
    assert not any("Brevet en dépôt".encode() in read(quiet.site / one) for one in latest)


@pytest.mark.usefixtures("small_pages")
def test_what_became_private_leaves_full_pages_of_every_feed(quiet: Catalogue) -> None:
    """A person who is not to be named is in no page of events after the run; others stay."""
    place = quiet.root / "declarations"
    for number in range(9):
        person = f"""<{record(number).iri}> {term("dcat:contactPoint")} _:jeanne .
_:jeanne {RDF_TYPE} {term("vcard:Individual")} .
_:jeanne {term("vcard:fn")} "Jeanne Le Goff {number}" .
"""
        (place / f"{number}.nt").write_bytes(read(place / f"{number}.nt") + person.encode())
    quiet.run()
    before = {p.name: read(p) for p in (quiet.site / "feed/catalogue/events").glob("[12].*")}
    assert sum(b"Jeanne Le Goff" in one for one in before.values()) == 2 * len(stream.SYNTAXES)
    name = next(n for n in range(9) if f"Jeanne Le Goff {n}".encode() in before["1.trig"])
    with (place / f"{name}.nt").open("a") as file:
        file.write(f'_:jeanne <{quiet.base}ns/red#private> "true" .\n')
    quiet.run()
    files = [p for p in quiet.site.rglob("*") if p.is_file()]
    assert not any(f"Jeanne Le Goff {name}".encode() in read(one) for one in files)
    feed = quiet.site / "feed"
    after = {p.name: read(p) for p in (feed / "catalogue/events").glob("[12].*")}
    assert {n for n in before if after[n] == before[n]} == {"2.trig", "2.jsonld"}
    assert (feed / "catalogue/events/2.trig").stat().st_nlink > 1
    told = {p.relative_to(feed): read(p) for p in feed.rglob("*.*")}
    (quiet.root / "public").rename(quiet.root / "ancien")
    quiet.publish()
    again = quiet.site / "feed"
    assert {p.relative_to(again): read(p) for p in again.rglob("*.*")} == told


def test_a_dataset_that_moves_is_announced(quiet: Catalogue) -> None:
    """The same description from another source of its holder is an update in both feeds."""
    other = '[[source]]\nid = "autre"\nholder = "bretagne"\nkind = "file"\nlocation = "autre"\n'
    (quiet.root / "autre").mkdir()
    quiet.configure('kind = "file"\nlocation = "declarations"\n', other)
    # A folder without files is no answer.
    quiet.describe([9])
    (quiet.root / "declarations" / "9.nt").rename(quiet.root / "autre" / "9.nt")
    quiet.harvest()
    announce_all(quiet)
    good = next(i for i, e in quiet.entries().items() if not e.report.count(Severity.VIOLATION))
    name = f"{good.rsplit('-', 1)[1]}.nt"
    (quiet.root / "declarations" / name).rename(quiet.root / "autre" / name)
    quiet.settle()
    announce_all(quiet)
    with Register.open(quiet.config.register) as register:
        for feed in ("catalogue", "eu"):
            events = register.announcements(feed, 0, 99)
            assert [one.kind for one in events if one.iri == good] == ["create", "update"]
            assert events[-1].iri == good


@pytest.mark.usefixtures("small_pages")
def test_both_syntaxes_say_the_same(quiet: Catalogue) -> None:
    """Pages of events and of datasets hold the same statements in every syntax."""
    quiet.run()
    for feed in ("catalogue", "eu"):
        found = {}
        for suffix, form in (("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)):
            content = read(quiet.site / f"feed/{feed}/events/1.{suffix}")
            if suffix == "jsonld":
                content = resolve_contexts(content, 100)
            content = content.replace(f"1.{suffix}".encode(), b"1.x")
            content = content.replace(f"latest.{suffix}".encode(), b"latest.x")
            found[suffix] = {str(quad) for quad in parse(content, form)}
        assert found["trig"] == found["jsonld"]
        pages = {}
        for suffix, form in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD),
                             ("rdf", RdfFormat.RDF_XML)):  # fmt: skip
            content = read(quiet.site / f"feed/{feed}/pages/1.{suffix}")
            if suffix == "jsonld":
                content = resolve_contexts(content, 100)
            content = content.replace(f".{suffix}".encode(), b".x")
            pages[suffix] = {str(quad) for quad in parse(content, form)}
        assert pages["ttl"] == pages["jsonld"] == pages["rdf"]


def test_the_context_is_published_and_read_without_the_network(quiet: Catalogue) -> None:
    """Our context declares every prefix that is used, lies at our base, and is known here."""
    quiet.run()
    declared = {name: space for name, space in PREFIXES.items() if name != "red"}
    assert json.loads(context())["@context"] == dict(sorted(declared.items()))
    assert read(quiet.site / "ns" / CONTEXT) == context()
    page = json.loads(read(quiet.site / "feed/catalogue/pages/1.jsonld"))
    assert page["@context"] == f"{quiet.base}ns/{CONTEXT}"


def test_the_eu_feed_holds_only_what_conforms_under_our_identifiers(quiet: Catalogue) -> None:
    """Flagged datasets are not in it; the others have our identifier, theirs moved, a record."""
    quiet.run()
    entries = quiet.entries()
    conformant = {i for i, e in entries.items() if not e.report.count(Severity.VIOLATION)}
    assert 0 < len(conformant) < len(entries)
    quads = list(parse(read(quiet.site / "feed/eu/events/latest.trig"), RdfFormat.TRIG))
    given = {q.object.value for q in quads if q.predicate.value.endswith("#object")}
    assert given == conformant
    for iri in conformant:
        entry = entries[iri]
        objects = [q for q in quads if q.predicate.value.endswith("#object")]
        graph = next(q.subject for q in objects if q.object.value == iri)
        said = [q for q in quads if q.graph_name == graph]
        me = NamedNode(iri)

        def values(subject: object, name: str, said: list[Quad] = said) -> list[str]:
            return [str(q.object.value) for q in said  # type: ignore[union-attr]
                    if q.subject == subject and q.predicate.value == name]  # fmt: skip

        assert values(me, f"{DCT}identifier") == [f"{quiet.base}dataset/{entry.slug}"]
        moved = [NamedNode(one) for one in values(me, f"{ADMS}identifier")]
        assert iri in {n for one in moved for n in values(one, NOTATION)}
        about = NamedNode(f"{quiet.base}record/{entry.slug}")
        assert values(about, f"{DCT}conformsTo")
        assert len(values(about, f"{DCT}issued")) == len(values(about, f"{DCT}modified")) == 1
        lines = "".join(f"{q.triple} .\n" for q in said).encode()
        report = validate(iri, lines)
        assert report.count(Severity.VIOLATION) == 0
    assert all(q.graph_name != DefaultGraph() or "adms" not in str(q) for q in quads)


def test_an_event_of_the_eu_feed_conforms_without_the_datasets_that_it_names(
    quiet: Catalogue,
) -> None:
    """What is there by a dataset beside it, flawed or not, names that one as related."""
    quiet.harvest()
    entries = quiet.entries()
    flawed = [i for i, e in entries.items() if e.report.count(Severity.VIOLATION)]
    good, other, third, fourth = [i for i in entries if i not in flawed][:4]
    file = quiet.root / "declarations" / f"{good.rsplit('-', 1)[1]}.nt"
    role = "<http://www.iana.org/assignments/relation/related>"
    links = [
        f"<{good}> {term('dct:source')} <{flawed[0]}> .",
        f"<{good}> {term('dct:hasVersion')} <{other}> .",
        f"<{good}> {term('dcat:qualifiedRelation')} <{good}#lien> .",
        f"<{good}#lien> {RDF_TYPE} {term('dcat:Relationship')} .",
        f"<{good}#lien> {term('dct:relation')} <{third}> .",
        f"<{good}#lien> {term('dct:relation')} <{fourth}> .",
        f"<{good}#lien> {term('dcat:hadRole')} {role} .",
        f"{role} {RDF_TYPE} {term('dcat:Role')} .",
    ]
    file.write_bytes(read(file) + "\n".join([*links, ""]).encode())
    quiet.run()
    with Register.open(quiet.config.register) as register:
        event = next(e for e in register.announcements("eu", 0, 99) if e.iri == good)
    content = read(quiet.site / "feed/eu/events/latest.trig").decode()
    given = content.partition(f"#{event.number}> {{\n")[2].partition("}\n")[0]
    related = re.findall(f"<{good}> {term('dct:relation')} <(.*)> .", given)
    assert set(related) == {flawed[0], other, third, fourth}
    assert f"<{good}#lien>" not in given
    assert validate(good, given.encode()).count(Severity.VIOLATION) == 0
    latest = read(quiet.site / "feed/catalogue/events/latest.trig").decode()
    assert all(one in latest for one in links)


def test_a_verdict_alone_moves_a_dataset_in_and_out_of_the_eu_feed(quiet: Catalogue) -> None:
    """A description mended becomes a create there, an update elsewhere; spoilt, a delete."""
    quiet.run()
    good = next(i for i, e in quiet.entries().items() if not e.report.count(Severity.VIOLATION))
    number = int(good.rsplit("-", 1)[1])
    file = quiet.root / "declarations" / f"{number}.nt"
    whole = read(file)
    title = f"{DCT}title".encode()
    file.write_bytes(b"".join(one for one in whole.splitlines(keepends=True) if title not in one))
    quiet.run()
    file.write_bytes(whole)
    quiet.run()
    found = {
        feed: [json.loads(line)["kind"]
               for line in read(quiet.site / f"feed/{feed}/changes/1.jsonl").splitlines()
               if json.loads(line)["iri"] == good]
        for feed in ("catalogue", "eu")
    }  # fmt: skip
    assert found == {
        "catalogue": ["create", "update", "update"],
        "eu": ["create", "delete", "create"],
    }


@pytest.mark.usefixtures("small_pages")
def test_the_ledger_replayed_gives_the_catalogue(quiet: Catalogue) -> None:
    """Applying every change in order to nothing leaves each live dataset with its digest."""
    quiet.run()
    quiet.describe([1, 9, 10], "revu")
    quiet.remove([4, 0])
    quiet.run()
    quiet.describe([0], "de retour")
    quiet.run()
    held: dict[str, str] = {}
    numbers = []
    parts = json.loads(read(quiet.site / "feed/catalogue/changes/index.json"))["parts"]
    for part in parts:
        for line in read(quiet.site / "feed/catalogue/changes" / part["file"]).splitlines():
            change = json.loads(line)
            numbers.append(change["number"])
            if change["kind"] == "delete":
                assert held.pop(change["iri"]) == change["digest"]
            else:
                assert (change["kind"] == "update") == (change["iri"] in held)
                held[change["iri"]] = change["digest"]
    assert held == {iri: f"sha256:{digest}" for iri, digest in quiet.digests().items()}
    assert numbers == list(range(1, len(numbers) + 1))


def test_announcing_again_adds_nothing(quiet: Catalogue) -> None:
    """A publish killed between the ledger and the switch is made good by the next one."""
    quiet.run()
    with Register.open(quiet.config.register) as register:
        before = register.announcement_count("catalogue")
    (quiet.root / "public" / "current").unlink()
    quiet.publish()
    with Register.open(quiet.config.register) as register:
        assert register.announcement_count("catalogue") == before == 9


def test_an_iri_that_looks_like_a_prefixed_name_keeps_its_meaning(quiet: Catalogue) -> None:
    """`time:moment` is a whole IRI of somebody's, not one of a namespace of ours."""
    number = 1
    quiet.run()
    file = quiet.root / "declarations" / f"{number}.nt"
    iri = record(number).iri
    more = f"<{iri}> <http://www.w3.org/ns/dcat#landingPage> <time:moment> .\n"
    file.write_bytes(read(file) + more.encode())
    quiet.run()
    content = resolve_contexts(read(quiet.site / "feed/catalogue/events/latest.jsonld"), 100)
    assert NamedNode("time:moment") in {q.object for q in parse(content, RdfFormat.JSON_LD)}


def test_pages_are_cached_as_long_as_they_last(
    parent: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The context for ever, the latest page for a minute, others, full ones too, not unasked."""
    monkeypatch.setattr(stream, "PAGE", 4)
    parent.describe([0], "revu")
    parent.run()
    told = {
        path: requests.head(parent.base + path, timeout=20).headers
        for path in (
            "feed/catalogue/events/1.trig", "feed/catalogue/events/latest.jsonld",
            "feed/catalogue/pages/1.rdf", f"ns/{CONTEXT}", "feed/catalogue/changes/1.jsonl",
        )
    }  # fmt: skip
    forever = "public, max-age=31536000, immutable"
    assert [one["cache-control"] for one in told.values()] == [
        "no-cache", "public, max-age=60", "no-cache", forever, "no-cache",
    ]  # fmt: skip
    kinds = [one["content-type"].partition(";")[0] for one in told.values()]
    assert kinds == [
        "application/trig", "application/ld+json", "application/rdf+xml", "application/ld+json",
        "application/jsonl",
    ]  # fmt: skip


def test_digests_are_of_what_is_given(quiet: Catalogue) -> None:
    """The digest of an EU event is the SHA-256 of its graph as sorted N-Triples."""
    quiet.run()
    changes = [json.loads(line)
               for line in read(quiet.site / "feed/eu/changes/1.jsonl").splitlines()]  # fmt: skip
    content = read(quiet.site / "feed/eu/events/latest.trig").decode()
    for change in changes:
        graph = content.partition(f"#{change['number']}> {{\n")[2].partition("}\n")[0].encode()
        assert len(triples(graph)) > 50
        assert change["digest"] == f"sha256:{sha256(graph).hexdigest()}"
