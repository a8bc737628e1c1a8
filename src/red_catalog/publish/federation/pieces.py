"""A page of a feed in pieces: what it says of itself, then each of its datasets.

A dataset that did not change keeps its piece as the page of before has it, letter by letter. Keys
stand in the page, in comments, where its syntax has any.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from red_catalog.namespaces import PREFIXES
from red_catalog.rdf import xmlsafe
from red_catalog.rdf.jsonld import UNPUBLISHED, Nodes
from red_catalog.rdf.writing import order, triples, turtle_body

SYNTAXES: Final = ("ttl", "jsonld", "rdf")
# The same in every page, so that a piece reads the same in all of them.
_PREFIXES: Final = {name: ns for name, ns in sorted(PREFIXES.items()) if name not in UNPUBLISHED}
_TURTLE_HEAD: Final = "".join(f"@prefix {n}: <{ns}> .\n" for n, ns in _PREFIXES.items()).encode()
_TURTLE_KEY: Final = re.compile(rb"^# ([0-9a-f]{32})\n", re.MULTILINE)
_XML_END: Final = b"</rdf:RDF>"
_XML_HEAD: Final = xmlsafe.write(b"", _PREFIXES).removesuffix(_XML_END)
_XML_KEY: Final = re.compile(rb"^<!-- ([0-9a-f]{32}) -->\n", re.MULTILINE)
_JSON_HEAD: Final = '{"@context":%s,"@graph":[\n'
_JSON_END: Final = b"\n]}\n"

Piece = Mapping[str, bytes]
"""What is said in each syntax."""


def cut(pages: Mapping[str, bytes]) -> dict[str, Piece]:
    """The pieces of a page by their keys, none where it was not written in pieces."""
    turtle = _TURTLE_KEY.split(pages["ttl"])[1:]
    xml = _XML_KEY.split(pages["rdf"].rpartition(_XML_END)[0])[1:]
    # Without the context, what the page says of itself, and the end.
    lines = pages["jsonld"].split(b"\n")[2:-2]
    keys = turtle[::2]
    if xml[::2] != keys or len(lines) != len(keys):
        return {}
    return {
        key.decode(): {"ttl": ttl, "rdf": rdf, "jsonld": line.removeprefix(b",")}
        for key, ttl, rdf, line in zip(keys, turtle[1::2], xml[1::2], lines, strict=True)
    }


def make(ntriples: bytes, nodes: Nodes) -> Piece:
    """The piece that says this. `nodes` writes JSON-LD."""
    ordered = order(ntriples)
    return {
        "ttl": turtle_body(ordered, _PREFIXES),
        "rdf": _xml(ordered),
        "jsonld": nodes.write(triples(ordered)),
    }


def join(
    frame: Mapping[str, Piece], pieces: Sequence[tuple[str, Piece]], context: str
) -> dict[str, bytes]:
    """The page in each syntax. `frame`: what its file in a syntax says of itself."""
    turtle, xml = [_TURTLE_HEAD, frame["ttl"]["ttl"]], [_XML_HEAD, frame["rdf"]["rdf"]]
    for key, piece in pieces:
        turtle += [f"# {key}\n".encode(), piece["ttl"]]
        xml += [f"<!-- {key} -->\n".encode(), piece["rdf"]]
    lines = [frame["jsonld"]["jsonld"], *(piece["jsonld"] for _, piece in pieces)]
    return {
        "ttl": b"".join(turtle),
        "rdf": b"".join((*xml, _XML_END, b"\n")),
        "jsonld": (_JSON_HEAD % json.dumps(context)).encode() + b"\n,".join(lines) + _JSON_END,
    }


def _xml(ntriples: bytes) -> bytes:
    """The elements, and the comment on what they could not say."""
    written = xmlsafe.write(ntriples, _PREFIXES).removeprefix(_XML_HEAD)
    elements, _, comment = written.rpartition(_XML_END)
    return elements + comment.lstrip()
