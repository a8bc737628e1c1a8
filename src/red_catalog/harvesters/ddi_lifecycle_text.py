"""How DDI Lifecycle writes texts, and what an element of it says in all."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.ddi_text import read_text
from red_catalog.harvesters.xmltree import find_all, language, local

Words = tuple[str, str | None]
"""A text and its language."""
# What names an item to machines.
_NAMES: Final = {
    "URN", "Agency", "ID", "Version", "VersionDate", "VersionResponsibility", "VersionRationale",
    "UserID", "TypeOfObject", "MaintainableObject",
}  # fmt: skip


def read_words(element: Element) -> Iterator[Words]:
    """A text: in the element, or in its String or Content children, by language."""
    inner = [*find_all(element, "String"), *find_all(element, "Content")]
    for one in inner or [element]:
        if words := read_text(one):
            yield words, language(one)


def read_all(element: Element) -> str:
    """All that an element says to people, on one line."""
    return " ".join(" ".join(_read_parts(element)).split())


def _read_parts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) not in _NAMES and not local(child).endswith("Reference"):
            yield from _read_parts(child)
        yield child.tail or ""
