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
_SERVICE: Final = re.compile(r"OGC:(WMS|WFS|WCS)\b", re.IGNORECASE)
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
    service: str | None

    def format(self, *, alone: bool) -> str | None:
        """The one that it is in: the only one, or that which its address ends with.

        The only one of several addresses is that of those which say no other; what has none is in
        that of its service.
        """
        known = set(self.formats.values())
        if len(known) == 1:
            only = known.pop()
            is_own = alone or only in self.said or not self.said
            return (only if is_own else None) or self.service
        ending = re.split(r"[?#]", self.url)[0].rpartition(".")[2]
        named = codes.find_code(_TYPES, ending)
        return named if named in known else self.service


def say_distributions(description: Description, record: Record) -> None:
    """Each address once; formats and sizes of which nothing says whose they are, are told."""
    groups: list[list[_Form]] = []
    every: dict[str, str | None] = {}
    seen = {""}
    for formats, options in _groups(record):
        every |= formats
        groups.append([])
        for one in options:
            made = [*_addresses(description, record, one, seen, formats)]
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
    description: Description, record: Record, options: Element, seen: set[str], formats: Formats
) -> Iterator[_Form]:
    """The addresses of one way of transfer that were not `seen` yet."""
    for element in find_all(options, "onLine/*"):
        url = text(find(element, "linkage"))
        if url in seen:
            continue
        seen.add(url)
        if node := _distribution(description, record, element, url):
            yield _Form(url, node, formats, frozenset(_said(element, url)), _service(element))


def _said(element: Element, url: str) -> Iterator[str]:
    """The formats, and other ways to have data, that an address, its protocol and name speak of."""
    protocol = phrase(find(element, "protocol"))
    if protocol.upper().startswith(_LINK):
        yield _LINK
    # What lies above a file or a page says nothing of it.
    path, *asked = re.split(r"(?=[?#])", url.partition("://")[2].partition("/")[2])
    parts = [path.rstrip("/").rpartition("/")[2], *re.split(r"[/?&=#]", "".join(asked))]
    ends = [part.rpartition(".")[2] for part in (*parts, *re.split(r"[^A-Za-z]+", protocol))]
    words = (phrase(find(element, name)) for name in ("name", "description"))
    shouted = [word for one in words for word in re.findall(r"\b[A-Z]{3,}\b", one)]
    for word in {*ends, *shouted}:
        code = len(word) > 2 and (
            codes.find_code(_TYPES, word) or codes.find_code(_TYPES, f"{word}_SRVC")
        )
        if code and code.rpartition("/")[2] not in _AROUND:
            yield code


def _service(element: Element) -> str | None:
    """The format of what a service gives, where the protocol names one."""
    named = _SERVICE.match(phrase(find(element, "protocol")))
    return codes.find_code(_TYPES, f"{named[1]}_SRVC") if named else None


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
