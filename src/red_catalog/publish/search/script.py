"""What the search page's script says and names."""

import hashlib
import json
from typing import Any

from red_catalog.publish.folder import Draft
from red_catalog.publish.lists import facets
from red_catalog.publish.lists.cards import sort_key
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.search import shards
from red_catalog.publish.web import wording
from red_catalog.publish.web.languages import CODES, language
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.texts import clean


def write(draft: Draft, site: Site, deck: Deck, *, alike: bool = False) -> None:
    """Writes the words of the search, in each language.

    `alike`: they are as they were, since lists of datasets are.
    """
    if alike and draft.keep([f"site/search/{code}.json" for code in CODES]):
        return
    for code in CODES:
        draft.write(f"site/search/{code}.json", _words(site, deck, code))


def version(site: Site, deck: Deck, code: str) -> str:
    """A digest of the words of the search, for their address."""
    return hashlib.sha256(_words(site, deck, code)).hexdigest()[:8]


def _words(site: Site, deck: Deck, code: str) -> bytes:
    """The sentences and names that the search page's script shows, as JSON."""
    spoken = language(code)
    told: dict[str, Any] = {name: spoken.gettext(text) for name, text in wording.SEARCH.items()}
    told["sorts"] = [[name, spoken.gettext(text)] for name, text in wording.SORTS.items()]
    if site.finder(len(deck.cards)) == "pagefind":
        told["shards"] = shards.names(deck.cards)
    told["facets"] = []
    for facet in facets.ORDER:
        names = {
            facets.code(value): clean(facets.name(site, facet, value, code))
            for value in deck.values(facet)
        }
        ordered = facet in facets.ORDERED
        values = sorted(
            names.items(), key=lambda one: ("" if ordered else sort_key(one[1]), one[0])
        )
        if values:
            label = spoken.gettext(wording.FACETS[facet])
            told["facets"].append(
                {"name": facet, "label": label, "ordered": ordered, "values": values}
            )
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
