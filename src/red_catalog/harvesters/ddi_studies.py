"""The studies of a DDI document, and what is said of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.description import Description
from red_catalog.harvesters.telling import tell
from red_catalog.harvesters.xmltree import attribute, descend, find, line_of_text, local
from red_catalog.model import Defect

# What holds studies, or comes before one, is no part of it.
_NEVER: Final = {"StudyUnit", "Group", "ResourcePackage", "DDIInstance", "FragmentInstance"}
_BEFORE: Final = {"BasedOnReference", "StudyUnitReference", "GroupReference"}
# What outside every study speaks of each of them.
RIGHTS: Final = (
    "AccessConditions", "Restrictions", "AccessTypeName", "AvailabilityStatus",
    "ConfidentialityStatement", "CitationRequirement",
)  # fmt: skip
# What all studies of a document may speak of together: the same part may be that of many.
_ROOM: Final = 10_000_000
# What is said of each study anew of conditions outside them, in all.
_REPEATED: Final = 200_000


@dataclass(frozen=True, slots=True)
class Study:
    """A study unit, the parts of the document that speak of it, and what speaks of no study.

    `loose`: the latter by local name, the same for all studies.
    """

    unit: Element
    parts: Sequence[Element]
    loose: Mapping[str, Sequence[Element]] = field(default_factory=dict)

    def descend(self, name: str) -> Iterator[Element]:
        """Every element of this local name that speaks of the study, once."""
        found = {id(one): one for part in self.parts for one in descend(part, name)}
        return iter(found.values())

    def around(self, name: str) -> Iterator[Element]:
        """Those elements, and those that may speak of every study."""
        yield from self.descend(name)
        yield from self.loose.get(name, ())


def find_studies(root: Element) -> list[Study] | Defect:
    """Each study of a document, or why there are none; of one alone all of the document speaks."""
    units = list(descend(root, "StudyUnit"))
    if not units:
        return tell("ddi-no-study")
    if len(units) == 1:
        return [Study(units[0], [root])]
    items = index_items(
        one
        for one in root.iter()
        if not local(one).endswith("Reference") and local(one) not in _NEVER
    )
    parts = []
    room = _ROOM
    for unit in units:
        parts.append(_follow(unit, items, room))
        room -= sum(1 for part in parts[-1] for _ in part.iter())
        if room < 0:
            return tell("ddi-too-large")
    loose = _find_loose(root, [*units, *(part for found in parts for part in found)])
    rights = sum(1 for name in RIGHTS for one in loose.get(name, ()) for _ in one.iter())
    if len(units) * rights > _REPEATED:
        return tell("ddi-too-large")
    return [Study(unit, found, loose) for unit, found in zip(units, parts, strict=True)]


def _find_loose(root: Element, held: Iterable[Element]) -> dict[str, list[Element]]:
    """By local name, the elements that are no part of those held."""
    spoken = {id(one) for part in held for one in part.iter()}
    loose: dict[str, list[Element]] = {}
    for one in root.iter():
        if id(one) not in spoken:
            loose.setdefault(local(one), []).append(one)
    return loose


def name_item(element: Element) -> str:
    """The name of an item or reference of DDI Lifecycle: agency and identifier, no version."""
    urn = line_of_text(find(element, "URN")).split(":")
    agency, name = line_of_text(find(element, "Agency")), line_of_text(find(element, "ID"))
    if len(urn) == 5 and urn[:2] == ["urn", "ddi"]:
        agency, name = urn[2:4]
    return f"{agency}:{name}" if name else ""


def index_items(elements: Iterable[Element]) -> dict[str, Element]:
    """By all that references may call them, the items; of those of one name the first."""
    items: dict[str, Element] = {}
    for element in elements:
        for name in _names(element):
            items.setdefault(name, element)
    return items


def find_item(reference: Element, items: Mapping[str, Element]) -> Element | None:
    """What an element refers to, if it refers to any of these items."""
    if not local(reference).endswith("Reference") or local(reference) in _BEFORE:
        return None
    agency, _, name = name_item(reference).rpartition(":")
    calls = (f"{agency}:{name}", f":{name}") if agency else (f":{name}", name)
    return next((items[one] for one in calls if one in items), None)


def keep_apart(found: Iterable[Description | None], what: str) -> list[Description] | Defect:
    """The descriptions, one an IRI; that a study has no name (None) is told beside the others."""
    kept: dict[str, Description] = {}
    nameless = False
    for one in found:
        if one is None:
            nameless = True
            continue
        first = kept.setdefault(one.iri, one)
        if first is not one:
            first.tell("ddi-same-name", what=what, iri=one.iri)
    descriptions = list(kept.values())
    if nameless and descriptions:
        descriptions[-1].defects.append(tell("ddi-nameless"))
    return descriptions or tell("ddi-nameless")


def _names(element: Element) -> Iterator[str]:
    """What references may call an item: with its agency, or without."""
    own = name_item(element) or f":{attribute(element, 'id')}"
    if own != ":":
        yield own
        yield own.rpartition(":")[2]


def _follow(unit: Element, items: Mapping[str, Element], room: int) -> list[Element]:
    """A study unit, and what it refers to, near or far; `room`: how many elements at most."""
    found = {id(unit): unit}
    waiting = [unit]
    while waiting and room >= 0:
        for one in waiting.pop().iter():
            room -= 1
            item = find_item(one, items)
            if item is not None and id(item) not in found:
                found[id(item)] = item
                waiting.append(item)
    return list(found.values())
