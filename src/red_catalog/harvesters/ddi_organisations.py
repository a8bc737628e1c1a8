"""The organisations of DDI Lifecycle: named where the study cites them, or referred to."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.ddi_lifecycle_text import Words, read_words
from red_catalog.harvesters.ddi_studies import Study, find_item, index_items, name_item
from red_catalog.harvesters.description import Description
from red_catalog.harvesters.xmltree import attribute, descend, find, find_all, line_of_text, local

_AGENTS: Final = (
    ("Creator", "dct:creator"), ("Contributor", "dct:contributor"), ("Publisher", "dct:publisher"),
)  # fmt: skip


def say_organisations(description: Description, study: Study) -> None:
    """Who made and publishes the data, and whom to write to."""
    known = index_items(study.descend("Organization"))
    for kind, predicate in _AGENTS:
        for element in find_all(study.unit, f"Citation/{kind}"):
            _say_agent(description, predicate, kind, element, known)
    asked = {name_item(one): one for one in study.descend("ContactOrganizationReference")}
    for name, reference in asked.items():
        found = find_item(reference, known)
        if found is not None:
            words, tag = next(_read_name(found), ("", None))
            description.contact(words, _read_email(found), "", tag)
        elif name:
            description.tell("map-nameless", what="contact", value=name)


def _say_agent(
    description: Description, predicate: str, kind: str, element: Element,
    known: Mapping[str, Element],
) -> None:  # fmt: skip
    references = [one for one in element if local(one).endswith("Reference")]
    names = list(_read_cited(element, kind))
    found = [one for one in (find_item(ref, known) for ref in references) if one is not None]
    email = next(filter(None, map(_read_email, found)), "")
    if not names:
        names = [words for one in found for words in _read_name(one)]
    if not names:
        for name in filter(None, map(name_item, references)):
            description.tell("map-nameless", what=predicate, value=name)
        return
    if predicate == "dct:publisher" and description.has(predicate):
        description.tell("map-one", what=predicate, value=names[0][0])
        return
    node = description.agent(predicate, *names[0])
    for words, tag in names[1:]:
        description.say("foaf:name", words, tag, node)
    if predicate == "dct:publisher":
        description.reach(node, email, "")


def _read_cited(element: Element, kind: str) -> Iterator[Words]:
    """The name in the citation itself, which before DDI 3.2 is all of the element."""
    name = find(element, f"{kind}Name")
    if name is not None:
        yield from read_words(name)
    elif len(element) == 0 or find(element, "String") is not None:
        yield from read_words(element)


def _read_name(organisation: Element) -> Iterator[Words]:
    """The name of an organisation in its languages: the preferred one, where one is."""
    names = sorted(
        descend(organisation, "OrganizationName"),
        key=lambda one: attribute(one, "isPreferred") != "true",
    )
    yield from (words for one in names[:1] for words in read_words(one))


def _read_email(organisation: Element) -> str:
    """The mailbox of an organisation, unless it is marked as not for all."""
    public = (
        one for one in descend(organisation, "Email") if attribute(one, "privacy") in {"", "public"}
    )
    found = (line_of_text(find(one, "InternetEmail")) or line_of_text(one) for one in public)
    return next(filter(None, found), "")
