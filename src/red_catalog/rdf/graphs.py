"""A document's statements by named graph, for those who read feeds and not datasets.

Runs in the disposable process, see `child`.
"""

from typing import Final

import pyoxigraph as ox

from red_catalog.rdf.contexts import resolve_contexts
from red_catalog.rdf.syntax import NAMES
from red_catalog.rdf.trouble import RefusedError
from red_catalog.rdf.xmlcheck import check_xml

_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES, "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG,
    "n3": ox.RdfFormat.N3,
}  # fmt: skip
# A short document may write long IRIs by their prefix.
_GROWTH: Final = 20


def split_graphs(
    content: bytes, syntax: str, base: str | None, depth: int, max_bytes: int
) -> dict[str, bytes]:
    """N-Triples by graph; the default graph is "". Raises RefusedError.

    Statements are not checked further: whoever describes a dataset from them reads it again.
    """
    if syntax == "rdf":
        check_xml(content, depth)
    elif syntax == "jsonld":
        content = resolve_contexts(content, depth)
    found: dict[str, list[ox.Triple]] = {}
    try:
        for quad in ox.parse(content, format=_FORMATS[syntax], base_iri=base, lenient=True):
            name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
            found.setdefault(name, []).append(quad.triple)
    except SyntaxError as error:
        detail = {"syntax": NAMES[syntax], "detail": error.msg}
        raise RefusedError("parser", error.lineno, error.offset, **detail) from None
    except (TypeError, ValueError) as error:
        raise RefusedError("syntax", near=str(error)[:200]) from None
    written = {
        name: ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        for name, triples in found.items()
    }
    if sum(map(len, written.values())) > max(max_bytes, _GROWTH * len(content)):
        raise RefusedError("too-big", megabytes=max_bytes // 1_000_000)
    return written
