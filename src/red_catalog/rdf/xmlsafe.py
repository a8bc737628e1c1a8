"""Writing RDF/XML that is always well-formed XML."""

import re
from functools import lru_cache
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

# Escapes of N-Triples for characters that XML cannot hold. The first branch steps over an
# escaped backslash, so that the text `\u0000` written by somebody stays what it is.
_FORBIDDEN: Final = re.compile(
    rb"\\\\|\\[bf]|\\u00(?:0[0-8BEFbef]|1[0-9A-Fa-f])|\\uFFF[EF]|\xef\xbf[\xbe\xbf]"
)
_PLAIN_PREDICATE: Final = re.compile(rb"<[a-z]+:[^<>\"&]*[/#:][A-Za-z_][A-Za-z0-9_-]*>")
# pyoxigraph writes the declarations in an order that changes from run to run.
_ROOT: Final = re.compile(rb"(?<=<rdf:RDF )[^>]*")


def write(ntriples: bytes, prefixes: dict[str, str]) -> bytes:
    """RDF/XML of the statements; those it cannot express are named in a comment."""
    lines = _FORBIDDEN.sub(_replace, ntriples).split(b"\n")[:-1]
    predicates = [line.split(b" ", 2)[1] for line in lines]
    lost = {one for one in set(predicates) if not is_writable(one)}
    kept = [line for line, one in zip(lines, predicates, strict=True) if one not in lost]
    statements = ox.parse(b"\n".join(kept) + b"\n", format=ox.RdfFormat.N_TRIPLES, lenient=True)
    written = ox.serialize(
        (quad.triple for quad in statements), format=ox.RdfFormat.RDF_XML, prefixes=prefixes
    )
    assert written is not None
    # XML reads a bare carriage return as a line feed.
    written = _ROOT.sub(_sort_declarations, written.replace(b"\r", b"&#13;"), count=1)
    return written + _comment(len(lines) - len(kept))


@lru_cache(maxsize=4096)
def is_writable(predicate: bytes) -> bool:
    """Whether RDF/XML can write this predicate as the name of an element."""
    if _PLAIN_PREDICATE.fullmatch(predicate):
        return True
    line = b"<urn:s> " + predicate + b" <urn:o> .\n"
    parsed = ox.parse(line, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    written = ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.RDF_XML)
    assert written is not None
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(written, True)  # noqa: FBT003
    except expat.ExpatError:
        return False
    return True


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
