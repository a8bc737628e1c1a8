"""In what orders search results come: Pagefind knows that of titles, files tell the others.

A date of change in the index would have a shard made again for whatever changed.
"""

import json
from collections.abc import Sequence

from red_catalog.publish import spreading
from red_catalog.publish.folder import Draft
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.search import shards
from red_catalog.publish.web.languages import CODES


def write(draft: Draft, deck: Deck) -> None:
    """Writes what a browser must know of each dataset, in the order of titles.

    The rank in the other orders, the latest and the largest first; those alike have the same,
    and come by title. Where there are several shards, the shard of each dataset, too: what is
    first in its shard is known there.
    """
    cards, number = deck.cards, shards.count(len(deck.cards))
    told = {
        "changed": _ranks([-int(card.entry.changed.timestamp()) for card in cards]),
        "population": _ranks([-card.people for card in cards]),
    }
    if number > 1:
        told["shard"] = [spreading.part(card.entry.slug, number) for card in cards]
    places = {card.entry.slug: at for at, card in enumerate(cards)}
    for code in CODES:
        ordered = [places[card.entry.slug] for card in deck.by_title(code)]
        for name, values in told.items():
            written = json.dumps([values[at] for at in ordered], separators=(",", ":"))
            draft.write(f"site/search/{code}-{name}.json", written.encode())


def _ranks(values: Sequence[int]) -> list[int]:
    found = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return [found[value] for value in values]
