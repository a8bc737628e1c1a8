"""From bytes to UTF-8 text in a known syntax: unpacking, decoding, recognising."""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from red_catalog.rdf.encoding import to_utf8
from red_catalog.rdf.trouble import RefusedError, Trouble

_MEDIA_TYPES: Final = {
    "text/turtle": "ttl", "application/x-turtle": "ttl", "application/turtle": "ttl",
    "application/rdf+xml": "rdf", "application/ld+json": "jsonld", "application/n-triples": "nt",
    "application/n-quads": "nq", "text/x-nquads": "nq", "application/trig": "trig",
    "application/x-trig": "trig", "text/n3": "n3", "text/rdf+n3": "n3",
}  # fmt: skip
_EXTENSIONS: Final = {
    "ttl": "ttl", "turtle": "ttl", "rdf": "rdf", "xml": "rdf", "owl": "rdf", "rdfs": "rdf",
    "jsonld": "jsonld", "json": "jsonld", "nt": "nt", "nq": "nq", "trig": "trig", "n3": "n3",
}  # fmt: skip
_FAMILY: Final = {"rdf": "xml", "jsonld": "json", "html": "html"}
NAMES: Final = {
    "ttl": "Turtle", "rdf": "RDF/XML", "jsonld": "JSON-LD", "nt": "N-Triples", "nq": "N-Quads",
    "trig": "TriG", "n3": "N3",
}  # fmt: skip
_HTML: Final = re.compile(
    rb"(?:<\?xml[^>]*>\s*|(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT: Final = re.compile(rb"<script\b", re.IGNORECASE)
# The type, not a word in a sentence.
_DATASET: Final = re.compile(rb'"(?:schema:|dcat:|https?://[\w./]{1,40}[/#])?Dataset"')
# `<x>` alone may be an IRI of Turtle: a root element has attributes.
_XML: Final = re.compile(rb"<(?:\?xml|!--|!DOCTYPE|rdf:RDF|[A-Za-z_][\w.:-]*\s+[\w:.-]+\s*=)")
_JSON: Final = re.compile(rb"(?:\{\s*(?:\"|\})|\[\s*(?:[{\"\[]|\]\s*\Z))")
_QUADS: Final = re.compile(
    rb"""(?:<[^>]*>|_:\S+)\s+<[^>]*>\s+
    (?:<[^>]*>|_:\S+|"(?:[^"\\\n]|\\.)*+"(?:@[\w-]+|\^\^<[^>]*>)?)\s*(?:<[^>]*>|_:\S+)\s*\.""",
    re.VERBOSE,
)
_PIECE: Final = 1 << 14


def find_foreign(content: bytes) -> str | None:
    """What holds no description whatever its name says: `empty`, `html`, `pdf`; else None."""
    if not content.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        return "empty"
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    return "html" if _HTML.match(start) else None


def page_code(content: bytes) -> str:
    """What is told of a page received in place of RDF: it may describe a dataset all the same."""
    for part in _SCRIPT.split(content)[1:]:
        attributes, _, said = part.partition(b">")
        block = said.partition(b"</")[0]
        if b"application/ld+json" in attributes.lower() and _DATASET.search(block):
            return "html-dataset"
    return "html"


class Decoded(NamedTuple):
    """UTF-8 bytes, their syntax, and what was mended to get there."""

    content: bytes
    syntax: str
    repaired: list[Trouble]


def decode(
    content: bytes, media_type: str | None, location: str, forced: str | None, max_bytes: int
) -> Decoded:
    """Unpacks, decodes and recognises a document. Raises RefusedError where it cannot."""
    repaired: list[Trouble] = []
    content = unpack(content, max_bytes)
    if foreign := find_foreign(content):
        raise RefusedError(page_code(content) if foreign == "html" else foreign)
    content = to_utf8(content, media_type or "", repaired)
    return Decoded(content, _recognise(content, media_type, location, forced, repaired), repaired)


def unpack(content: bytes, max_bytes: int) -> bytes:
    """The content of a gzip file, or the content itself. Raises RefusedError where it is cut."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        unpacked = io.BytesIO()  # gives its content away without a copy
        for piece in _unpack(content, max_bytes):
            unpacked.write(piece)
    except zlib.error:
        raise RefusedError("gzip") from None
    return unpacked.getvalue()


def _unpack(content: bytes, max_bytes: int) -> Iterator[bytes]:
    """The pieces of every member: archives joined together are one."""
    unpacker, left = zlib.decompressobj(wbits=31), max_bytes
    for start in range(0, len(content), _PIECE):
        rest = content[start : start + _PIECE]
        while rest:
            if unpacker.eof:
                rest = rest.lstrip(b"\0")  # they pad archives made on tapes
                if not rest:
                    break
                unpacker = zlib.decompressobj(wbits=31)
            piece = unpacker.decompress(rest, left + 1)
            left -= len(piece)
            if left < 0:
                raise RefusedError("too-big", megabytes=max_bytes // 1_000_000)
            yield piece
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise RefusedError("gzip")


def _recognise(
    content: bytes,
    media_type: str | None,
    location: str,
    forced: str | None,
    repaired: list[Trouble],
) -> str:
    seen = _sniff(content)
    if seen == "html":
        raise RefusedError(page_code(content))
    said = _said(forced) or _said(media_type)
    plain = (media_type or "").split(";")[0].strip().lower()
    if said is None and plain and plain not in _GENERIC:
        repaired.append(Trouble("media-type", details={"type": plain, "seen": NAMES[seen]}))
    said = said or from_name(location)
    if said is None or _family(said) == _family(seen):
        return said or seen
    repaired.append(Trouble("wrong-type", details={"said": NAMES[said], "seen": NAMES[seen]}))
    return seen


_GENERIC: Final = {"text/plain", "application/octet-stream", "binary/octet-stream", "text/xml",
                   "application/xml", "application/json", "application/gzip",
                   "application/x-gzip"}  # fmt: skip


def _said(name: str | None) -> str | None:
    plain = (name or "").split(";")[0].strip().lower()
    return _MEDIA_TYPES.get(plain) or _EXTENSIONS.get(plain)


def from_name(location: str) -> str | None:
    """The syntax that a file's name or an address tells of, None where it tells none."""
    path = re.split(r"[?#]", location, maxsplit=1)[0].lower().removesuffix(".gz")
    return _EXTENSIONS.get(path.rpartition(".")[2])


def _family(syntax: str) -> str:
    return _FAMILY.get(syntax, "text")


def _sniff(content: bytes) -> str:
    start = content[:4096].lstrip()
    if _HTML.match(start):
        return "html"
    if _XML.match(start):
        return "rdf"
    if _JSON.match(start if len(start) > 2 else content.strip()):
        return "jsonld"
    return "nq" if _QUADS.match(start) else "ttl"
