"""The whole of a feed as DCAT-AP, page by page, for catalogues that read pages of Hydra.

Each dataset keeps its place, so that a page changes only with what is on it, and of a page only
what changed is written anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog.model import EU_FEED, Triple, Verdict
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.publish.data.description import STATUS, catalogue_iri, describe_catalogue_itself
from red_catalog.publish.federation import pieces
from red_catalog.publish.federation.payload import Told, describe, describe_record
from red_catalog.publish.federation.stream import context_iri
from red_catalog.publish.web.site import Site
from red_catalog.rdf.jsonld import Nodes, write_graphs
from red_catalog.rdf.terms import make_iri
from red_catalog.rdf.writing import triples

PAGE: Final = 100
SYNTAXES: Final = pieces.SYNTAXES


@dataclass(frozen=True, slots=True)
class Member:
    """A dataset on a page. `key`: a digest of all that its piece of the page depends on."""

    iri: str
    slug: str
    told: Told
    key: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a feed. `number` counts from 1; `more`: whether another follows it."""

    feed: str
    number: int
    members: tuple[Member, ...]
    more: bool


def path(feed: str, number: int, syntax: str) -> str:
    """The file of a page."""
    return f"feed/{feed}/pages/{number}.{syntax}"


def tell_catalogue(site: Site, number: int, members: Sequence[Member]) -> list[Triple]:
    """What a page says of the catalogue and of its datasets' holders, the first one of every."""
    holders = {one.told["holder"] for one in members}
    return describe_catalogue_itself(site, {*holders, *site.holders} if number == 1 else holders)


def write(
    site: Site,
    page: Page,
    before: Mapping[str, bytes],
    fetch: Callable[[Sequence[str]], Sequence[bytes]],
) -> dict[str, bytes]:
    """A page in each syntax.

    `before`: the page as it was, in each syntax, or nothing; `fetch`: tells the canonical
    descriptions of datasets.
    """
    nodes = Nodes()
    known = pieces.cut(before) if before else {}
    missing = [one for one in page.members if one.key not in known]
    for one, canonical in zip(missing, fetch([one.iri for one in missing]), strict=True):
        known[one.key] = pieces.make(_say(site, page.feed, one, canonical), nodes)
    framed = {s: pieces.make(_lines(_frame(site, page, s)), nodes) for s in SYNTAXES}
    written = pieces.join(framed, [(m.key, known[m.key]) for m in page.members], context_iri(site))
    if nodes.clashes:
        every = fetch([one.iri for one in page.members])
        parts = [_say(site, page.feed, *both) for both in zip(page.members, every, strict=True)]
        whole = triples(b"".join([_lines(_frame(site, page, "jsonld")), *parts]))
        written["jsonld"] = write_graphs([(None, list(dict.fromkeys(whole)))], context_iri(site))
    return written


def _say(site: Site, feed: str, one: Member, canonical: bytes) -> bytes:
    """What a page says of a dataset, as N-Triples."""
    about, base = (one.iri, one.slug), site.catalogue.base_iri
    conformant = feed == EU_FEED or one.told["verdict"] == "conformant"
    record = describe_record(site, about, one.told, conformant=conformant)
    catalogue = make_iri(catalogue_iri(site))
    said = [
        (catalogue, term("dcat:dataset"), make_iri(one.iri)),
        (catalogue, term("dcat:record"), record[0][0]),
        (record[0][0], term("adms:status"), make_iri(STATUS[Verdict(one.told["verdict"])])),
        (make_iri(_collection(base, feed)), term("hydra:member"), make_iri(one.iri)),
        *record,
    ]
    return _lines(said) + describe(site, feed, about, canonical, one.told)


def _frame(site: Site, page: Page, syntax: str) -> list[Triple]:
    """What a page says that is not of one of its datasets."""

    def at(one: int) -> str:
        return make_iri(site.catalogue.base_iri + path(page.feed, one, syntax))

    collection = make_iri(_collection(site.catalogue.base_iri, page.feed))
    me = at(page.number)
    said = [
        *tell_catalogue(site, page.number, page.members),
        (collection, RDF_TYPE, term("hydra:Collection")),
        (collection, term("hydra:view"), me),
        (me, RDF_TYPE, term("hydra:PartialCollectionView")),
        (me, term("hydra:first"), at(1)),
    ]
    if page.number > 1:
        said.append((me, term("hydra:previous"), at(page.number - 1)))
    if page.more:
        said.append((me, term("hydra:next"), at(page.number + 1)))
    return said


def _collection(base: str, feed: str) -> str:
    return f"{base}feed/{feed}/pages"


def _lines(said: Sequence[Triple]) -> bytes:
    return "".join(f"{s} {p} {o} .\n" for s, p, o in said).encode()
