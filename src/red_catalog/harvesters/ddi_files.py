"""The files and variables of a DDI codebook."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import find_licences, linked_licences, say_licences
from red_catalog.harvesters.ddi_text import read_line, read_text
from red_catalog.harvesters.description import Description, web_identifier
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.variables import Variable, write_tables
from red_catalog.harvesters.xmltree import (
    attribute,
    find,
    find_all,
    language,
    line_of_text,
    local,
    text,
)
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.rdf.terms import make_iri

_TYPES: Final = (f"{EU_AUTHORITY}file-type",)
_MIME: Final = "DATAVERSE:CONTENTTYPE"
# Of other material a repository marks what is a file of the data so.
_DATA: Final = {"datafile", "file"}
_LICENCES: Final = ("dataAccs/notes", "dataAccs/useStmt/conditions", "dataAccs/useStmt/restrctn")


def say_files(description: Description, root: Element, study: Element) -> None:
    """A distribution for each address with the study's licence, and the variables by file."""
    nodes = list(_distributions(description, root))
    say_licences(description, name_licences(description, study), nodes)
    _say_variables(description, root, study)


def name_licences(description: Description, study: Element) -> list[str]:
    """The licences that the study's terms are or link to."""
    found: list[str] = []
    for words in (text(one) for path in _LICENCES for one in find_all(study, path)):
        linked = linked_licences(words)
        for one in find_licences(words):
            if one not in linked:
                description.tell("map-licence", value=one)
        found += linked
    return found


def _distributions(description: Description, root: Element) -> Iterator[str]:
    seen: set[str] = set()
    for element in (*find_all(root, "fileDscr"), *find_all(root, "otherMat")):
        url, name = attribute(element, "URI"), local(element)
        if not url or url in seen:
            continue
        seen.add(url)
        if name == "otherMat" and attribute(element, "level") not in _DATA:
            description.page("foaf:page", url, name)
        elif (web_identifier(url) or "").startswith("http"):
            yield _distribution(description, element, url)
        else:
            description.tell("map-url", value=url, what=name)


def _distribution(description: Description, element: Element, url: str) -> str:
    node = description.node("dcat:distribution", "dcat:Distribution")
    description.link("dcat:accessURL", url, local(element), node)
    for predicate, paths in (
        ("dct:title", ("fileTxt/fileName", "labl")),
        ("dct:description", ("fileTxt/fileCont", "txt")),
    ):
        for one in (found for path in paths for found in find_all(element, path)):
            description.say(predicate, read_text(one), language(one), node)
    for written in _types(element):
        if code := find_code(_TYPES, written):
            description.add("dct:format", make_iri(code), node)
        else:
            description.tell("map-code", what="dct:format", value=written)
    return node


def _types(element: Element) -> Iterator[str]:
    named = [line_of_text(one) for one in find_all(element, "fileTxt/fileType")]
    notes = (one for one in find_all(element, "notes") if attribute(one, "type") == _MIME)
    yield from filter(None, dict.fromkeys((*named, *map(line_of_text, notes))))


def _say_variables(description: Description, root: Element, study: Element) -> None:
    files = list(find_all(root, "fileDscr"))
    by_file: dict[str, list[Variable]] = {attribute(one, "ID"): [] for one in files}
    rest: list[Variable] = []
    for element in find_all(root, "dataDscr/var"):
        located = (attribute(one, "fileid") for one in find_all(element, "location"))
        named = attribute(element, "files").split() or [*located]
        variable = _variable(element)
        for where in [by_file[one] for one in named if one in by_file] or [rest]:
            where.append(variable)
    titles = [(line_of_text(t), language(t)) for t in find_all(study, "citation/titlStmt/titl")]
    tables = [(list(_file_titles(one)), by_file[attribute(one, "ID")]) for one in files]
    write_tables(description, titles, [*tables, (titles, rest)])
    cases = [line_of_text(one) for one in find_all(root, "fileDscr/fileTxt/dimensns/caseQnty")]
    if len(cases) == 1:
        description.number("healthdcatap:numberOfRecords", cases[0], "caseQnty")
    elif cases:
        description.tell("map-one", what="caseQnty", value=" + ".join(cases))


def _file_titles(element: Element) -> Iterator[tuple[str, str | None]]:
    for name in find_all(element, "fileTxt/fileName"):
        yield line_of_text(name), language(name)


def _variable(element: Element) -> Variable:
    labels = {language(one): read_line(one) for one in find_all(element, "labl")}
    notes = {language(one): read_text(one) for one in find_all(element, "txt")}
    for one in find_all(element, "qstn/qstnLit"):
        notes.setdefault(language(one), read_text(one))
    name = attribute(element, "name") or attribute(element, "ID")
    return Variable(name, labels, notes, _datatype(element))


def _datatype(element: Element) -> str | None:
    """What `varFormat` says, in the words of CSV on the Web."""
    form = find(element, "varFormat")
    if form is None:
        return None
    if attribute(form, "category") in {"date", "time"}:
        return attribute(form, "category")
    kind = attribute(form, "type")
    if kind == "numeric":
        return "integer" if attribute(element, "dcml") == "0" else "decimal"
    return "string" if kind == "character" else None
