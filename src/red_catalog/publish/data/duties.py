"""What the EHDS asks of a dataset, as the catalogue works it out, in the catalogue's own graph.

As with scores, it belongs to the catalogue record: whoever asks for the dataset gets the
holder's words alone. The terms are those of `ehds/red.ttl`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from red_catalog.ehds import categories, reviews, terms
from red_catalog.model import Entry, Triple
from red_catalog.namespaces import PREFIXES
from red_catalog.publish.lists.facets import categories_of
from red_catalog.publish.web.site import Site
from red_catalog.rdf.terms import make_iri, make_literal

_DATE: Final = f"{PREFIXES['xsd']}date"
_NUMBER: Final = f"{PREFIXES['xsd']}nonNegativeInteger"


def state(site: Site, entry: Entry, record_iri: str) -> Iterator[Triple]:
    """When the duty for a dataset applies, and when its holder checked the description."""
    record, base = make_iri(record_iri), f"{site.catalogue.base_iri}{terms.PATH}#"
    for name, value in (*_application(entry), *_review(entry)):
        yield record, make_iri(f"{base}{name}"), value


def _application(entry: Entry) -> Iterator[tuple[str, str]]:
    """Nothing where the description gives no known category."""
    found = categories.application(categories_of(entry))
    if found is None:
        return
    yield "appliesFrom", _day(found.first)
    for day in sorted({one.since for one in found.deferred}):
        yield "appliesInPartFrom", _day(day)
    for one in found.conditional:
        assert one.condition
        for code in ("fr", "en"):
            yield "dutyCondition", make_literal(f"({one.letter}) {one.condition[code]}", code)


def _review(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "checkDue", _day(reviews.calendar(entry.counted_from).due)
    if entry.reviewed:
        yield "attested", _day(entry.counted_from)
        yield "attestedVersion", make_literal(str(entry.reviewed.version), datatype=_NUMBER)


def _day(day: date) -> str:
    return make_literal(day.isoformat(), datatype=_DATE)
