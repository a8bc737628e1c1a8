"""From bytes to UTF-8 text in a known syntax: unpacking, decoding, recognising."""

import codecs
import re
import zlib
from typing import Final, NamedTuple

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
    rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# `<x>` alone may be an IRI of Turtle: a root element has attributes.
_XML: Final = re.compile(rb"<(?:\?xml|!--|!DOCTYPE|rdf:RDF|[A-Za-z_][\w.:-]*\s+[\w:.-]+\s*=)")
_JSON: Final = re.compile(rb"(?:\{\s*(?:\"|\})|\[\s*(?:[{\"\[]|\]\s*\Z))")
_QUADS: Final = re.compile(rb"(?:<[^>]*>|_:\S+)\s+<[^>]*>\s+.*\s(?:<[^>]*>|_:\S+)\s+<[^>]*>\s*\.")
_XML_ENCODING: Final = re.compile(rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
_BOMS: Final = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


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
    if not content.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        raise RefusedError("empty")
    content = _to_utf8(content, media_type or "", repaired)
    return Decoded(content, _recognise(content, media_type, location, forced, repaired), repaired)


def unpack(content: bytes, max_bytes: int) -> bytes:
    """The content of a gzip file, or the content itself. Raises RefusedError where it is cut."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(content, max_bytes + 1)
    except zlib.error:
        raise RefusedError("gzip") from None
    if len(unpacked) > max_bytes:
        raise RefusedError("too-big", megabytes=max_bytes // 1_000_000)
    if not unpacker.eof:
        raise RefusedError("gzip")
    return unpacked


def _to_utf8(content: bytes, media_type: str, repaired: list[Trouble]) -> bytes:
    content = _from_utf16(content, repaired)
    if content.startswith(codecs.BOM_UTF8):
        repaired.append(Trouble("bom"))
        content = content[3:]
    named = _named_encoding(content, media_type)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if named is None:
            line = content.count(b"\n", 0, error.start) + 1
            raise RefusedError("not-utf8", line=line, offset=error.start) from None
        return _transcode(content, named, repaired)
    if named is not None and not content.isascii():
        repaired.append(Trouble("charset-wrong", details={"charset": named}))
    return _name_utf8(content) if named else content


def _from_utf16(content: bytes, repaired: list[Trouble]) -> bytes:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    if encoding is None and content[1:2] == b"\0":
        encoding = "utf-16-le"
    elif encoding is None and content[:1] == b"\0":
        encoding = "utf-16-be"
    return _transcode(content, encoding, repaired) if encoding else content


def _named_encoding(content: bytes, media_type: str) -> str | None:
    """The encoding that the server or the XML declaration names, when it is not UTF-8."""
    charset = re.search(r"""charset\s*=\s*["']?([\w.:-]+)""", media_type, re.IGNORECASE)
    in_xml = _XML_ENCODING.match(content[:500])
    name = charset[1] if charset else in_xml[1].decode() if in_xml else "utf-8"
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return name
    return None if known in {"utf-8", "ascii"} else known


def _transcode(content: bytes, encoding: str, repaired: list[Trouble]) -> bytes:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise RefusedError("encoding", charset=encoding) from None
    repaired.append(Trouble("charset", details={"charset": encoding}))
    return _name_utf8(text.encode("utf-8", "replace"))


def _name_utf8(content: bytes) -> bytes:
    named = _XML_ENCODING.match(content[:500])
    if named is None:
        return content
    return content[: named.start(1)] + b"UTF-8" + content[named.end(1) :]


def _recognise(
    content: bytes,
    media_type: str | None,
    location: str,
    forced: str | None,
    repaired: list[Trouble],
) -> str:
    seen = _sniff(content)
    if seen == "html":
        raise RefusedError("html")
    said = _said(forced) or _said(media_type)
    plain = (media_type or "").split(";")[0].strip().lower()
    if said is None and plain and plain not in _GENERIC:
        repaired.append(Trouble("media-type", details={"type": plain, "seen": NAMES[seen]}))
    said = said or _from_name(location)
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


def _from_name(location: str) -> str | None:
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
