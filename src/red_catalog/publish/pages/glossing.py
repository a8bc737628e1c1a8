"""The page of our own vocabulary."""

from typing import Any, Final

from red_catalog.ehds import terms
from red_catalog.namespaces import PREFIXES
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.wording import _mark

_KINDS: Final = {
    f"{PREFIXES['rdf']}langString": _mark("a text"),
    f"{PREFIXES['rdfs']}Literal": _mark("a text"),
    f"{PREFIXES['rdfs']}Resource": _mark("an address"),
    f"{PREFIXES['skos']}Concept": _mark("a code of the list below"),
    f"{PREFIXES['xsd']}decimal": _mark("an amount"),
    f"{PREFIXES['xsd']}nonNegativeInteger": _mark("a whole number"),
    f"{PREFIXES['xsd']}boolean": _mark("true or false"),
    f"{PREFIXES['xsd']}date": _mark("a date"),
}


def vocabulary(site: Site) -> dict[str, Any]:
    """What the page shows: properties and lists, each with its codes."""
    lists = []
    for scheme in (terms.PURPOSES, terms.PROTECTIONS):
        name = terms.labels(scheme)
        assert name
        lists.append((scheme.removeprefix(terms.NAMESPACE), name, terms.codes(scheme)))
    return {
        "namespace": f"{site.catalogue.base_iri}{terms.PATH}#",
        "properties": terms.properties(),
        "kinds": _KINDS,
        "lists": lists,
    }
