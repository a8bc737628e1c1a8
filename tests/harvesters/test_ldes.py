"""DCAT-AP Feeds: events read, resumed and refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from red_catalog.errors import RedError
from red_catalog.harvesters import ldes, ldes_page
from red_catalog.http import Http
from red_catalog.model import Bookmark, Document, Unreadable
from tests.harvesters.protocols import Item, codes, examine, recorded, told, values
from tests.http.loopback import Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
HEAD = """
@prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ldes: <https://w3id.org/ldes#> .
@prefix tree: <https://w3id.org/tree#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#flux> a ldes:EventStream ; tree:view </flux-1> .
"""
LITS, GARDE = "https://ars.exemple.fr/jeu/lits", "https://ars.exemple.fr/jeu/garde"


def trig(body: str) -> Route:
    """A page in TriG."""
    return answer((HEAD + body).encode(), Content_Type="application/trig")


def event(name: str, kind: str, target: str, date: str, body: str = "") -> str:
    """An event, and what it says of its object."""
    said = f'<#{name}> a as:{kind} ; as:object <{target}> ; as:published "{date}"^^xsd:dateTime .'
    return f"{said} <#{name}> {{ {body} }}" if body else said


def dataset(iri: str, title: str) -> str:
    """A short description."""
    return f'<{iri}> a dcat:Dataset ; dct:title "{title}"@fr .'


def recorded_feed(serve: Serve) -> Site:
    """Our recorded feed: an immutable page in TriG, then one in JSON-LD."""
    return serve(
        {
            "/flux-1": answer(recorded("ldes/flux-1.trig"), Content_Type="application/trig"),
            "/flux-2": answer(recorded("ldes/flux-2.jsonld"), Content_Type="application/ld+json"),
        }
    )


@pytest.fixture(autouse=True)
def _in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds are read when their events are, in 2028."""
    monkeypatch.setattr(ldes, "now", lambda: datetime(2028, 12, 31, tzinfo=UTC))


def harvest(site: Site, http: Http, bookmark: str | None = None, **facts: object) -> list[Item]:
    """All that the kind gives for the feed."""
    source = replace(site.source("/flux-1", bookmark=bookmark, **facts), kind="ldes")
    return list(ldes.harvest(source, http))


def test_latest_event_of_each_dataset_wins(serve: Serve, door: Doors) -> None:
    """Updated, deleted and created datasets, from pages in two syntaxes."""
    site = recorded_feed(serve)
    found = harvest(site, door())
    assert told(found) == [
        ("document", site.url("/flux-1#e2")),
        ("document", site.url("/flux-1#e4")),
        ("gone", GARDE),
        ("document", site.url("/flux-2#e6")),
        ("bookmark", "whole"),
    ]
    assert isinstance(found[0], Document)
    assert [record.iri for record in examine(found[0]).records] == [LITS]
    assert values(found[0], "dct:title") == ["Lits de réanimation@fr"]
    assert values(found[0], "vcard:fn") == ["Service des données@fr"]


def test_bookmark_resumes(serve: Serve, door: Doors) -> None:
    """Pages that never change are not asked again; only what is new comes."""
    site = recorded_feed(serve)
    bookmark = harvest(site, door())[-1]
    assert isinstance(bookmark, Bookmark)
    site.asked.clear()
    third = trig(event("e7", "Update", LITS, "2028-03-01T00:00:00Z", dataset(LITS, "Lits")))
    site.routes["/flux-3"] = third
    feed = json.loads(recorded("ldes/flux-2.jsonld"))
    feed["tree:relation"] = {"tree:node": {"@id": "flux-3"}}
    site.routes["/flux-2"] = answer(json.dumps(feed).encode(), Content_Type="application/ld+json")
    # The page's own subject is the feed: relations hang from wherever the publisher says.
    found = harvest(site, door(), bookmark.value)
    assert site.paths() == ["/flux-2", "/flux-3"]
    assert told(found) == [
        ("document", site.url("/flux-2#e6")),
        ("document", site.url("/flux-3#e7")),
        ("bookmark", "partial"),
    ]


def test_a_stream_published_from_scratch_is_read_whole(serve: Serve, door: Doors) -> None:
    """At the same addresses are other pages, closed too: none is taken for one that was read."""

    def publish(target: str, month: int) -> dict[str, Route]:
        """A full page, and the latest that leads to it."""
        date = f"2028-0{month}-0{{}}T00:00:00Z"
        full = event("e1", "Create", target, date.format(1), dataset(target, "Lits"))
        leads = "<> tree:relation [ a tree:LessThanOrEqualToRelation ; tree:node </pleine> ;"
        leads += f' tree:path as:published ; tree:value "{date.format(1)}"^^xsd:dateTime ] . '
        more = event("e2", "Create", f"{target}-2", date.format(2), dataset(f"{target}-2", "x"))
        return {"/pleine": trig("<> ldes:immutable true . " + full), "/flux-1": trig(leads + more)}

    site = serve(publish(LITS, 1))
    bookmark = harvest(site, door())[-1]
    assert isinstance(bookmark, Bookmark)
    site.routes.update(publish(GARDE, 3))
    found = harvest(site, door(), bookmark.value)
    assert told(found) == [
        ("document", site.url("/pleine#e1")),
        ("document", site.url("/flux-1#e2")),
        ("bookmark", "whole"),
    ]
    assert isinstance(found[-1], Bookmark)
    assert told(harvest(site, door(), found[-1].value))[-1] == ("bookmark", "partial")


@pytest.mark.parametrize(
    ("policy", "kind"),
    [
        ("a ldes:DurationAgoPolicy", "partial"),
        ("a ldes:LatestVersionSubset", "whole"),
        ("a ldes:RetentionPolicy ; ldes:versionAmount 1", "whole"),
        ('ldes:versionAmount 1 ; ldes:versionDuration "P30D"^^xsd:duration', "partial"),
        ("a ldes:RetentionPolicy", "partial"),
    ],
)
def test_what_a_feed_forgets_is_not_gone(serve: Serve, door: Doors, policy: str, kind: str) -> None:
    """By its own policy old events leave it: read anew, its silence means nothing, and is told."""
    keep = f"<#flux> ldes:retentionPolicy [ {policy} ] . "
    first = event("e1", "Create", LITS, "2028-01-01T00:00:00Z", dataset(LITS, "Lits"))
    site = serve({"/flux-1": trig(keep + first)})
    bookmark = harvest(site, door())[-1]
    assert isinstance(bookmark, Bookmark)
    later = event("e9", "Create", GARDE, "2028-03-01T00:00:00Z", dataset(GARDE, "Garde"))
    site.routes["/flux-1"] = trig(keep + later)
    found = harvest(site, door(), bookmark.value)
    assert told(found)[0] == ("document", site.url("/flux-1#e9"))
    assert told(found)[-1] == ("bookmark", kind)
    said = [code for one in found if isinstance(one, Document) for code in codes(one.defects)]
    assert said == (["ldes-forgets"] if kind == "partial" else [])
    assert isinstance(found[-1], Bookmark)
    again = harvest(site, door(), found[-1].value)
    assert told(again) == [("document", site.url("/flux-1#e9")), ("bookmark", "partial")]


def test_a_page_that_is_dropped_is_empty(serve: Serve, door: Doors) -> None:
    """At 410 the others are read and nothing counts as gone; it may come back, but the entry."""
    body = "<> tree:relation [ tree:node </vieux> ] . "
    body += event("e1", "Create", LITS, "2028-01-01T00:00:00Z", dataset(LITS, "Lits"))
    site = serve({"/flux-1": trig(body), "/vieux": answer(b"", 410)})
    found = harvest(site, door())
    assert told(found)[0] == ("document", site.url("/flux-1#e1"))
    assert told(found)[-1] == ("bookmark", "partial")
    said = [code for one in found if isinstance(one, Document) for code in codes(one.defects)]
    assert said == ["ldes-forgets"]
    assert isinstance(found[-1], Bookmark)
    later = event("e2", "Create", GARDE, "2028-02-01T00:00:00Z", dataset(GARDE, "Garde"))
    site.routes["/vieux"] = trig(later)
    again = told(harvest(site, door(), found[-1].value))
    assert ("document", site.url("/vieux#e2")) in again
    for status, page in ((404, "/vieux"), (410, "/flux-1")):
        site.routes[page] = answer(b"Rien", status)
        assert told(harvest(site, door())) == [("unreadable", "status")]


def test_the_last_event_is_found_on_a_page_that_is_closed(serve: Serve, door: Doors) -> None:
    """A feed whose newest page is full is gone on with all the same."""
    body = event("e1", "Create", LITS, "2028-01-01T00:00:00Z", dataset(LITS, "Lits"))
    site = serve({"/flux-1": trig("<> ldes:immutable true . " + body)})
    bookmark = harvest(site, door())[-1]
    assert isinstance(bookmark, Bookmark)
    assert told(harvest(site, door(), bookmark.value))[-1] == ("bookmark", "partial")


def test_an_event_of_the_future_does_not_silence_the_feed(serve: Serve, door: Doors) -> None:
    """A wrong clock for a day: what comes after it, with the right date, is read all the same."""
    first = event("a", "Create", GARDE, "2028-01-01T00:00:00Z", dataset(GARDE, "Garde"))
    wrong = event("b", "Create", LITS, "2208-01-02T00:00:00Z", dataset(LITS, "Lits"))
    site = serve({"/flux-1": trig(first + wrong)})
    bookmark = harvest(site, door())[-1]
    assert isinstance(bookmark, Bookmark)
    later = event("c", "Update", GARDE, "2028-02-01T00:00:00Z", dataset(GARDE, "Gardes"))
    site.routes["/flux-1"] = trig(first + wrong + later)
    assert ("document", site.url("/flux-1#c")) in told(harvest(site, door(), bookmark.value))
    lasting = bookmark.value.replace("2028-01-01", "2208-01-01")
    assert told(harvest(site, door(), lasting))[-1] == ("bookmark", "whole")


def test_page_of_the_past_is_not_asked(serve: Serve, door: Doors) -> None:
    """A relation that says that all behind it is older than the bookmark."""
    relation = """<> tree:relation [ a tree:LessThanRelation ; tree:node </vieux> ;
        tree:path as:published ; tree:value "2028-01-01T00:00:00Z"^^xsd:dateTime ] . """
    site = serve({"/flux-1": trig(relation), "/vieux": trig("")})
    new = event("e", "Create", LITS, "2028-02-01T00:00:00Z", dataset(LITS, "Lits"))
    site.routes["/flux-1"] = trig(relation + new)
    bookmark = harvest(site, door())[-1]
    assert isinstance(bookmark, Bookmark)
    assert site.paths() == ["/flux-1", "/vieux"]
    site.asked.clear()
    harvest(site, door(), bookmark.value)
    assert site.paths() == ["/flux-1"]


@pytest.mark.parametrize("bookmark", ["", "2028", "[]", '{"published": 3}', '{"feed": "x"}'])
def test_bookmark_of_another_form_reads_all(serve: Serve, door: Doors, bookmark: str) -> None:
    """A bookmark that is not ours is none."""
    assert told(harvest(recorded_feed(serve), door(), bookmark))[-1] == ("bookmark", "whole")


def test_description_in_the_default_graph_is_taken(serve: Serve, door: Doors) -> None:
    """Feeds in Turtle: what the page says of the object, not of the objects of others."""
    body = (
        event("a", "Create", LITS, "2028-01-01T00:00:00Z")
        + event("b", "Create", GARDE, "2028-01-02T00:00:00Z")
        + dataset(LITS, "Lits")
        + dataset(GARDE, "Garde")
        + f"<{LITS}> dct:relation <{GARDE}> ."
    )
    site = serve({"/flux-1": answer((HEAD + body).encode())})
    documents = [one for one in harvest(site, door()) if isinstance(one, Document)]
    assert [[r.iri for r in examine(one).records] for one in documents] == [[LITS], [GARDE]]


def test_loop_is_refused(serve: Serve, door: Doors) -> None:
    """A page that leads back to where one came from."""
    site = serve(
        {
            "/flux-1": trig("<> tree:relation [ tree:node </flux-2> ] ."),
            "/flux-2": trig("<> tree:relation [ tree:node </flux-1> ] ."),
        }
    )
    assert told(harvest(site, door())) == [("unreadable", "paging-loop")]


def test_page_reached_twice_is_read_once(serve: Serve, door: Doors) -> None:
    """Two ways to one page are no loop."""
    both = "<> tree:relation [ tree:node </a> ] , [ tree:node </b> ] ."
    onward = "<> tree:relation [ tree:node </c> ] ."
    last = trig(event("e", "Delete", LITS, "2028-01-01T00:00:00Z"))
    site = serve({"/flux-1": trig(both), "/a": trig(onward), "/b": trig(onward), "/c": last})
    assert told(harvest(site, door())) == [("gone", LITS), ("bookmark", "whole")]
    assert sorted(site.paths()) == ["/a", "/b", "/c", "/flux-1"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<> tree:relation [ tree:node <http://ailleurs.example/> ] .", "next-page-refused"),
        (f"<#e> a as:Create ; as:object <{LITS}> .", "ldes-no-date"),
        (event("e", "Create", LITS, "hier", dataset(LITS, "Lits")), "ldes-no-date"),
        (event("e", "Create", LITS, "2028-01-01T00:00:00Z"), "ldes-no-description"),
        ('<#e> a as:Delete ; as:published "2028-01-01T00:00:00Z" .', "ldes-no-object"),
        (
            event("a", "Create", LITS, "2028-01-01T00:00:00Z")
            + event("b", "Update", LITS, "2028-01-02T00:00:00Z")
            + dataset(LITS, "Lits"),
            "ldes-mixed",
        ),
        ("<#e> a as:", "parser"),
    ],
)
def test_odd_page_stops_the_harvest(serve: Serve, door: Doors, body: str, expected: str) -> None:
    """Without rank or object an event cannot be taken, so nothing of the page is."""
    found = told(harvest(serve({"/flux-1": trig(body)}), door()))
    assert found == [("unreadable", expected)]


def test_page_that_is_no_feed_is_told(serve: Serve, door: Doors) -> None:
    """A plain catalogue is another kind's."""
    site = serve({"/flux-1": answer(b"<urn:a> <urn:b> <urn:c> .")})
    assert told(harvest(site, door())) == [("unreadable", "ldes-empty")]


def test_empty_feed_removes_nothing(serve: Serve, door: Doors) -> None:
    """Nothing happened yet, which is told; there is no bookmark."""
    assert told(harvest(serve({"/flux-1": trig("")}), door())) == [("unreadable", "ldes-no-events")]


def test_other_activity_is_told(serve: Serve, door: Doors) -> None:
    """Announced, say: left out, in words."""
    body = event("e", "Announce", LITS, "2028-01-01T00:00:00Z")
    (found,) = harvest(serve({"/flux-1": trig(body)}), door())
    assert isinstance(found, Document)
    assert codes(found.defects) == ["ldes-activity"]


def test_an_event_without_a_type_is_an_update(serve: Serve, door: Doors) -> None:
    """Where it describes a dataset, in a graph or without; else it is left out and told."""
    body = event("e", "Update", LITS, "2028-01-01T00:00:00Z", dataset(LITS, "Lits"))
    found = harvest(serve({"/flux-1": trig(body.replace("a as:Update ;", ""))}), door())
    assert [kind for kind, _ in told(found)] == ["document", "bookmark"]
    assert isinstance(found[0], Document)
    assert [record.iri for record in examine(found[0]).records] == [LITS]
    plain = event("e", "Update", LITS, "2028-01-01T00:00:00Z") + dataset(LITS, "Lits")
    page = answer((HEAD + plain.replace("a as:Update ;", "")).encode(), Content_Type="text/turtle")
    found = harvest(serve({"/flux-1": page}), door())
    assert [kind for kind, _ in told(found)] == ["document", "bookmark"]
    assert isinstance(found[0], Document)
    assert values(found[0], "dct:title") == ["Lits@fr"]
    bare = event("e", "Update", GARDE, "2028-01-01T00:00:00Z").replace("a as:Update ;", "")
    (left,) = harvest(serve({"/flux-1": trig(bare)}), door())
    assert isinstance(left, Document)
    assert codes(left.defects) == ["ldes-activity"]


def test_a_tombstone_without_a_type_is_no_update(serve: Serve, door: Doors) -> None:
    """It is left out and told, and the description before it stays the latest."""
    first = event("e1", "Create", LITS, "2028-01-01T00:00:00Z", dataset(LITS, "Lits"))
    tombstone = f"<{LITS}> a as:Tombstone ."
    last = event("e2", "Update", LITS, "2028-01-02T00:00:00Z", tombstone)
    site = serve({"/flux-1": trig(first + last.replace("a as:Update ;", ""))})
    found = harvest(site, door())
    assert told(found)[0] == ("document", site.url("/flux-1#e1"))
    assert isinstance(found[1], Document)
    assert codes(found[1].defects) == ["ldes-activity"]


def test_remote_context_is_not_fetched(serve: Serve, door: Doors) -> None:
    """Only contexts of the built-in table."""
    body = b'{"@context": "https://ailleurs.example/c.jsonld", "@id": "x"}'
    site = serve({"/flux-1": answer(body, Content_Type="application/ld+json")})
    assert told(harvest(site, door())) == [("unreadable", "context")]


def test_any_option_is_an_error(serve: Serve, door: Doors) -> None:
    """There is none to set."""
    with pytest.raises(RedError, match="unknown option"):
        harvest(serve({}), door(), options={"since": "x"})


TERMS = st.sampled_from(
    [
        f"<{LITS}>", f"<{GARDE}>", "<#e>", "_:b1", "_:b2", '""', '"2028-01-01T00:00:00Z"',
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', '"x"@fr', "<http://[>", "<>",
        "<https://ars.exemple.fr/flux-2>", "<https://w3id.org/ldes#EventStream>",
        *(f"<https://www.w3.org/ns/activitystreams#{n}>"
          for n in ("Create", "Update", "Delete", "object", "published")),
        *(f"<https://w3id.org/tree#{n}>"
          for n in ("relation", "node", "view", "value", "path", "member", "LessThanRelation")),
        "<https://w3id.org/ldes#immutable>", "<https://w3id.org/ldes#retentionPolicy>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    ]
)  # fmt: skip
TRIPLES = st.lists(st.tuples(TERMS, TERMS, TERMS), max_size=25)


@settings(max_examples=200, deadline=None)
@given(default=TRIPLES, named=TRIPLES, name=TERMS)
def test_reading_a_page_never_raises(
    default: list[tuple[str, str, str]], named: list[tuple[str, str, str]], name: str
) -> None:
    """Whatever the statements of a page are."""
    here = Document("https://ars.exemple.fr/flux-1", b"")
    since = datetime(2028, 1, 1, tzinfo=UTC)
    found = ldes_page.read_page({"": default, name: named}, here, since)
    assert isinstance(found, ldes_page.Page | Unreadable)
