"""Writing RDF/XML that is always well-formed XML."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

import pyoxigraph as ox

from red_catalog.namespaces import RDF_TYPE

# Escapes of N-Triples for characters that XML cannot hold. The first branch steps over an
# escaped backslash, so that the text `\u0000` written by somebody stays what it is.
_FORBIDDEN: Final = re.compile(
    rb"\\\\|\\[bf]|\\u00(?:0[0-8BEFbef]|1[0-9A-Fa-f])|\\uFFF[EF]|\xef\xbf[\xbe\xbf]"
)
# What ends in the name of an element, and is none that RDF/XML or XML keep for themselves.
_PLAIN: Final = re.compile(
    rb"<(?!http://www\.w3\.org/(?:1999/02/22-rdf-syntax-ns#|2000/xmlns/|XML/1998/namespace))"
    rb"[a-z]+:[^<>\"&]*[/#:][A-Za-z_][A-Za-z0-9_-]*>"
)
_TYPE: Final = RDF_TYPE.encode()
# What pyoxigraph makes of a class whose address ends in no name: an element with a prefix alone.
_NAMELESS: Final = re.compile(rb'<(/?)([A-Za-z_][\w.-]*):(?=[ >])(?: xmlns:\2="([^"]*)")?([^>]*)>')
# pyoxigraph writes the declarations in an order that changes from run to run.
_ROOT: Final = re.compile(rb"(?<=<rdf:RDF )[^>]*")


def write(ntriples: bytes, prefixes: dict[str, str]) -> bytes:
    """RDF/XML of the statements; those it cannot express are named in a comment."""
    lines = _FORBIDDEN.sub(_replace, ntriples).split(b"\n")[:-1]
    kept = [line for line in lines if _is_writable(*line.split(b" ", 2)[1:])]
    written = _name_classes(_serialise(b"\n".join(kept) + b"\n", prefixes), prefixes)
    # XML reads a bare carriage return as a line feed.
    written = _ROOT.sub(_sort_declarations, written.replace(b"\r", b"&#13;"), count=1)
    return written + _comment(len(lines) - len(kept))


def _is_writable(predicate: bytes, rest: bytes) -> bool:
    """Whether RDF/XML can write a statement; `rest`: its object and the dot."""
    if predicate == _TYPE:
        return not rest.startswith(b"<") or _is_class(rest.removesuffix(b" ."))
    return _is_predicate(predicate)


@lru_cache(maxsize=4096)
def _is_predicate(iri: bytes) -> bool:
    return bool(_PLAIN.fullmatch(iri)) or _is_read(b"<urn:s> " + iri + b" <urn:o> .\n")


@lru_cache(maxsize=4096)
def _is_class(iri: bytes) -> bool:
    line = b"<urn:s> " + _TYPE + b" " + iri + b" .\n"
    return bool(_PLAIN.fullmatch(iri)) or _is_read(line, _name_classes)


def _is_read(line: bytes, finish: Callable[[bytes], bytes] = bytes) -> bool:
    """Whether this statement is read from its RDF/XML again."""
    try:
        written = finish(_serialise(line))
        expat.ParserCreate(namespace_separator=" ").Parse(written, True)  # noqa: FBT003
        return len(list(ox.parse(written, format=ox.RdfFormat.RDF_XML, lenient=True))) == 1
    except (OSError, SyntaxError, expat.ExpatError):
        return False


def _serialise(ntriples: bytes, prefixes: Mapping[str, str] = MappingProxyType({})) -> bytes:
    statements = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    written = ox.serialize(
        (quad.triple for quad in statements), format=ox.RdfFormat.RDF_XML, prefixes=dict(prefixes)
    )
    assert written is not None
    return written


def _name_classes(written: bytes, prefixes: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The classes whose addresses end in no name as values of `rdf:type`."""

    def name(match: re.Match[bytes]) -> bytes:
        if match[1]:
            return b"</rdf:Description>"
        iri = escape(prefixes.get(match[2].decode(), "")).encode() if match[3] is None else match[3]
        return b'<rdf:Description%b><rdf:type rdf:resource="%b"/>' % (match[4], iri)

    return _NAMELESS.sub(name, written)


def _sort_declarations(match: re.Match[bytes]) -> bytes:
    return b" ".join(sorted(match[0].split(b" ")))


def _replace(match: re.Match[bytes]) -> bytes:
    return match[0] if match[0] == b"\\\\" else b"\xef\xbf\xbd"


def _comment(left_out: int) -> bytes:
    if not left_out:
        return b""
    return (
        f"\n<!-- RDF/XML ne peut pas exprimer {left_out} énoncé(s) : voir la version Turtle. "
        f"RDF/XML cannot express {left_out} statement(s): see the Turtle version. -->\n"
    ).encode()
