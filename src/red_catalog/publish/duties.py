"""What the EHDS asks of a dataset, as the catalogue works it out, in the catalogue's own graph.

As with scores, it belongs to the catalogue record: whoever asks for the dataset gets the
holder's words alone. The terms are explained on the page `duties.html`, where they lead.
"""

from collections.abc import Iterator
from typing import Final

from red_catalog.ehds import categories
from red_catalog.model import Entry, Text, Triple
from red_catalog.namespaces import PREFIXES, RDF_TYPE, term
from red_catalog.publish.facets import categories_of
from red_catalog.publish.site import Site
from red_catalog.rdf.terms import make_iri, make_literal

_DATE: Final = f"{PREFIXES['xsd']}date"
TERMS: Final[dict[str, tuple[Text, Text]]] = {
    "appliesFrom": (
        {"fr": "obligation applicable à partir du", "en": "duty applies from"},
        {
            "fr": "Le jour à partir duquel le jeu de données, ou une première partie de celui-ci, "
            "doit être mis à disposition (règlement (UE) 2025/327, article 105).",
            "en": "The day from which the dataset, or a first part of it, must be made available "
            "(Regulation (EU) 2025/327, Article 105).",
        },
    ),
    "appliesInPartFrom": (
        {"fr": "obligation applicable en partie à partir du", "en": "duty applies in part from"},
        {
            "fr": "Le jour, plus tardif, à partir duquel les autres catégories du jeu de données "
            "doivent être mises à disposition.",
            "en": "The later day from which the other categories of the dataset must be made "
            "available.",
        },
    ),
    "condition": (
        {"fr": "condition de l’obligation", "en": "condition of the duty"},
        {
            "fr": "Ce à quoi l’obligation est subordonnée pour l’une des catégories, "
            "points (m) et (p) de l’article 51.",
            "en": "What the duty depends on for one of the categories, points (m) and (p) of "
            "Article 51.",
        },
    ),
}
"""The properties: name and definition of each."""


def describe_terms(site: Site) -> Iterator[Triple]:
    """The properties, once for the whole catalogue."""
    for name, (label, definition) in TERMS.items():
        me = make_iri(_iri(site, name))
        yield me, RDF_TYPE, term("rdf:Property")
        yield from _text(me, "rdfs:label", label)
        yield from _text(me, "skos:definition", definition)
        yield me, term("rdfs:domain"), term("dcat:CatalogRecord")


def state(site: Site, entry: Entry, record_iri: str) -> Iterator[Triple]:
    """When the duty for a dataset applies; nothing where it gives no known category."""
    record = make_iri(record_iri)
    found = categories.application(categories_of(entry))
    if found is None:
        return
    yield record, make_iri(_iri(site, "appliesFrom")), _day(found.first.isoformat())
    for day in {one.since.isoformat() for one in found.deferred}:
        yield record, make_iri(_iri(site, "appliesInPartFrom")), _day(day)
    for one in found.conditional:
        assert one.condition
        for code in ("fr", "en"):
            said = f"({one.letter}) {one.condition[code]}"
            yield record, make_iri(_iri(site, "condition")), make_literal(said, code)


def _day(day: str) -> str:
    return make_literal(day, datatype=_DATE)


def _iri(site: Site, name: str) -> str:
    return f"{site.catalogue.base_iri}duties#{name}"


def _text(subject: str, name: str, text: Text) -> Iterator[Triple]:
    for code in ("fr", "en"):
        yield subject, term(name), make_literal(text[code], code)
