"""IRIs by which our data name the catalogue, its publisher, its feeds and its holders."""

import re
from collections.abc import Mapping
from typing import Final

from red_catalog.model import CATALOGUE_FEED, FEEDS

_PEOPLE: Final = {"text/html": "data.html"}
_PUBLISHER: Final = {"text/html": "about.html"}
_PAGES: Final = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
_EVENTS: Final = {"application/trig": "trig", "application/ld+json": "jsonld"}
_HOLDER: Final = re.compile(r"holder/[^/]+(?<!\.html)")


def forms(path: str) -> Mapping[str, str]:
    """The file of each form of what an IRI names, by media type; none where it is not ours.

    The first page of a feed tells of the catalogue, its publisher and every configured holder.
    """
    first = _pages(CATALOGUE_FEED)
    known = {"catalog": _PEOPLE | first, "publisher": _PUBLISHER | first}
    for one in FEEDS:
        known[f"feed/{one}/pages"] = _PEOPLE | _pages(one)
        events = {kind: f"feed/{one}/events/latest.{end}" for kind, end in _EVENTS.items()}
        known[f"feed/{one}"] = _PEOPLE | events
    if _HOLDER.fullmatch(path):
        return {"text/html": f"{path}.html"} | first
    return known.get(path, {})


def _pages(feed: str) -> dict[str, str]:
    return {kind: f"feed/{feed}/pages/1.{end}" for kind, end in _PAGES.items()}
