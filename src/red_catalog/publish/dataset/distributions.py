"""The forms in which data can be had: distributions, samples and published analyses."""

from dataclasses import dataclass
from typing import Final

from red_catalog.namespaces import term
from red_catalog.publish.record.graph import Graph, Row, Thing, Value, Words
from red_catalog.publish.web import links
from red_catalog.rdf.terms import iri, is_iri

# Shown as badges and buttons at the head of a distribution.
_BADGES: Final = iri(term("dct:format"))
_BUTTONS: Final = (iri(term("dcat:accessURL")), iri(term("dcat:downloadURL")))


@dataclass(frozen=True, slots=True)
class Distribution:
    """A form in which data can be had."""

    iri: str | None
    names: tuple[Words, ...]
    description: tuple[Words, ...]
    formats: tuple[Value, ...]
    access: tuple[str, ...]
    downloads: tuple[str, ...]
    rows: tuple[Row, ...]


def read_distribution(graph: Graph, node: str) -> Distribution:
    """A distribution (a term) by itself."""
    if node not in graph.nodes:
        thing = graph.value(node)
        address = thing.iri if isinstance(thing, Thing) else None
        return Distribution(address, (), (), (), (address,) if address else (), (), ())
    titles = graph.words(node, "dct:title")
    description = graph.words(node, "dct:description")
    formats = graph.values(graph.objects(node, "dct:format"))
    access, downloads = (
        tuple(iri(o) for o in graph.objects(node, name) if is_iri(o))
        for name in ("dcat:accessURL", "dcat:downloadURL")
    )
    whole = graph.value(node)
    rows = tuple(r for r in (whole.rows if isinstance(whole, Thing) else ()) if not _told(r))
    address = whole.iri if isinstance(whole, Thing) else None
    return Distribution(address, titles, description, formats, access, downloads, rows)


def _told(row: Row) -> bool:
    if row.property == _BADGES:
        return True
    return row.property in _BUTTONS and all(
        isinstance(v, Thing) and v.iri and links.safe(v.iri) and not v.rows for v in row.values
    )
