"""What XML must not do before an RDF parser sees it: nest without end, expand, reach out."""

import re
from collections.abc import Container
from typing import Final
from xml.parsers import expat

from red_catalog.rdf.prefixes import WELL_KNOWN
from red_catalog.rdf.syntax import page_code
from red_catalog.rdf.trouble import RefusedError

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_REFERENCE: Final = re.compile(r"&([^#;&\s][^;&\s]*);")
_ENTITY_LENGTH: Final = 10_000
_ENTITIES: Final = 200


def check_xml(content: bytes, depth: int) -> None:
    """Raises RefusedError for XML that is broken, too deep, expands, or is no RDF."""
    guard = _Guard(content, depth)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    parser.EntityDeclHandler = guard.declare
    parser.StartDoctypeDeclHandler = guard.doctype
    parser.EndDoctypeDeclHandler = guard.count_expansion
    guard.parser = parser
    try:
        parser.Parse(content, True)  # noqa: FBT003
    except expat.ExpatError as error:
        code, details = _explain(error.code, content, parser.ErrorByteIndex, guard.sizes)
        raise RefusedError(code, error.lineno, error.offset + 1, **details) from None


# Codes of expat: no element found, unclosed token, unclosed CDATA; a missing end tag at the
# end of the document is "no element found" too.
_ENDS: Final = {3, 5, 20}
_INVALID: Final = 4
_UNDEFINED: Final = 11
_MISPLACED: Final = 17
_UNBOUND: Final = 27
_BEFORE: Final = re.compile(rb"&[\w.-]*\Z")
_NAMED: Final = re.compile(rb"&([\w.-]{1,100});")
_PREFIX: Final = re.compile(rb"[<\s]/?([A-Za-z_][\w.-]{0,50}):[\w.-]+")
_KNOWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})


def _explain(
    number: int, content: bytes, place: int, declared: Container[str]
) -> tuple[str, dict[str, str]]:
    """What a code of expat means at this byte, and what fills its sentence."""
    if number in _ENDS:
        return "truncated", {}
    if number == _MISPLACED:
        return "xml-start", {}
    if number == _UNDEFINED:  # the place is that of the tag, where one is in an attribute
        names = (m[1].decode() for m in _NAMED.finditer(content, place, place + 10_000))
        name = next((one for one in names if one not in _KNOWN and one not in declared), None)
        return ("xml-entity", {"name": name}) if name else ("xml", {})
    if number == _UNBOUND and (prefix := _find_unbound(content, place)):
        return "xml-prefix", {"prefix": prefix, "namespace": WELL_KNOWN.get(prefix, "…")}
    if number == _INVALID and _BEFORE.search(content[max(0, place - 100) : place]):
        return "xml-ampersand", {}
    return "xml", {}


def _find_unbound(content: bytes, place: int) -> str | None:
    """The prefix in the tag at this byte that nothing declares so far."""
    tag = content[place : place + 10_000].partition(b">")[0]
    used = (m[1] for m in _PREFIX.finditer(tag) if m[1] not in {b"xml", b"xmlns"})
    declared = content[: place + len(tag)]
    found = next((one for one in used if b"xmlns:%s=" % one not in declared), None)
    return found.decode("utf-8", "replace") if found else None


_CSW: Final = "/cat/csw/"  # map and coverage servers have capabilities, too
# Roots of what a kind of source reads.
_KINDS: Final = {
    "codeBook": "ddi", "DDIInstance": "ddi", "FragmentInstance": "ddi",
    "MD_Metadata": "csw", "MI_Metadata": "csw", "Capabilities": "csw", "GetRecordsResponse": "csw",
    "GetRecordByIdResponse": "csw",
    "OAI-PMH": "oaipmh",
}  # fmt: skip


class _Guard:
    def __init__(self, content: bytes, depth: int) -> None:
        self.parser: expat.XMLParserType | None = None
        self._content = content
        self._limit = depth
        self._depth = 0
        self.sizes: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limit:
            raise RefusedError("too-deep", self._line(), depth=self._limit)
        if self._depth == 1 and name != f"{RDF}}}RDF":
            self._check_root(name, attributes)

    def end(self, _name: str) -> None:
        self._depth -= 1

    def doctype(self, _name: str, system: str | None, public: str | None, *_: object) -> None:
        if system or public:
            raise RefusedError("external-entity", self._line(), name=system or public)

    def declare(self, name: str, _parameter: int, value: str | None, *rest: str | None) -> None:
        if value is None:
            raise RefusedError("external-entity", self._line(), name=rest[1] or name)
        # A reference to an entity that comes later cannot be measured: counted as too long.
        inner = (self.sizes.get(ref, _ENTITY_LENGTH) for ref in _REFERENCE.findall(value))
        size = len(value) + sum(inner)
        if size > _ENTITY_LENGTH or len(self.sizes) >= _ENTITIES:
            raise RefusedError("entity-expansion", self._line(), name=name)
        self.sizes[name] = size

    def count_expansion(self) -> None:
        total = sum(
            self._content.count(f"&{name};".encode()) * size for name, size in self.sizes.items()
        )
        if total > 1_000_000 + 8 * len(self._content):
            raise RefusedError("entity-expansion", self._line(), name=next(iter(self.sizes)))

    def _check_root(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        if local.lower() == "html":
            raise RefusedError(page_code(self._content))
        if not any(attribute.startswith(RDF) for attribute in attributes):
            kind = _KINDS.get(local)
            if kind and (local != "Capabilities" or _CSW in name):
                raise RefusedError("xml-of-kind", self._line(), root=local, kind=kind)
            raise RefusedError("xml-not-rdf", self._line(), root=local)

    def _line(self) -> int:
        return self.parser.CurrentLineNumber if self.parser else 1
