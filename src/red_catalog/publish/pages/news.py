"""What changed among the datasets of a category, a theme or a holder, as feeds to follow."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Final

from red_catalog.ehds import categories
from red_catalog.publish.data import feeds
from red_catalog.publish.lists import facets, listings
from red_catalog.publish.lists.deck import last_change
from red_catalog.publish.pages.contents import Contents
from red_catalog.publish.web import links
from red_catalog.publish.web.site import site_key

# Atom wants a date of what is empty, too: always the same, so that the file stays as it is.
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def path(facet: str, value: str) -> str:
    """Where the feed of a list lies, beside its page."""
    return f"{listings.stem(facet, value)}.atom"


def news(contents: Contents, code: str) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The feed of each such list: file name, a digest of what it tells, and what writes it."""
    site = contents.site
    shared = site_key(site)
    for facet, value, page in _lists(contents):
        cards = contents.deck.news(facet).get(listings.stem(facet, value), [])
        told = [(c.mark, c.entry.withdrawn_at) for c in cards]
        moment = last_change(cards[0])[0] if cards else _NEVER
        key = hashlib.sha256(repr((shared, code, facet, value, told, moment, page)).encode())
        name = facets.name(site, facet, value, code)
        write = partial(feeds.changes, site, code, path(facet, value), name, cards, moment, page)
        yield links.file(code, path(facet, value)), key.hexdigest()[:32], write


def _lists(contents: Contents) -> Iterator[tuple[str, str, str]]:
    """The lists, each with its page if it has one: not where the last dataset was withdrawn."""
    every = [*contents.cards, *contents.deck.gone]
    holders = [one.id for one in contents.holders()]
    shown = {
        "category": set(categories.LETTERS),
        "holder": set(holders),
        "theme": set(contents.deck.values("theme")),
    }
    known = {"category": [*categories.LETTERS], "holder": holders, "theme": []}
    for facet, values in known.items():
        for value in dict.fromkeys([*values, *listings.distinct(every, facet)]):
            page = f"{listings.stem(facet, value)}.html" if value in shown[facet] else ""
            yield facet, value, page
