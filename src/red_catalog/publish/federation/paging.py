"""The whole of a feed as DCAT-AP, page by page, for catalogues that read pages of Hydra.

Each dataset keeps its place, so that a page changes only with what is on it.
"""

from collections.abc import Sequence
from typing import Final

from red_catalog.model import EU_FEED, Triple
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.publish.description import catalogue_iri, describe_catalogue_itself
from red_catalog.publish.federation.payload import Told, describe, describe_record
from red_catalog.publish.federation.stream import context_iri
from red_catalog.publish.site import Site
from red_catalog.rdf.jsonld import write_graphs
from red_catalog.rdf.terms import make_iri
from red_catalog.rdf.writing import serialise, triples

PAGE: Final = 100
SYNTAXES: Final = ("ttl", "jsonld", "rdf")

Member = tuple[tuple[str, str], bytes, Told]
"""A dataset's IRI and page name, its canonical description, what the catalogue knows of it."""


def path(feed: str, number: int, syntax: str) -> str:
    """The file of a page."""
    return f"feed/{feed}/pages/{number}.{syntax}"


def write(
    site: Site, feed: str, number: int, *, more: bool, members: Sequence[Member]
) -> dict[str, bytes]:
    """A page in each syntax. `more`: whether another follows it."""
    catalogue = make_iri(catalogue_iri(site))
    said = describe_catalogue_itself(site, {told["holder"] for _, _, told in members})
    given = []
    for about, canonical, told in members:
        given.append(describe(site, feed, about, canonical, told))
        record = describe_record(
            site, about, told, conformant=feed == EU_FEED or told["verdict"] == "conformant"
        )
        said += [
            (catalogue, term("dcat:dataset"), make_iri(about[0])),
            (catalogue, term("dcat:record"), record[0][0]),
            *record,
        ]
    written: dict[str, bytes] = {}
    for syntax in SYNTAXES:
        frame = [*said, *_frame(site, feed, (number, syntax), members, more=more)]
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in frame).encode()
        whole = b"".join((lines, *given))
        if syntax == "jsonld":
            each = dict.fromkeys(triples(whole))
            written[syntax] = write_graphs([(None, list(each))], context_iri(site))
        else:
            written[syntax] = serialise(whole, syntax)
    return written


def _frame(
    site: Site, feed: str, page: tuple[int, str], members: Sequence[Member], *, more: bool
) -> list[Triple]:
    number, syntax = page

    def at(one: int) -> str:
        return make_iri(site.catalogue.base_iri + path(feed, one, syntax))

    collection = make_iri(f"{site.catalogue.base_iri}feed/{feed}/pages")
    me = at(number)
    said = [
        (collection, RDF_TYPE, term("hydra:Collection")),
        (collection, term("hydra:view"), me),
        (me, RDF_TYPE, term("hydra:PartialCollectionView")),
        (me, term("hydra:first"), at(1)),
        *((collection, term("hydra:member"), make_iri(about[0])) for about, _, _ in members),
    ]
    if number > 1:
        said.append((me, term("hydra:previous"), at(number - 1)))
    if more:
        said.append((me, term("hydra:next"), at(number + 1)))
    return said
