"""Untrusted XML as a tree: no DTD, no entity, no endless nesting; and ways to walk it.

The parser is expat, of Python's own library, which reaches nothing by itself. Elements are
looked for by their local name: catalogues write one standard under many namespaces.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

from red_catalog.harvesters.telling import tell
from red_catalog.http import Declined
from red_catalog.model import Defect, Document, Unreadable
from red_catalog.rdf import defects
from red_catalog.rdf.encoding import to_utf8
from red_catalog.rdf.languages import is_language
from red_catalog.rdf.trouble import RefusedError, Trouble

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_LANG: Final = LANG[1:]  # as expat has it
RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DEPTH: Final = 100
_PARTS: Final = 4_000_000  # elements and attributes, which take some 600 MB
# ISO 639-2, in both of its variants, where ISO 639-1 has a shorter code.
_SHORT: Final = {
    "bul": "bg", "cat": "ca", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl",
    "ell": "el", "eng": "en", "est": "et", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de",
    "gle": "ga", "gre": "el", "hrv": "hr", "hun": "hu", "ita": "it", "lav": "lv", "lit": "lt",
    "ltz": "lb", "mlt": "mt", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro",
    "rum": "ro", "slk": "sk", "slo": "sk", "slv": "sl", "spa": "es", "swe": "sv",
}  # fmt: skip


class Page(NamedTuple):
    """The root of a document, and what its bytes are that was not announced."""

    root: Element
    told: tuple[Defect, ...]


class _RefusedError(Exception):
    def __init__(self, problem: Defect) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Builder:
    """Builds the tree, each element with the language that it inherits."""

    def __init__(self, parser: expat.XMLParserType, depth: int) -> None:
        self.tree = TreeBuilder()
        self._parser = parser
        self._limit = depth
        self._languages: list[str | None] = [None]
        self._parts = 0
        self._inherited: dict[str, dict[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._languages) > self._limit:
            raise _RefusedError(
                tell("xml-too-deep", self._parser.CurrentLineNumber, depth=self._limit)
            )
        self._parts += 1 + len(attributes)
        if self._parts > _PARTS:
            raise _RefusedError(
                tell("xml-too-many", self._parser.CurrentLineNumber, millions=_PARTS // 1_000_000)
            )
        self.tree.start(_clark(name), self._name(attributes))

    def _name(self, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes with the language; elements that have but this share one dictionary."""
        language = attributes.get(_LANG, self._languages[-1])
        self._languages.append(language)
        if language is not None and not attributes:
            return self._inherited.setdefault(language, {LANG: language})
        named = {_clark(key): value for key, value in attributes.items()}
        if language is not None:
            named[LANG] = language
        return named

    def end(self, name: str) -> None:
        self._languages.pop()
        self.tree.end(_clark(name))

    def doctype(self, *_: object) -> None:
        raise _RefusedError(tell("xml-dtd", self._parser.CurrentLineNumber))


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def parse_xml(content: bytes, depth: int = _DEPTH) -> Element | Defect:
    """The root element, or why the content is refused."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    builder = _Builder(parser, depth)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.tree.data
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(content, True)  # noqa: FBT003
    except _RefusedError as refused:
        return refused.problem
    except (expat.ExpatError, LookupError, ValueError) as error:
        return tell("xml-broken", getattr(error, "lineno", 1))
    return builder.tree.close()


def read_xml(document: Document, depth: int = _DEPTH) -> Page | Defect:
    """The tree of a document in whatever encoding, or why it is refused."""
    troubles: list[Trouble] = []
    try:
        content = to_utf8(document.content, document.media_type or "", troubles)
    except RefusedError as refused:
        return defects.describe(refused.trouble, None)
    root = parse_xml(content, depth)
    if isinstance(root, Defect):
        return root
    # XML may begin with a byte order mark.
    told = (defects.describe(one, None) for one in troubles if one.code != "bom")
    return Page(root, tuple(told))


def hear(refused: Unreadable, root: str) -> Page | None:
    """What a server says of an error under a status of HTTP, in a document of this root."""
    page = read_xml(refused.said) if isinstance(refused, Declined) else None
    return page if isinstance(page, Page) and local(page.root) == root else None


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def find_all(element: Element, path: str) -> Iterator[Element]:
    """The elements at a path of local names, `a/b/c`; `*` stands for any name."""
    first, _, rest = path.partition("/")
    for child in element:
        if first in {"*", local(child)}:
            if rest:
                yield from find_all(child, rest)
            else:
                yield child


def find(element: Element, path: str) -> Element | None:
    """The first element at a path."""
    return next(find_all(element, path), None)


def descend(element: Element, name: str) -> Iterator[Element]:
    """Every element of this local name, at any depth."""
    return (one for one in element.iter() if local(one) == name)


def text(element: Element | None) -> str:
    """What an element says, its own text and that inside it; runs of blanks become one."""
    if element is None:
        return ""
    return tidy("".join(element.itertext()))


def tidy(written: str) -> str:
    """A text without blank lines and without runs of blanks."""
    lines = (" ".join(line.split()) for line in written.split("\n"))
    return "\n".join(filter(None, lines))


def line_of_text(element: Element | None) -> str:
    """What an element says, on one line."""
    return " ".join(text(element).split())


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, without blanks around it; empty where it is absent."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value.strip()
    return ""


def language(element: Element) -> str | None:
    """The language of an element as a tag of RDF, if it has one."""
    return language_tag(element.attrib.get(LANG, ""))


def language_tag(written: str) -> str | None:
    """A language as people write it (`fre`, `fr-FR`, `FR`) as a tag of RDF."""
    tag = written.strip().replace("_", "-").lower()
    first, dash, rest = tag.partition("-")
    tag = _SHORT.get(first, first) + dash + rest
    return tag if is_language(tag) and tag not in {"und", "mul", "zxx"} else None


def cut_out(element: Element) -> bytes:
    """An element as a document of its own."""
    written: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return written
