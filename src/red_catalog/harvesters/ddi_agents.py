"""Who made, distributes and answers for the study of a DDI codebook."""

from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.ddi_text import LINK, read_name
from red_catalog.harvesters.description import Description
from red_catalog.harvesters.xmltree import attribute, find_all, language, line_of_text

_CONTACTS: Final = ("citation/distStmt/contact", "dataAccs/useStmt/contact")
_AGENTS: Final = (
    "citation/rspStmt/AuthEnty", "citation/prodStmt/producer", "citation/distStmt/distrbtr",
    *_CONTACTS,
)  # fmt: skip


def is_of_archive(element: Element) -> bool:
    """Whether a repository wrote this of itself, as Dataverse marks it."""
    return attribute(element, "source") == "archive"


def say_agents(description: Description, study: Element) -> None:
    """Publisher, distributors, authors and contacts."""
    # A repository adds itself before those whom the holder names.
    distributors = sorted(find_all(study, "citation/distStmt/distrbtr"), key=is_of_archive)
    producers = list(find_all(study, "citation/prodStmt/producer"))
    publishers = distributors[:1] or producers[:1]
    for element in find_all(study, "citation/rspStmt/AuthEnty"):
        _say_agent(description, "dct:creator", element)
    for element in producers:
        if element not in publishers:
            _say_agent(description, "dct:creator", element)
    for element in publishers:
        node = _say_agent(description, "dct:publisher", element)
        if distributors and not is_of_archive(element):
            _reach(description, study, node)
    for element in distributors[1:]:
        _say_agent(description, "geodcatap:distributor", element)
    for path in _CONTACTS:
        for element in find_all(study, path):
            name, tag = read_name(element), language(element)
            url = attribute(element, "URI")
            description.contact(name, attribute(element, "email"), url, tag)
    _tell_beside(description, study)


def _say_agent(description: Description, predicate: str, element: Element) -> str:
    url = attribute(element, "URI")
    return description.agent(predicate, read_name(element), language(element), url)


def _reach(description: Description, study: Element, distributor: str) -> None:
    """Whom to write to about the distribution is how to reach the distributor."""
    for element in find_all(study, "citation/distStmt/contact"):
        email, url = attribute(element, "email"), attribute(element, "URI")
        if email or url:
            description.reach(distributor, email, url)
            return


def _tell_beside(description: Description, study: Element) -> None:
    """What stands beside names: links, and whom people belong to."""
    for element in (one for path in _AGENTS for one in find_all(study, path)):
        for link in find_all(element, LINK):
            if address := attribute(link, "URI") or line_of_text(link):
                description.tell("map-nowhere", what=LINK, value=address)
        if whose := attribute(element, "affiliation"):
            description.tell("map-nowhere", what="affiliation", value=whose)
