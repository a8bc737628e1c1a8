"""DCAT-AP Feeds: a Linked Data Event Stream of creates, updates and deletes, page by page.

A page that is full never changes again, but for what became private; the latest one does. Each
leads to the one before it.
"""

from collections.abc import Callable, Sequence
from typing import Final

from red_catalog.model import Announcement, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.publish.federation.payload import moment, stamp
from red_catalog.publish.web.site import Site
from red_catalog.rdf.jsonld import CONTEXT, Graph, write_graphs
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.rdf.writing import triples

PAGE: Final = 100
SYNTAXES: Final = ("trig", "jsonld")
LATEST: Final = "latest"
_KINDS: Final = {"create": "as:Create", "update": "as:Update", "delete": "as:Delete"}
_PUBLISHED: Final = term("as:published")
_TRUE: Final = make_literal("true", datatype=f"{PREFIXES['xsd']}boolean")


def feed_iri(site: Site, feed: str) -> str:
    """The IRI of a feed's event stream."""
    return f"{site.catalogue.base_iri}feed/{feed}"


def context_iri(site: Site) -> str:
    """Where our JSON-LD context is published."""
    return f"{site.catalogue.base_iri}ns/{CONTEXT}"


def path(feed: str, name: str | int, syntax: str) -> str:
    """The file of a page, by its number or `latest`."""
    return f"feed/{feed}/events/{name}.{syntax}"


def write(
    site: Site,
    feed: str,
    page: tuple[int, Sequence[Announcement], Announcement | None],
    describe: Callable[[Announcement], bytes],
) -> dict[str, bytes]:
    """A page in each syntax. `page`: its number from 1, its events, the event before them.

    An event of which nothing may be told any more is not on it.
    """
    number, every, last = page
    name = number if len(every) == PAGE else LATEST
    told = [(one, b"" if one.kind == "delete" else describe(one)) for one in every]
    events = [one for one, given in told if given or one.kind == "delete"]
    graphs = [(one, given) for one, given in told if given]
    written: dict[str, bytes] = {}
    for syntax in SYNTAXES:
        said = _frame(site, feed, (name, number, syntax), events, last)
        if syntax == "trig":
            written[syntax] = _trig(site, said, graphs)
        else:
            named: list[Graph] = [
                (make_iri(event_iri(site, one)), triples(given)) for one, given in graphs
            ]
            written[syntax] = write_graphs([(None, said), *named], context_iri(site))
    return written


def event_iri(site: Site, one: Announcement) -> str:
    """The IRI of an event, which also names the graph of what it tells."""
    return f"{feed_iri(site, one.feed)}#{one.number}"


def _frame(
    site: Site,
    feed: str,
    page: tuple[str | int, int, str],
    events: Sequence[Announcement],
    last: Announcement | None,
) -> list[Triple]:
    """What a page says of itself and of its events."""
    name, number, syntax = page
    base, stream = site.catalogue.base_iri, make_iri(feed_iri(site, feed))
    me = make_iri(base + path(feed, name, syntax))
    said = [
        (stream, RDF_TYPE, term("ldes:EventStream")),
        (stream, term("ldes:timestampPath"), _PUBLISHED),
        (stream, term("ldes:versionOfPath"), term("as:object")),
        (stream, term("tree:view"), make_iri(base + path(feed, LATEST, syntax))),
        (me, RDF_TYPE, term("tree:Node")),
    ]
    # Clients read it where they enter; the full pages of before must stay as they were read.
    said += _tell_kinds(stream) if name == LATEST else [(me, term("ldes:immutable"), _TRUE)]
    if last is not None:
        relation = make_iri(f"{base}{path(feed, name, syntax)}#before")
        said += [
            (me, term("tree:relation"), relation),
            (relation, RDF_TYPE, term("tree:LessThanOrEqualToRelation")),
            (relation, term("tree:node"), make_iri(base + path(feed, number - 1, syntax))),
            (relation, term("tree:path"), _PUBLISHED),
            (relation, term("tree:value"), moment(stamp(last.published.isoformat()))),
        ]
    for one in events:
        event = make_iri(event_iri(site, one))
        said += [
            (stream, term("tree:member"), event),
            (event, RDF_TYPE, term(_KINDS[one.kind])),
            (event, term("as:object"), make_iri(one.iri)),
            (event, _PUBLISHED, moment(stamp(one.published.isoformat()))),
        ]
    return said


def _tell_kinds(stream: str) -> list[Triple]:
    """Which types of events create, update and delete."""
    return [
        (stream, term(f"ldes:version{kind.capitalize()}Object"), term(name))
        for kind, name in _KINDS.items()
    ]


def _trig(
    site: Site, said: Sequence[Triple], graphs: Sequence[tuple[Announcement, bytes]]
) -> bytes:
    """Statements of N-Triples are statements of TriG as they are."""
    parts = ["".join(f"{s} {p} {o} .\n" for s, p, o in said).encode()]
    for one, given in graphs:
        parts += [make_iri(event_iri(site, one)).encode(), b" {\n", given, b"}\n"]
    return b"".join(parts)
