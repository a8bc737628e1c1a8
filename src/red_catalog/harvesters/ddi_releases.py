"""The version of the study of a DDI codebook, and its dates."""

from xml.etree.ElementTree import Element

from red_catalog.harvesters.ddi_agents import is_of_archive
from red_catalog.harvesters.ddi_text import read_line, read_text
from red_catalog.harvesters.description import Description
from red_catalog.harvesters.xmltree import attribute, find_all, language, line_of_text


def say_release(description: Description, study: Element) -> None:
    """What the study's own citation says."""
    for citation in find_all(study, "citation"):
        _say_dates(description, citation, "distStmt/distDate", "dct:issued")
        _say_dates(description, citation, "prodStmt/prodDate", "dct:created")
        _say_versions(description, citation)


def say_archived(description: Description, root: Element) -> None:
    """What an archive says in the citation of the document: Dataverse dates the study there."""
    for citation in find_all(root, "docDscr/citation"):
        if _is_archived(citation, "distStmt/distrbtr") and not description.has("dct:issued"):
            _say_dates(description, citation, "distStmt/distDate", "dct:issued")
        if _is_archived(citation, "verStmt") and not description.has("dcat:version"):
            _say_versions(description, citation)


def _is_archived(citation: Element, path: str) -> bool:
    return any(map(is_of_archive, find_all(citation, path)))


def _say_versions(description: Description, citation: Element) -> None:
    for element in find_all(citation, "verStmt/version"):
        if description.has("dcat:version") and (words := read_line(element)):
            description.tell("map-one", what="dcat:version", value=words)
        else:
            description.say("dcat:version", read_text(element), language(element))
        _say_date(description, "dct:modified", attribute(element, "date"), "verStmt/version")


def _say_dates(description: Description, citation: Element, path: str, predicate: str) -> None:
    for element in find_all(citation, path):
        written = attribute(element, "date") or line_of_text(element)
        _say_date(description, predicate, written, path)


def _say_date(description: Description, predicate: str, written: str, what: str) -> None:
    if written and description.has(predicate):
        description.tell("map-one", what=predicate, value=written)
    else:
        description.date(predicate, written, what)
