"""Where the data of an ISO 19139 record are to be had, in which format and of what size."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import say_licences
from red_catalog.harvesters.description import Description
from red_catalog.harvesters.iso19139_record import Record, phrase, read_code
from red_catalog.harvesters.iso19139_rights import named_licences
from red_catalog.harvesters.mapping import codes
from red_catalog.harvesters.xmltree import find, find_all, text
from red_catalog.namespaces import EU_AUTHORITY, PREFIXES
from red_catalog.rdf.terms import make_iri, make_literal

_TYPES: Final = (f"{EU_AUTHORITY}file-type",)
_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_MEGABYTE: Final = 1_000_000
_LINK: Final = "WWW:LINK"
# What files of another format are packed in or asked for by.
_AROUND: Final = {"ZIP", "GZIP", "TAR", "TAR_GZ", "7Z", "RAR", "BZIP2", "WFS_SRVC"}

Formats = Mapping[str, str | None]
"""What formats are called, with the IRI of each that the European list has."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A distribution, the formats that it may be in, and those that its address or name says."""

    url: str
    node: str
    formats: Formats
    said: frozenset[str]

    def format(self, *, alone: bool) -> str | None:
        """The one that it is in: the only one, or that which its address ends with.

        The only one of several addresses is that of those which say no other.
        """
        known = set(self.formats.values())
        if len(known) == 1:
            only = known.pop()
            return only if alone or only in self.said or not self.said else None
        ending = re.split(r"[?#]", self.url)[0].rpartition(".")[2]
        named = codes.find_code(_TYPES, ending)
        return named if named in known else None


def say_distributions(description: Description, record: Record) -> None:
    """Each address once; formats and sizes of which nothing says whose they are, are told."""
    groups: list[list[_Form]] = []
    every: dict[str, str | None] = {}
    seen = {""}
    for formats, options in _groups(record):
        every |= formats
        groups.append([])
        for one in options:
            found = _addresses(description, record, one, seen)
            made = [_Form(url, node, formats, said) for url, node, said in found]
            _size(description, one, made)
            groups[-1] += made
    nodes = [one.node for forms in groups for one in forms]
    say_licences(description, named_licences(record), nodes)
    used = set()
    for forms in groups:
        for form in forms:
            if known := form.format(alone=len(forms) == 1):
                used.add(known)
                description.add("dct:format", make_iri(known), form.node)
    _tell_formats(description, every, used)


def _tell_formats(description: Description, every: Formats, used: Collection[str]) -> None:
    for name, code in every.items():
        if code is None:
            description.tell("map-code", what="dct:format", value=name)
        elif code not in used:
            description.tell("map-whose", what="dct:format", value=name)


def _groups(record: Record) -> Iterator[tuple[Formats, list[Element]]]:
    """What is transferred, with the formats that it may be in: its distributor's own, else all."""
    for whole in find_all(record.root, "distributionInfo/*"):
        common = _formats(find_all(whole, "distributionFormat/*/name"))
        yield common, [*find_all(whole, "transferOptions/*")]
        for distributor in find_all(whole, "distributor/*"):
            own = _formats(find_all(distributor, "distributorFormat/*/name"))
            yield own or common, [*find_all(distributor, "distributorTransferOptions/*")]


def _addresses(
    description: Description, record: Record, options: Element, seen: set[str]
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The addresses of one way of transfer that were not `seen` yet, each with its node.

    And with the formats that it says.
    """
    for element in find_all(options, "onLine/*"):
        url = text(find(element, "linkage"))
        if url in seen:
            continue
        seen.add(url)
        if node := _distribution(description, record, element, url):
            yield url, node, frozenset(_said(element, url))


def _said(element: Element, url: str) -> Iterator[str]:
    """The formats, and other ways to have data, that an address, its protocol and name speak of."""
    protocol = phrase(find(element, "protocol"))
    if protocol.upper().startswith(_LINK):
        yield _LINK
    path = [*re.split(r"[/?&=#]", url.partition("://")[2])[1:], *re.split(r"[^A-Za-z]+", protocol)]
    ends = [part.rpartition(".")[2] for part in path]
    words = (phrase(find(element, name)) for name in ("name", "description"))
    shouted = [word for one in words for word in re.findall(r"\b[A-Z]{3,}\b", one)]
    for word in {*ends, *shouted}:
        code = len(word) > 2 and (
            codes.find_code(_TYPES, word) or codes.find_code(_TYPES, f"{word}_SRVC")
        )
        if code and code.rpartition("/")[2] not in _AROUND:
            yield code


def _formats(names: Iterable[Element]) -> Formats:
    return {name: codes.find_code(_TYPES, name) for name in filter(None, map(phrase, names))}


def _size(description: Description, options: Element, forms: list[_Form]) -> None:
    """The size of one way of transfer, where it has one address."""
    written = text(find(options, "transferSize"))
    size = written.replace(",", ".")
    count = int(Decimal(size) * _MEGABYTE) if _NUMBER.fullmatch(size) else 0
    if written and not count:
        description.tell("map-size", value=written)
    elif written and len(forms) != 1:
        description.tell("map-whose", what="transferSize", value=written)
    elif written:
        integer = f"{PREFIXES['xsd']}nonNegativeInteger"
        description.add("dcat:byteSize", make_literal(str(count), datatype=integer), forms[0].node)


def _distribution(
    description: Description, record: Record, element: Element, url: str
) -> str | None:
    """The node of a distribution, None for a page about the dataset."""
    function = next((read_code(one) for one in find_all(element, "function/*")), "")
    protocol = phrase(find(element, "protocol"))
    if function == "information":
        description.page("foaf:page", url, "CI_OnlineResource")
        return None
    node = description.node("dcat:distribution", "dcat:Distribution")
    description.link("dcat:accessURL", url, "CI_OnlineResource", node)
    if function == "download" or "download" in protocol.lower():
        description.link("dcat:downloadURL", url, "CI_OnlineResource", node)
    for name, predicate in (("name", "dct:title"), ("description", "dct:description")):
        for part in find_all(element, name):
            for words, tag in record.texts(part):
                description.say(predicate, words, tag, node)
    return node
