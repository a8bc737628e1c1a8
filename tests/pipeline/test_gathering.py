"""Sources at once, and nothing read twice."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.pipeline.harvest import gathering
from red_catalog.pipeline.harvest.gathering import prove
from red_catalog.pipeline.harvest.queueing import take_turns
from red_catalog.rdf.reading import Reader
from tests.harvesters.protocols import ByQuery
from tests.http.loopback import Handler, Route, Site, answer
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import page, turtle, versioned

Serve = Callable[[dict[str, Route]], Site]
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were really read, in order."""
    seen: list[str] = []
    read = Reader.read

    def note(reader: Reader, document: Document, source: Source) -> Reading | Unreadable:
        seen.append(document.location)
        return read(reader, document, source)

    monkeypatch.setattr(Reader, "read", note)
    return seen


def pages(site: Site, build: Callable[[bytes, str], Route]) -> list[list[str]]:
    """Ten pages of a hundred datasets each, served in this way."""
    names = [f"{n:03}" for n in range(1000)]
    parts = [names[i : i + 100] for i in range(0, 1000, 100)]
    for n, part in enumerate(parts):
        onward = site.url(f"/p{n + 1}") if n < 9 else None
        site.routes[f"/p{n}"] = build(page(part, onward), f'"v{n}"')
    return parts


@pytest.mark.parametrize(
    ("build", "unsent"),
    [(versioned, 10), (lambda body, _: answer(body), 0)],
    ids=["etag", "none"],
)
def test_a_thousand_unchanged_records(
    catalogue: Catalogue,
    serve: Serve,
    reads: list[str],
    build: Callable[[bytes, str], Route],
    unsent: int,
) -> None:
    """One request a page; with ETags nothing is sent again, without them nothing read again."""
    site = serve({})
    pages(site, build)
    catalogue.configure(("chu-lille", site, "/p0"))
    (first,) = catalogue.harvest()
    assert first.totals()["new"] == 1000
    assert len(reads) == 10
    del reads[:], site.asked[:]
    (second,) = catalogue.harvest(TUESDAY)
    assert second.totals()["unchanged"] == 1000
    assert len(site.paths()) == 10
    assert reads == []
    assert catalogue.traffic.unchanged == unsent


def test_one_changed_page_is_the_only_one_read(
    catalogue: Catalogue, serve: Serve, reads: list[str]
) -> None:
    """A page with another body is read; the others are remembered, in their order."""
    site = serve({})
    parts = pages(site, versioned)
    catalogue.configure(("chu-lille", site, "/p0"))
    catalogue.harvest()
    del reads[:]
    site.routes["/p9"] = versioned(page([*parts[9], "neuf"], None), '"v10"')
    (run,) = catalogue.harvest(TUESDAY)
    assert reads == [site.url("/p9")]
    assert (run.totals()["unchanged"], run.totals()["new"]) == (1000, 1)


@pytest.mark.parametrize("facts", [{"foreign": ("https://chu-nantes.exemple.fr/",)},
    {"own": ("https://chu-lille.exemple.fr/",)}, {"format": "text/turtle"}])  # fmt: skip
def test_another_setting_of_a_source_has_its_documents_read_again(facts: dict[str, Any]) -> None:
    """What a source may describe, and as what it is read, decide what its documents hold."""
    source = Source("chu-lille", "chu-lille", "dcat", "https://chu-lille.exemple.fr/c.ttl")
    document = Document(source.location, turtle("abc"), "text/turtle")
    assert prove(document, source) == prove(document, replace(source))
    assert prove(document, source) != prove(document, replace(source, **facts))


@pytest.mark.parametrize(
    "name", ["reading.py", "healthdcat-ap.jsonld", "schema-org.jsonld", "namespaces.py"]
)
def test_another_version_of_the_reader_reads_everything_again(
    catalogue: Catalogue, serve: Serve, reads: list[str], change: Callable[[str], None], name: str
) -> None:
    """A corrected context, or another line of code that reads, reaches what did not change."""
    site = serve({"/c.ttl": answer(turtle("abc"))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    gathering._reader.cache_clear()
    catalogue.harvest()
    catalogue.harvest(TUESDAY)
    assert len(reads) == 1
    change(name)
    gathering._reader.cache_clear()
    catalogue.harvest(TUESDAY + timedelta(days=1))
    gathering._reader.cache_clear()
    assert len(reads) == 2


def test_what_a_source_no_longer_gives_is_not_kept(catalogue: Catalogue, serve: Serve) -> None:
    """Bodies of pages that are no more leave the cache after a whole harvest, and only then."""
    site = serve({})
    site.routes["/p1"] = versioned(page("ab", site.url("/p2")), '"v1"')
    site.routes["/p2"] = versioned(page("cd", None), '"v1"')
    catalogue.configure(("chu-lille", site, "/p1"))
    catalogue.harvest()
    folder = catalogue.root / "var" / "cache" / "chu-lille"
    assert len(list(folder.glob("*.body"))) == 2
    site.routes["/p1"] = answer(b"no", 500)
    catalogue.harvest(TUESDAY)
    assert len(list(folder.glob("*.body"))) == 2
    site.routes["/p1"] = versioned(page("abcd", None), '"v2"')
    catalogue.harvest(TUESDAY)
    assert len(list(folder.glob("*.body"))) == 1


def test_ten_sources_of_which_one_hangs_and_one_is_garbage(
    catalogue: Catalogue, serve: Serve
) -> None:
    """The slowest healthy source and the deadline are all the time it takes; nothing is lost."""
    asked = deque[float]()

    def slow(body: bytes) -> Route:
        def route(handler: Handler) -> None:
            asked.append(time.monotonic())
            time.sleep(1.5)
            answer(body)(handler)

        return route

    names = [f"chu-{n}" for n in range(10)]
    sites = [serve({"/c.ttl": slow(turtle("abc", name))}) for name in names]
    sites[3].routes["/c.ttl"] = lambda _: time.sleep(30)
    sites[6].routes["/c.ttl"] = answer(b"\x00\xffnot turtle <", Content_Type="text/turtle")
    catalogue.configure(*((n, s, "/c.ttl") for n, s in zip(names, sites, strict=True)))
    began = time.monotonic()
    runs = catalogue.harvest()
    # The deadline is 2 s; one after the other would take 8 x 1.5 s more.
    assert time.monotonic() - began < 9
    # More than five were asked before the first had answered.
    assert sorted(asked)[5] - min(asked) < 1.5
    assert [run.source for run in runs] == names
    ended = [run.status for run in runs]
    assert (ended[3], ended[6], ended.count("ok")) == ("failed", "failed", 8)
    assert len(catalogue.entries()) == 24


def test_a_source_that_never_ends_is_left(catalogue: Catalogue, serve: Serve) -> None:
    """A server that always has a further page, each in time, gets `source_seconds` in all."""
    site = serve({})

    def further(number: int) -> Route:
        def route(handler: Handler) -> None:
            site.routes[f"/p{number + 1}"] = further(number + 1)
            answer(page([f"{number:05}"], site.url(f"/p{number + 1}")))(handler)

        return route

    site.routes["/p1"] = further(1)
    catalogue.configure(("chu-lille", site, "/p1"))
    path = catalogue.root / "red.toml"
    text = path.read_text("utf-8").replace("[limits]", "[limits]\nsource_seconds = 2.0")
    path.write_text(text, encoding="utf-8")
    (run,) = catalogue.harvest()
    assert run.status == "incomplete"
    assert [u.problem.code for u in run.unreadable] == ["source-slow"]
    assert run.read == run.totals()["new"] > 0


def test_a_list_that_never_ends_is_left(catalogue: Catalogue, serve: Serve) -> None:
    """A repository whose pages are empty and lead on for ever gets `source_seconds`, too."""
    head = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    tokens = count()

    def reply(_: object) -> bytes:
        time.sleep(0.01)
        token = f"<resumptionToken>{next(tokens)}</resumptionToken>"
        return f"{head}<ListRecords>{token}</ListRecords></OAI-PMH>".encode()

    catalogue.configure(("chu-lille", serve(ByQuery("/oai", reply)), "/oai"))
    path = catalogue.root / "red.toml"
    text = path.read_text("utf-8").replace("[limits]", "[limits]\nsource_seconds = 1.0")
    path.write_text(text.replace('kind = "dcat"', 'kind = "oaipmh"'), encoding="utf-8")
    began = time.monotonic()
    (run,) = catalogue.harvest()
    assert time.monotonic() - began < 8
    assert [u.problem.code for u in run.unreadable] == ["source-slow"]
    assert run.status == "failed"


def test_sources_of_one_server_do_not_hold_up_the_others() -> None:
    """Servers take turns, in the order of the configuration."""
    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1", "dossier",
            "https://a.example/3", "https://b.example/2"]  # fmt: skip
    sources = [Source(str(n), "chu-lille", "dcat", url) for n, url in enumerate(urls)]
    assert [s.id for s in take_turns(sources)] == ["0", "2", "3", "1", "5", "4"]


def test_the_first_source_of_the_configuration_owns_however_slow(
    catalogue: Catalogue, serve: Serve
) -> None:
    """Who answers first does not decide who owns an identifier."""
    body = turtle("a").replace(b"https://chu-lille.exemple.fr/jeu/", b"https://doi.org/10.9999/")

    def late(handler: Handler) -> None:
        time.sleep(0.5)
        answer(body)(handler)

    slow, fast = serve({"/c.ttl": late}), serve({"/c.ttl": answer(body)})
    catalogue.configure(("chu-lille", slow, "/c.ttl"), ("chu-nantes", fast, "/c.ttl"))
    catalogue.harvest()
    assert [e.holder for e in catalogue.entries().values()] == ["chu-lille"]


def test_events_tell_what_goes_on(catalogue: Catalogue, serve: Serve) -> None:
    """Each source starts, counts its documents, says what it could not read, and ends."""
    site = serve({"/c.ttl": answer(b"no", 404)})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    catalogue.harvest()
    assert [e.name for e in catalogue.events] == ["started", "documents", "unreadable", "ended"]
