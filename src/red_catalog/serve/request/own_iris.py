"""IRIs by which our data name the catalogue and its feeds, and which name no file."""

from collections.abc import Mapping
from typing import Final

from red_catalog.model import CATALOGUE_FEED, FEEDS

_PEOPLE: Final = {"text/html": "data.html"}
_PAGES: Final = {
    "text/turtle": f"feed/{CATALOGUE_FEED}/pages/1.ttl",
    "application/ld+json": f"feed/{CATALOGUE_FEED}/pages/1.jsonld",
    "application/rdf+xml": f"feed/{CATALOGUE_FEED}/pages/1.rdf",
}
_EVENTS: Final = {"application/trig": "trig", "application/ld+json": "jsonld"}


def forms(path: str) -> Mapping[str, str]:
    """The file of each form of what an IRI names, by media type; none where it is not ours."""
    if path == "catalog":
        return _PEOPLE | _PAGES
    if path in {f"feed/{one}" for one in FEEDS}:
        return _PEOPLE | {kind: f"{path}/events/latest.{end}" for kind, end in _EVENTS.items()}
    return {}
