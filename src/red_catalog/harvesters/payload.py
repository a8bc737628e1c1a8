"""From an XML record to a document: RDF as it is, the known formats by their mapping."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.ddi_codebook import map_ddi_codebook
from red_catalog.harvesters.ddi_lifecycle import map_ddi_lifecycle
from red_catalog.harvesters.description import Description, leave_out
from red_catalog.harvesters.dublin_core import map_dublin_core
from red_catalog.harvesters.iso19139 import map_iso19139
from red_catalog.harvesters.telling import refuse
from red_catalog.harvesters.xmltree import RDF, cut_out, local
from red_catalog.http import printable
from red_catalog.model import Defect, Document, Source, Unreadable

_DCAT: Final = "{http://www.w3.org/ns/dcat#}"
_ISO_19115_3: Final = "{http://standards.iso.org/iso/19115/-3/"
# Records of which nobody knows what they describe: they are not gone.
_UNREAD: Final = {"iso-no-resource", "ddi-nameless", "ddi-too-large"}
_DDI: Final = {"DDIInstance", "FragmentInstance", "StudyUnit", "Fragment"}


def describe_all(
    element: Element, source: Source, name: str, location: str, *, any_type: bool = False
) -> Iterator[Document | Unreadable]:
    """The document that a record gives, and what of the record is not read."""
    found = describe(element, source, name, location, any_type=any_type)
    if isinstance(found, Unreadable):
        yield found
        return
    unread = [one for one in found.defects if one.code in _UNREAD]
    yield replace(found, defects=tuple(one for one in found.defects if one not in unread))
    for one in unread:
        yield Unreadable(printable(location), one)


def describe(
    element: Element, source: Source, name: str, location: str, *, any_type: bool = False
) -> Document | Unreadable:
    """The document that a record gives. `name` stands for an identifier where it has none."""
    if element.tag == f"{RDF}RDF":
        return Document(location, cut_out(element), "application/rdf+xml")
    if element.tag.startswith(_DCAT):
        return Document(location, _wrap(element), "application/rdf+xml")
    found = _map(element, source, name, any_type=any_type)
    if found is None:
        return refuse(location, "xml-unknown", root=_show(element))
    if isinstance(found, Defect) and found.code in _UNREAD:
        return Unreadable(printable(location), found)
    if isinstance(found, Defect):
        # A record that describes no dataset is told, and is no reason to doubt the others.
        return leave_out(location, found)
    documents = [one.document(location, number) for number, one in enumerate(found)]
    return replace(
        documents[0],
        content=b"".join(one.content for one in documents),
        defects=tuple(told for one in documents for told in one.defects),
    )


def _map(
    element: Element, source: Source, name: str, *, any_type: bool
) -> list[Description] | Defect | None:
    match local(element):
        case "dc" | "qualifieddc" | "simpledc" | "Record":
            found = map_dublin_core(element, source, name, any_type=any_type)
            return found if isinstance(found, Defect) else [found]
        case "MD_Metadata" | "MI_Metadata" if not element.tag.startswith(_ISO_19115_3):
            found = map_iso19139(element, source, name, any_type=any_type)
            return found if isinstance(found, Defect) else [found]
        case "codeBook":
            return map_ddi_codebook(element, source, name)
        case kind if kind in _DDI:
            return map_ddi_lifecycle(element, source, name)
    return None


def _show(element: Element) -> str:
    newer = element.tag.startswith(_ISO_19115_3)
    return local(element) + (" (ISO 19115-3)" if newer else "")


def _wrap(element: Element) -> bytes:
    root = Element(f"{RDF}RDF")
    root.append(element)
    return cut_out(root)
