"""One schema.org Dataset as RDF: a pure function, driven by tables."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urldefrag

from red_catalog.harvesters.access import conclude, recognise
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.mapping.nodes import Table, agent, apply, contact, report_rest
from red_catalog.harvesters.mapping.prose import prose
from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.sizes import sizes
from red_catalog.harvesters.mapping.values import (
    address,
    dates,
    iris,
    labelled,
    plain,
    scalars,
    texts,
    things,
)
from red_catalog.harvesters.markup import unescape
from red_catalog.harvesters.webpage_blocks import Node, local
from red_catalog.harvesters.webpage_values import (
    Given,
    identifiers,
    keywords,
    links,
    names,
    parties,
    periods,
    places,
)
from red_catalog.model import Document
from red_catalog.namespaces import EU_AUTHORITY, PREFIXES
from red_catalog.rdf.terms import make_iri, make_literal

_DEPTH: Final = 6
_ACCESS: Final = EU_AUTHORITY + "access-right"
_ASIDE: Final = {"@type", "@language", "@direction"}


def map_dataset(
    dataset: Node, nodes: Mapping[str, Node], iri: str, page: str, language: str
) -> Document:
    """The description of one dataset of a page, its texts in its own language before this one."""
    sheet = Sheet(iri, dataset.get("@language") or language)
    sheet.node("dcat:Dataset", iri)
    given = _resolve(dataset, nodes, page)
    if "url" in given:
        given["url"] = [address(url, page) or url for url in scalars(given["url"])]
    if "author" in given:
        # Dataverse names the same people twice; comparing each with each takes minutes for many.
        makers = {*map(repr, scalars(given.get("creator")))}
        given["author"] = [one for one in scalars(given["author"]) if repr(one) not in makers]
    known = apply(sheet, sheet.root, given, DATASET)
    if not sheet.has("dct:identifier"):
        sheet.say(sheet.root, "dct:identifier", [make_literal(iri)])
    if not sheet.has("dct:title"):
        sheet.note("dataset-untitled")
    _say_access(sheet, given)
    if given.get("isAccessibleForFree") not in (None, "") and not sheet.has("dct:accessRights"):
        sheet.note("free-is-not-access")
    _say_distributions(sheet, given, page)
    _say_variables(sheet, given)
    report_rest(sheet, given, known | _KNOWN)
    return sheet.document(page)


def name_dataset(dataset: Node, page: str, *, alone: bool) -> str | None:
    """The IRI of a dataset: its @id, its url, else the page's where it holds no other.

    No identifier: several datasets may give the DOI of the collection that they are part of.
    """
    own = dataset.get("@id")
    if isinstance(own, str) and own and not own.startswith("_:"):
        return address(own, page)
    urls = filter(None, (address(one, page) for one in scalars(dataset.get("url"))))
    # In whatever order the page lists them.
    url = min(urls, key=lambda one: (_server(one) != _server(page), one), default=None)
    if alone and (url is None or _server(url) != _server(page)):
        return urldefrag(page).url
    return url


def _server(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()


def _resolve(value: Any, nodes: Mapping[str, Node], page: str, depth: int = 0) -> Any:
    """A value with its references replaced by the nodes of the page that they name."""
    if depth > _DEPTH:
        return None if isinstance(value, dict | list) else value
    if isinstance(value, list):
        return [_resolve(one, nodes, page, depth + 1) for one in value]
    if isinstance(value, str):
        # Some systems escape for HTML what is none.
        return unescape(value)
    if not isinstance(value, dict):
        return value
    named = value.get("@id")
    if set(value) <= {"@id", "@type"} and isinstance(named, str) and named in nodes:
        value = nodes[named]
    plain_keys = {local(str(key)): one for key, one in value.items()}
    return {key: _resolve(one, nodes, page, depth + 1) for key, one in plain_keys.items()}


def _say_access(sheet: Sheet, given: Given) -> None:
    conditions = list(scalars(given.get("conditionsOfAccess")))
    levels = [_level(one) for one in conditions]
    words = [level or _words(one) for level, one in zip(levels, conditions, strict=True)]
    if f"{_ACCESS}/PUBLIC" in levels and conclude(words) is None:
        shown = " / ".join(map(str, conditions))[:200]
        sheet.note("access-doubtful", field="conditionsOfAccess", value=shown)
        levels = [None for _ in levels]
    statement = labelled("dct:RightsStatement")
    for level, one in zip(levels, conditions, strict=True):
        if level:
            sheet.say(sheet.root, "dct:accessRights", [make_iri(level)])
        else:
            sheet.say(sheet.root, "dct:rights", statement(sheet, "conditionsOfAccess", one))


def _words(one: object) -> str:
    """What a condition says, in all that a node holds: its name may take back what its @id says."""
    if not isinstance(one, dict):
        return str(one)
    held = [value for key, value in one.items() if key not in _ASIDE]
    return " ".join(_words(inner) for value in held for inner in scalars(value)) or str(one)


def _level(one: object) -> str | None:
    """The IRI of the access level that a condition is."""
    if not isinstance(one, str):
        return None
    if level := recognise(one):
        return f"{_ACCESS}/{level}"
    return find_code((_ACCESS,), one) or (address(one) if one.startswith(_ACCESS) else None)


def _say_distributions(sheet: Sheet, given: Given, page: str) -> None:
    own = names(EU_AUTHORITY + "licence", kind="dct:LicenseDocument")
    licences = own(sheet, "license", given.get("license"))
    made = 0
    for number, one in enumerate(scalars(given.get("distribution"))):
        where = f"distribution.{number}."
        if not isinstance(one, dict):
            sheet.refuse(where[:-1], one, ("une distribution", "a distribution"))
            continue
        node = sheet.node("dcat:Distribution", address(one.get("@id"), page))
        known = apply(sheet, node, one, DISTRIBUTION, where)
        access = one.get("url") or one.get("contentUrl")
        here = [address(url, page) or url for url in scalars(access)]
        sheet.say(node, "dcat:accessURL", iris(sheet, where + "url", here))
        download = [address(url, page) or url for url in scalars(one.get("contentUrl"))]
        sheet.say(node, "dcat:downloadURL", iris(sheet, where + "contentUrl", download))
        if not one.get("license"):
            sheet.say(node, "dct:license", licences)
        report_rest(sheet, one, known | {"@id", "@type", "url", *DISTRIBUTION_BESIDE}, where)
        sheet.say(sheet.root, "dcat:distribution", [node])
        made += 1
    if not made:
        sheet.say(sheet.root, "dct:license", licences)


def _say_variables(sheet: Sheet, given: Given) -> None:
    variables = list(scalars(given.get("variableMeasured")))
    columns = []
    for number, one in enumerate(variables):
        where = f"variableMeasured.{number}."
        told: Given = one if isinstance(one, dict) and "@value" not in one else {"name": one}
        names = texts(sheet, where + "name", told.get("name") or told.get("value"))
        if not names:
            sheet.refuse(where[:-1], one, ("une variable nommée", "a named variable"))
            continue
        column = sheet.node("csvw:Column")
        identifier = told.get("alternateName") or told.get("propertyID") or told.get("name")
        short = [term.rpartition('"')[0] + '"' for term in texts(sheet, where + "name", identifier)]
        sheet.say(column, "csvw:name", short[:1] or [names[0].rpartition('"')[0] + '"'])
        sheet.say(column, "csvw:title", names)
        sheet.say(column, "dct:description", prose(sheet, where, told.get("description")))
        report_rest(sheet, told, _VARIABLE, where)
        columns.append(column)
    if not columns:
        return
    title = texts(sheet, "name", given.get("name"))
    group, table = sheet.node("csvw:TableGroup"), sheet.node("csvw:Table")
    true = make_literal("true", None, PREFIXES["xsd"] + "boolean")
    sheet.say(sheet.root, "healthdcatap:hasStructuredData", [true])
    sheet.say(sheet.root, "healthdcatap:hasVariables", [group])
    sheet.say(group, "dct:title", title)
    sheet.say(group, "csvw:table", [table])
    sheet.say(table, "dct:title", title)
    sheet.say(table, "csvw:column", columns)


DATASET: Final[Table] = {
    "name": ("dct:title", texts),
    "alternateName": ("dct:alternative", texts),
    "description": ("dct:description", prose),
    "abstract": ("dct:abstract", prose),
    "identifier": ("dct:identifier", identifiers),
    "url": ("dcat:landingPage", things("foaf:Document")),
    "sameAs": ("foaf:page", things("foaf:Document")),
    "keywords": ("dcat:keyword", keywords),
    "creator": ("dct:creator", parties(agent)),
    "author": ("dct:creator", parties(agent)),
    "contributor": ("dct:contributor", parties(agent)),
    "publisher": ("dct:publisher", parties(agent)),
    "provider": ("geodcatap:distributor", parties(agent)),
    "maintainer": ("dcat:contactPoint", parties(contact)),
    "contactPoint": ("dcat:contactPoint", parties(contact)),
    "dateModified": ("dct:modified", dates),
    "datePublished": ("dct:issued", dates),
    "dateCreated": ("dct:created", dates),
    "version": ("dcat:version", plain),
    "inLanguage": ("dct:language", names(EU_AUTHORITY + "language")),
    "temporalCoverage": ("dct:temporal", periods),
    "spatialCoverage": ("dct:spatial", places),
    "isPartOf": ("dct:isPartOf", links),
    "hasPart": ("dct:hasPart", links),
    "isBasedOn": ("dct:source", links),
    "citation": ("dct:isReferencedBy", links),
    "conformsTo": ("dct:conformsTo", names(kind="dct:Standard")),
}
DISTRIBUTION: Final[Table] = {
    "name": ("dct:title", texts),
    "description": ("dct:description", prose),
    "encodingFormat": (
        "dct:format",
        names(EU_AUTHORITY + "file-type", kind="dct:MediaTypeOrExtent"),
    ),
    "contentSize": ("dcat:byteSize", sizes),
    "datePublished": ("dct:issued", dates),
    "dateModified": ("dct:modified", dates),
    "inLanguage": ("dct:language", names(EU_AUTHORITY + "language")),
    "license": ("dct:license", names(EU_AUTHORITY + "licence", kind="dct:LicenseDocument")),
}
_VARIABLE: Final = {"@id", "@type", "name", "value", "alternateName", "propertyID", "description"}
# Mapped elsewhere.
BESIDE: Final = {
    "distribution": ("dcat:distribution",), "license": ("dct:license",),
    "conditionsOfAccess": ("dct:accessRights", "dct:rights"),
    "variableMeasured": ("healthdcatap:hasVariables", "healthdcatap:hasStructuredData"),
}  # fmt: skip
DISTRIBUTION_BESIDE: Final = {"contentUrl": ("dcat:accessURL", "dcat:downloadURL")}
# So are these, or they are said of the page and not of the data.
_KNOWN: Final = {
    *BESIDE, "@id", "@type", "@context", "@language", "isAccessibleForFree",
    "includedInDataCatalog", "mainEntityOfPage",
    "image", "thumbnailUrl", "sdDatePublished", "sdLicense", "sdPublisher", "interactionStatistic",
}  # fmt: skip
