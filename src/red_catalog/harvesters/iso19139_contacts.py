"""The parties of an ISO 19139 record: agents by role, and whom to write to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.iso19139_record import Record, phrase, read_code
from red_catalog.harvesters.xmltree import descend, find, find_all, text

_CONTACT: Final = "pointOfContact"
_CITED: Final = "citedResponsibleParty"
_DISTRIBUTOR: Final = "distributor"
_DISTRIBUTORS: Final = "distributionInfo/*/distributor/*/distributorContact/*"
_ROLES: Final = {
    "publisher": "dct:publisher", "author": "dct:creator", "principalInvestigator": "dct:creator",
    "originator": "dct:creator", "owner": "dct:rightsHolder", "custodian": "geodcatap:custodian",
    "resourceProvider": "dct:contributor", "processor": "dct:contributor",
    "distributor": "geodcatap:distributor",
}  # fmt: skip
_SINGLE: Final = {"dct:publisher", "geodcatap:custodian"}
# Who answers for the data, where their point of contact cannot be reached.
_IN_ITS_PLACE: Final = ("publisher", "owner", "custodian")


@dataclass(frozen=True, slots=True)
class _Party:
    """An organisation or a post, and its role."""

    role: str
    name: str
    names: tuple[tuple[str, str | None], ...]
    email: str
    url: str
    telephone: str
    is_person: bool


def say_contacts(description: Description, record: Record) -> None:
    """The contact point and the agents; what has another role is told."""
    parties: dict[tuple[str, str, str], _Party] = {}
    for element, place in _find(record):
        party = _read(element, record, place)
        key = party.role, party.name, party.email or party.url
        # Of one that is there twice, the telephone counts wherever it stands.
        if key not in parties or (party.telephone and not parties[key].telephone):
            parties[key] = party
        person = phrase(find(element, "individualName"))
        if person and person != party.name:
            description.tell("map-person")
    stand_in = _stand_in([*parties.values()])
    said: set[tuple[str, str]] = set()
    for party in parties.values():
        if party.role == _CONTACT or party is stand_in:
            node = description.contact(party.name, party.email, party.url, record.language)
            if node:
                _translate(description, "vcard:fn", party, node)
                description.say("vcard:tel", party.telephone, None, node)
        named = party.role, party.name
        if party.role != _CONTACT and not (party.name and named in said):
            _say_agent(description, record, party, told=party is stand_in)
        said.add(named)


def _find(record: Record) -> Iterator[tuple[Element, str]]:
    """The parties, each with the element that it stands in."""
    yield from ((one, _CONTACT) for one in find_all(record.named, "pointOfContact/*"))
    yield from ((one, _CITED) for one in find_all(record.named, f"citation/*/{_CITED}/*"))
    yield from ((one, _DISTRIBUTOR) for one in find_all(record.root, _DISTRIBUTORS))


def _read(element: Element, record: Record, place: str) -> _Party:
    organisation, post = find(element, "organisationName"), find(element, "positionName")
    named = organisation if phrase(organisation) else post
    is_person = find(element, "individualName") is not None
    phones = () if is_person else descend(element, "voice")
    role = next((read_code(one) for one in find_all(element, "role/*")), "") or place
    return _Party(
        # Whom to ask about the distribution, or who is cited, is no contact for the data.
        place if role == _CONTACT else role,
        phrase(named),
        tuple(record.texts(named)) if named is not None else (),
        "; ".join(filter(None, map(text, descend(element, "electronicMailAddress")))),
        next((text(one) for one in descend(element, "URL") if text(one)), ""),
        next(filter(None, map(phrase, phones)), ""),
        is_person,
    )


def _stand_in(parties: list[_Party]) -> _Party | None:
    """Who is to be written to where no point of contact has an address."""
    if any(one.role == _CONTACT and (one.email or one.url) for one in parties):
        return None
    found = (one for role in _IN_ITS_PLACE for one in parties if one.role == role and one.email)
    return next(found, None)


def _say_agent(description: Description, record: Record, party: _Party, *, told: bool) -> None:
    """An agent by its role. `told`: it was named as contact already."""
    predicate = _ROLES.get(party.role)
    address = party.email or party.url
    if predicate is None:
        if shown := party.name or address:
            description.tell("map-nowhere", what=party.role, value=shown)
    elif not party.name:
        if address and not told:
            description.tell("map-nameless", what=party.role, value=address)
    elif predicate in _SINGLE and description.has(predicate):
        description.tell("map-one", what=predicate, value=party.name)
    else:
        node = description.agent(predicate, party.name, record.language)
        _translate(description, "foaf:name", party, node)
        if predicate in _SINGLE and not party.is_person:
            description.reach(node, party.email, party.url)


def _translate(description: Description, predicate: str, party: _Party, node: str) -> None:
    """The name in the other languages."""
    for words, tag in party.names:
        if node and words != party.name:
            description.say(predicate, words, tag, node)
