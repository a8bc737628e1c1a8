"""Bodies: decompressed as they stream, bounded, whole, and not an HTML page."""

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from red_catalog.http.defects import Refused, defect
from red_catalog.model import Defect

PIECE: Final = 65_536
_GZIP_START: Final = b"\x1f\x8b\x08"
_HTML_TYPES: Final = {"text/html", "application/xhtml+xml"}
# A byte order mark, an XML declaration and comments may stand before the page.
_HTML_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)

# Searched, not stripped: stripping would copy the whole body.
_SOMETHING: Final = re.compile(rb"[^\s\xef\xbb\xbf]")


def gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The decompressed pieces, none much over 64 KB. Raises Refused for a cut or damaged one."""
    decoder = zlib.decompressobj(wbits=31)
    begun = False
    for chunk in chunks:
        rest = chunk
        begun = begun or bool(chunk)
        while rest:
            if decoder.eof:
                # Zeros pad archives made on tapes; anything else is a further member.
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                decoder = zlib.decompressobj(wbits=31)
            try:
                piece = decoder.decompress(rest, PIECE)
            except zlib.error:
                raise Refused("damaged-gzip") from None
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
            if piece:
                yield piece
    tail = b"" if decoder.eof else decoder.flush()
    if tail:
        yield tail
    if begun and not decoder.eof:  # nothing at all is an empty body
        raise Refused("truncated-gzip")


def unpack(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, decompressed if they are those of a gzip file."""
    stream = iter(chunks)
    head = b""
    for chunk in stream:
        head += chunk
        if len(head) >= len(_GZIP_START):
            break
    whole = chain([head], stream) if head else stream
    return gunzip(whole) if head.startswith(_GZIP_START) else whole


def join(chunks: Iterable[bytes], limit: int) -> bytes:
    """The pieces as one body of at most `limit` bytes. Raises Refused beyond it."""
    # BytesIO gives its buffer away without a copy, so that the peak stays near the limit.
    body = io.BytesIO()
    for chunk in chunks:
        if body.tell() + len(chunk) > limit:
            raise Refused("too-large", limit=limit)
        body.write(chunk)
    return body.getvalue()


def refusal(content: bytes, media_type: str | None, forced: str | None = None) -> Defect | None:
    """Why this is no document: empty, or an HTML page that nobody asked for."""
    if not _SOMETHING.search(content):
        return defect("empty")
    if forced in _HTML_TYPES:
        return None
    declared = (forced or media_type or "").split(";")[0].strip().lower()
    if declared in _HTML_TYPES or is_page(content):
        return defect("html-received")
    return None


def is_page(content: bytes) -> bool:
    """Whether a body is an HTML page, whatever it is called."""
    return _HTML_START.match(content[:4096]) is not None
