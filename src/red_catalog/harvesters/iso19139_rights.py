"""What an ISO 19139 record says of access, use and licences."""

from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import find_licences, linked_licences, state_access
from red_catalog.harvesters.description import Description, web_identifier
from red_catalog.harvesters.iso19139_record import Record, phrase, read_code
from red_catalog.harvesters.xmltree import attribute, find_all
from red_catalog.rdf.terms import make_iri

# Of these a licence is said in words or by its address.
_OTHERWISE = {"otherRestrictions", "license", ""}


def say_rights(description: Description, record: Record) -> None:
    """Limitations and constraints as statements of rights, and the access level they state."""
    said = []
    for constraints in find_all(record.named, "resourceConstraints/*"):
        for name in ("useLimitation", "otherConstraints"):
            for element in find_all(constraints, name):
                _say_statement(description, record, element)
        said += _access(constraints)
        for code in _uses(constraints):
            if code not in _OTHERWISE:
                description.tell("map-nowhere", what="useConstraints", value=code)
    state_access(description, said)


def named_licences(record: Record) -> list[str]:
    """The addresses of the licences under which the data may be used."""
    found: dict[str, None] = {}
    for constraints in find_all(record.named, "resourceConstraints/*"):
        said = [*find_all(constraints, "useLimitation")]
        if _OTHERWISE & {*_uses(constraints)}:
            said += find_all(constraints, "otherConstraints")
        for element in said:
            found |= dict.fromkeys(linked_licences(_address(element) or phrase(element)))
    return list(found)


def _say_statement(description: Description, record: Record, element: Element) -> None:
    """The words, with the address that they are linked to; the address alone where it says all."""
    address = _address(element)
    texts = list(record.texts(element))
    if not texts and not find_licences(address):
        texts = [(address, None)]
    for words, tag in texts:
        node = description.statement("dct:rights", "dct:RightsStatement", words, tag)
        if node and address and words != address:
            description.add("rdfs:seeAlso", make_iri(address), node)


def _address(element: Element) -> str:
    """The web address of an Anchor."""
    linked = (attribute(one, "href") for one in find_all(element, "Anchor"))
    return next((one for one in linked if one.startswith("http") and web_identifier(one)), "")


def _uses(constraints: Element) -> list[str]:
    return [read_code(one) for one in find_all(constraints, "useConstraints/*")]


def _access(constraints: Element) -> list[str]:
    """The words that may state an access level."""
    codes = [read_code(one) for one in find_all(constraints, "accessConstraints/*")]
    codes += [read_code(one) for one in find_all(constraints, "classification/*")]
    found = [code for code in codes if code not in {"otherRestrictions", "unclassified", ""}]
    if not codes:
        return []
    for element in find_all(constraints, "otherConstraints"):
        anchors = [attribute(one, "href") for one in find_all(element, "Anchor")]
        found.append(next(filter(None, anchors), phrase(element)))
    return [one for one in found if one]
