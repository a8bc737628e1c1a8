"""Where RDF/XML breaks its own rule: things hold properties, a property one thing or a text."""

import contextlib
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from red_catalog.rdf.trouble import Trouble

# What `rdf:parseType` makes of a property.
_HOLDS: Final = {"Literal": "anything", "Resource": "properties", "Collection": "things"}


@dataclass
class _Element:
    """An open element: what it holds ("things", "properties", "value" or "anything")."""

    name: str
    holds: str
    has_text: bool = False
    has_elements: bool = False


def find_misplaced(content: bytes) -> Trouble | None:
    """The first text or element of well-formed XML that stands where RDF/XML forbids it."""
    finder = _Finder()
    parser = finder.parser
    parser.buffer_text = True
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    parser.CharacterDataHandler = finder.text
    with contextlib.suppress(expat.ExpatError):
        parser.Parse(content, True)  # noqa: FBT003
    return finder.found


class _Finder:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.found: Trouble | None = None
        self._open: list[_Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            holds = "things" if name.rpartition(":")[2] == "RDF" else "properties"
            self._open.append(_Element(name, holds))
            return
        outer = self._open[-1]
        if outer.holds == "value":
            if outer.has_text:
                self._tell("xml-mixed", name=outer.name)
            elif outer.has_elements:
                self._tell("xml-several", name=outer.name)
        outer.has_elements = True
        self._open.append(_Element(name, _holds(outer.holds, attributes)))

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        if not text.strip() or not self._open:
            return
        inner = self._open[-1]
        inner.has_text = True
        outer = self._open[-2] if len(self._open) > 1 else None
        if inner.holds == "properties" and not inner.has_elements:
            if outer and outer.holds == "value":
                self._tell("xml-nesting", name=outer.name, inner=inner.name)
            else:
                self._tell("xml-mixed", name=inner.name)
        elif inner.holds == "things" or (inner.holds != "anything" and inner.has_elements):
            self._tell("xml-mixed", name=inner.name)

    def _tell(self, code: str, **details: str) -> None:
        if self.found is None:
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            self.found = Trouble(code, line, column, None, details)


def _holds(outer: str, attributes: dict[str, str]) -> str:
    """What an element holds, from what the one around it holds."""
    if outer == "anything":
        return "anything"
    if outer in {"things", "value"}:
        return "properties"
    kind = next((v for a, v in attributes.items() if a.endswith(":parseType")), None)
    return "value" if kind is None else _HOLDS.get(kind, "anything")
