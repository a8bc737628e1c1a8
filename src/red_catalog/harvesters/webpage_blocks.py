"""The datasets that a page holds in JSON-LD, in the words of schema.org or of DCAT."""

import html
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from red_catalog.harvesters.mapping.jsontext import NotJson, parse_json
from red_catalog.rdf.encoding import decode_as
from red_catalog.rdf.languages import is_language

# Searched one after the other from where the last ended, so that no page takes long.
_OPENING: Final = re.compile(r"<!--|<script\b([^<>]{0,2000})>", re.IGNORECASE)
_CLOSING: Final = re.compile(r"</script\b", re.IGNORECASE)
_JSON_LD: Final = re.compile(r"\btype\s*=\s*+[\"']?\s*+application/ld\+json\b", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,500}charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML: Final = re.compile(
    r"<html\b[^<>]{0,2000}?\s(?:xml:)?lang\s*=\s*[\"']?([\w-]{2,35})", re.IGNORECASE
)
_HEAD: Final = 10_000
_SCHEMA: Final = ("https://schema.org/", "http://schema.org/", "schema:")
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_OF_DCAT: Final = ("dcat:Dataset", f"{_DCAT}Dataset")
_LARGEST: Final = 5_000_000
_DEEPEST: Final = 30
# What a mere reference holds.
_BARE: Final = {"@id", "@type", "@context"}
_LINK: Final = _BARE | {"name", "url", "sameAs", "identifier"}
_PART: Final = {"@id", "name", "description"}
Node = dict[str, Any]


class Found(NamedTuple):
    """The datasets of a page, nodes by @id, why some block could not be read, and its language.

    A dataset has as `@language` the language that the context of its block names, or nothing.
    `parts` are described whole as parts of another one, `inside` are those that are not; `dcat`
    are the blocks that say all in the words of DCAT.
    """

    datasets: list[Node]
    parts: list[Node]
    inside: list[Node]
    nodes: dict[str, Node]
    broken: tuple[str, str] | None
    language: str
    dcat: list[str]


def find_datasets(content: bytes) -> Found:
    """The datasets in the JSON-LD blocks of a page of HTML."""
    page = decode_page(content[:_LARGEST])
    named = _HTML.search(page[:_HEAD])
    found = Found([], [], [], {}, None, named[1] if named and is_language(named[1]) else "", [])
    for block in _blocks(page):
        try:
            value = parse_json(block, _LARGEST)
        except NotJson as error:
            if "Dataset" in block:
                found = found._replace(broken=found.broken or error.told)
            continue
        prefixes = _prefixes(value)
        tops = value if isinstance(value, list) else [value]
        cut = [_cut(top, prefixes) for top in tops] if prefixes else tops
        # PHP writes \/ for each / of JSON.
        if _DCAT in block.replace("\\/", "/") and {*_vocabularies(cut)} == {_DCAT}:
            found.dcat.append(block)
            continue
        for top in cut:
            _walk(top, found, _language(top))
    return found


def decode_page(content: bytes) -> str:
    """The text of a page, in the encoding that it names, else UTF-8, else Windows-1252."""
    named = _CHARSET.search(content[:4096])
    for encoding in (named[1].decode() if named else "utf-8", "utf-8"):
        try:
            return decode_as(content, encoding)
        except (LookupError, ValueError):
            continue
    return decode_as(content, "windows-1252")


def _blocks(text: str) -> Iterator[str]:
    position = 0
    while match := _OPENING.search(text, position):
        if match[0] == "<!--":
            position = text.find("-->", match.end())
            if position < 0:
                return
            continue
        end = _CLOSING.search(text, match.end())
        stop = end.start() if end else len(text)
        if _JSON_LD.search(match[1]):
            block = text[match.end() : stop].strip()
            block = block.removeprefix("<![CDATA[").removesuffix("]]>").strip()
            # Some systems escape what they should not.
            yield html.unescape(block) if block.startswith(("{&quot;", "[&quot;")) else block
        position = stop + 1


def _vocabularies(value: object, depth: int = 0) -> Iterator[str]:
    """Of which vocabularies the datasets are that a block holds."""
    if depth > _DEEPEST or not isinstance(value, list | dict):
        return
    if isinstance(value, dict) and is_a(value, "Dataset"):
        yield _SCHEMA[0]
    elif isinstance(value, dict) and any(is_a(value, one) for one in _OF_DCAT):
        yield _DCAT
    for one in value if isinstance(value, list) else value.values():
        yield from _vocabularies(one, depth + 1)


def _contexts(value: object) -> list[Node]:
    """What a block's own context declares."""
    tops = value if isinstance(value, list) else [value]
    contexts = [one.get("@context") for one in tops if isinstance(one, dict)]
    parts = [part for one in contexts for part in (one if isinstance(one, list) else [one])]
    return [part for part in parts if isinstance(part, dict)]


def _language(value: object) -> str:
    """The language of the texts of a block that name none, where its context says it."""
    tags = [part.get("@language") for part in _contexts(value)]
    return next((tag for tag in tags if isinstance(tag, str) and is_language(tag)), "")


def _prefixes(value: object) -> tuple[str, ...]:
    """What a block's own context lets it write before the names of schema.org."""
    return tuple(
        f"{prefix}:"
        for part in _contexts(value)
        for prefix, meant in part.items()
        if isinstance(meant, str) and meant in _SCHEMA and not prefix.startswith("@")
    )


def _cut(value: Any, prefixes: tuple[str, ...], depth: int = 0) -> Any:
    """A value whose keys and classes are without these prefixes."""
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_cut(one, prefixes, depth + 1) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        local(key, prefixes): _cut_types(one, prefixes)
        if key in {"@type", "type"}
        else _cut(one, prefixes, depth + 1)
        for key, one in value.items()
    }


def _cut_types(value: Any, prefixes: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_cut_types(one, prefixes) for one in value if not isinstance(one, list)]
    return local(value, prefixes) if isinstance(value, str) else value


def _walk(value: object, found: Found, language: str) -> None:
    """Files the datasets of a value, those inside a dataset apart, and every named node."""
    stack: list[tuple[object, int, str]] = [(value, 0, "")]
    while stack:
        one, depth, place = stack.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(one, list):
            stack += [(item, depth + 1, place) for item in reversed(one)]
        elif isinstance(one, dict):
            own = is_a(one, "Dataset")
            plain = {local(str(key)): item for key, item in one.items()}
            name = plain.get("@id")
            if isinstance(name, str) and len(plain) > 1:
                found.nodes.setdefault(name, plain)
            if own:
                _file(plain, place, found, language)
            stack += [
                (item, depth + 1, _place(key, place, own=own))
                for key, item in reversed(plain.items())
                if key != "@context" and isinstance(item, dict | list)
            ]


def _place(key: str, outer: str, *, own: bool) -> str:
    """Where what is under a key lies: in no dataset, a part of one, or elsewhere inside."""
    if not own:
        return "inside" if outer else ""
    return "part" if key == "hasPart" and outer != "inside" else "inside"


def _file(dataset: Node, place: str, found: Found, language: str) -> None:
    named = isinstance(dataset.get("@id"), str) and not dataset["@id"].startswith("_:")
    told = {**dataset, "@language": language}
    if not place:
        if dataset.keys() - _BARE:
            found.datasets.append(told)
    elif place == "part" and named and all(map(dataset.get, _PART)):
        found.parts.append(told)
    elif dataset.keys() - _LINK:
        found.inside.append(dataset)


def is_a(node: Node, kind: str) -> bool:
    """Whether a node is of this class of schema.org."""
    types = node.get("@type", node.get("type"))
    listed = types if isinstance(types, list) else [types]
    return any(isinstance(one, str) and local(one) == kind for one in listed)


def local(name: str, prefixes: tuple[str, ...] = _SCHEMA) -> str:
    """A name of schema.org without its namespace."""
    for prefix in prefixes:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name
