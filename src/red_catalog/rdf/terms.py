"""N-Triples terms as strings: telling them apart, taking them to pieces, making them."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
LANG_STRING: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

# The escapes of canonical N-Triples; U+FFFE and U+FFFF are what pyoxigraph escapes besides.
_ESCAPES: Final = {
    **{chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip
_ESCAPE_TABLE: Final = str.maketrans(_ESCAPES)
_SHORT: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
# Characters that an IRI cannot hold as they are.
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def is_iri(term: str) -> bool:
    """Whether the term is an IRI."""
    return term[:1] == "<"


def is_blank(term: str) -> bool:
    """Whether the term is a blank node."""
    return term[:1] == "_"


def is_literal(term: str) -> bool:
    """Whether the term is a literal."""
    return term[:1] == '"'


def iri(term: str) -> str:
    """The IRI of a term, without its brackets. Raises ValueError for another kind of term."""
    if not is_iri(term):
        raise ValueError(f"{term[:80]} is not an IRI")
    return _unescape(term[1:-1])


@lru_cache(512)
def literal(term: str) -> tuple[str, str | None, str]:
    """Text, language and datatype IRI of a literal. Raises ValueError for another kind of term."""
    if not is_literal(term):
        raise ValueError(f"{term[:80]} is not a literal")
    end = term.rindex('"')
    text, rest = _unescape(term[1:end]), term[end + 1 :]
    if rest.startswith("@"):
        return text, rest[1:], LANG_STRING
    return text, None, _unescape(rest[3:-1]) if rest else XSD_STRING


def may_have_server(iri: str) -> bool:
    """Whether what stands for a server in an IRI can be one: `https://[your-site]/` has none."""
    if iri.isascii() and "[" not in iri and "]" not in iri:
        return True
    try:
        urlsplit(iri)
    except ValueError:
        return False
    return True


def make_iri(iri: str) -> str:
    """The term of an IRI; characters that an IRI cannot hold are escaped."""
    return f"<{_NOT_IN_IRI.sub(_escape_code, iri)}>"


def make_literal(lexical: str, language: str | None = None, datatype: str | None = None) -> str:
    """The term of a literal, escaped as canonical N-Triples; the language in lower case."""
    text = f'"{lexical.translate(_ESCAPE_TABLE)}"'
    if language:
        return f"{text}@{language.lower()}"
    if datatype is None or datatype == XSD_STRING:
        return text
    return f"{text}^^{make_iri(datatype)}"


def _unescape(text: str) -> str:
    return _ESCAPED.sub(_unescape_one, text) if "\\" in text else text


def _unescape_one(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return _SHORT.get(match[3], match[3])


def _escape_code(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
