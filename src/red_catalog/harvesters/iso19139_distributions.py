"""Where the data of an ISO 19139 record are to be had, in which format and of what size."""

import re
from collections.abc import Iterable, Iterator, Mapping
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

Formats = Mapping[str, str | None]
"""What formats are called, with the IRI of each that the European list has."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A distribution, and the formats that it may be in."""

    url: str
    node: str
    formats: Formats

    def format(self) -> str | None:
        """The one that it is in: the only one, or that which its address ends with."""
        known = set(self.formats.values())
        if len(known) == 1:
            return known.pop()
        ending = re.split(r"[?#]", self.url)[0].rpartition(".")[2]
        named = codes.find_code(_TYPES, ending)
        return named if named in known else None


def say_distributions(description: Description, record: Record) -> None:
    """Each address once; formats and sizes of which nothing says whose they are, are told."""
    forms: list[_Form] = []
    every: dict[str, str | None] = {}
    seen = {""}
    for formats, options in _groups(record):
        every |= formats
        for one in options:
            found = _addresses(description, record, one, seen)
            made = [_Form(url, node, formats) for url, node in found]
            _size(description, one, made)
            forms += made
    say_licences(description, named_licences(record), [one.node for one in forms])
    used = set()
    for form in forms:
        if known := form.format():
            used.add(known)
            description.add("dct:format", make_iri(known), form.node)
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
) -> Iterator[tuple[str, str]]:
    """The addresses of one way of transfer that were not `seen` yet, each with its node."""
    for element in find_all(options, "onLine/*"):
        url = text(find(element, "linkage"))
        if url in seen:
            continue
        seen.add(url)
        if node := _distribution(description, record, element, url):
            yield url, node


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
