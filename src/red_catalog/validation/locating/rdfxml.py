"""Statements of RDF/XML with their lines."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.validation.locating.lines import Statement

_RDF: Final = PREFIXES["rdf"]
_XML_LANG: Final = "http://www.w3.org/XML/1998/namespace lang"


def read_xml(text: str) -> Iterator[Statement]:
    """The statements in a document's order. Raises ValueError or ExpatError for an odd one."""
    reader = _Xml()
    reader.parser.Parse(text.encode(), True)  # noqa: FBT003
    yield from reader.found


class _Xml:
    """Walks nodes and properties in turn, with the line where each begins."""

    def __init__(self) -> None:
        self.found: list[Statement] = []
        self.stack: list[tuple[str, str, int, str | None]] = []  # kind, name, line, language
        self.text: list[str] = []
        self.count = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text.append
        parser.EntityDeclHandler = _refuse

    def start(self, name: str, given: Mapping[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        language = given.get(_XML_LANG, self.stack[-1][3] if self.stack else None)
        self.text.clear()
        if name == _RDF + " RDF":
            self.stack.append(("root", "", line, language))
        elif not self.stack or self.stack[-1][0] != "node":
            self._node(name, given, line, language)
        else:
            self._property(name, given, line, language)

    def _node(self, name: str, given: Mapping[str, str], line: int, language: str | None) -> None:
        about = given.get(_RDF + " about")
        self.count += 1
        node = make_iri(about) if about else f"_:{self.count}"
        if self.stack and self.stack[-1][0] == "property":
            owner = next(s for s in reversed(self.stack) if s[0] == "node")
            above = self.stack[-1]
            self.found.append(Statement(owner[1], above[1], node, above[2]))
            self.stack[-1] = ("filled", *above[1:])
        self.stack.append(("node", node, line, language))
        kind = make_iri(name.replace(" ", ""))
        if kind != make_iri(_RDF + "Description"):
            self.found.append(Statement(node, RDF_TYPE, kind, line))
        for attribute, value in given.items():
            space, _, local = attribute.rpartition(" ")
            if space and space != _RDF and attribute != _XML_LANG:
                literal = make_literal(value, language)
                self.found.append(Statement(node, make_iri(space + local), literal, line))

    def _property(
        self, name: str, given: Mapping[str, str], line: int, language: str | None
    ) -> None:
        predicate = make_iri(name.replace(" ", ""))
        resource = given.get(_RDF + " resource")
        subject = self.stack[-1][1]
        kind = "property"
        if resource is not None:
            self.found.append(Statement(subject, predicate, make_iri(resource), line))
            kind = "filled"
        elif _RDF + " parseType" in given:
            raise ValueError(name)
        self.stack.append((kind, predicate, line, language))

    def end(self, _name: str) -> None:
        kind, predicate, line, language = self.stack.pop()
        if kind == "property":
            text = "".join(self.text)
            value = make_literal(text, language)
            self.found.append(Statement(self.stack[-1][1], predicate, value, line))
        self.text.clear()


def _refuse(*_: object) -> None:
    raise ValueError("entity")
