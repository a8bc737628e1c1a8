"""From the bytes of a document to UTF-8, whatever they are announced as."""

import codecs
import re
from typing import Final

from red_catalog.rdf.trouble import RefusedError, Trouble

_XML_ENCODING: Final = re.compile(rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_BOMS: Final = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
# Who announces these means the last one, as every browser does (WHATWG, Encoding).
_WESTERN: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
_WINDOWS: Final = "windows-1252"
# Of names of servers, not of texts: reading takes a time that grows with the square of the length.
_NAMES: Final = frozenset({"idna", "punycode"})


def to_utf8(content: bytes, media_type: str, repaired: list[Trouble]) -> bytes:
    """The text in UTF-8, and in `repaired` what was wrong. Raises RefusedError."""
    encoding = _find_wide(content)
    if encoding is not None:
        return _transcode(content, encoding, repaired)
    if content.startswith(codecs.BOM_UTF8):
        repaired.append(Trouble("bom"))
        content = content[3:]
    named = _find_named(content, media_type)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if named is None:
            line = content.count(b"\n", 0, error.start) + 1
            raise RefusedError("not-utf8", line=line, offset=error.start) from None
        return _transcode(content, named, repaired)
    if named is not None and not is_utf8(named) and not content.isascii():
        repaired.append(Trouble("charset-wrong", details={"charset": named}))
    return _name_utf8(content)


def decode_as(content: bytes, encoding: str) -> str:
    """The text in a named encoding. Raises LookupError for an unknown one, UnicodeDecodeError."""
    codec = _codec(encoding)
    if codec in _WESTERN:
        return content.decode(_WINDOWS, "red-latin-1")
    if codec in _NAMES:
        raise LookupError(encoding)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise
    except UnicodeError:
        # What Python calls so but is the encoding of no text, such as `undefined`.
        raise LookupError(encoding) from None


def is_western(name: str) -> bool:
    """Whether the name of an encoding means one of Western Europe, of a byte a letter."""
    return _codec(name) in {*_WESTERN, "iso8859-15"}


def is_utf8(name: str) -> bool:
    """Whether the name of an encoding means UTF-8, or a part of it."""
    return _codec(name) in {"utf-8", "utf-8-sig", "ascii"}


def _fill_hole(error: UnicodeError) -> tuple[str, int]:
    """What ISO-8859-1 has in the five places where Windows-1252 has nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("red-latin-1", _fill_hole)


def _codec(name: str) -> str | None:
    """What Python calls an encoding, None for an unknown one."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _find_wide(content: bytes) -> str | None:
    """The encoding of a text whose characters take two bytes or four."""
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    if encoding is None and content[1:2] == b"\0":
        return "utf-16-le"
    if encoding is None and content[:1] == b"\0":
        return "utf-16-be"
    return encoding


def _find_named(content: bytes, media_type: str) -> str | None:
    """The encoding other than UTF-8 that the server or the XML declaration names."""
    charset, in_xml = _CHARSET.search(media_type), _XML_ENCODING.match(content[:500])
    names = [charset[1]] if charset else []
    names += [in_xml[1].decode()] if in_xml else []
    return next((name for name in names if _codec(name) not in {"utf-8", "utf-8-sig"}), None)


def _transcode(content: bytes, encoding: str, repaired: list[Trouble]) -> bytes:
    try:
        text = decode_as(content, encoding)
    except (UnicodeDecodeError, LookupError):
        raise RefusedError("encoding", charset=encoding) from None
    read_as = _WINDOWS if _codec(encoding) in _WESTERN else encoding
    repaired.append(Trouble("charset", details={"charset": read_as}))
    return _name_utf8(text.encode("utf-8", "replace"))


def _name_utf8(content: bytes) -> bytes:
    """The content, whose XML declaration, if any, names what it is in."""
    named = _XML_ENCODING.match(content[:500])
    if named is None or named[1].upper() == b"UTF-8":
        return content
    return content[: named.start(1)] + b"UTF-8" + content[named.end(1) :]
