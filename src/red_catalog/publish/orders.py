"""In what orders search results come: Pagefind knows that of titles, files tell the others.

A date of change in the index would have a shard made again for whatever changed.
"""

import json
from collections.abc import Sequence
from typing import Final

from red_catalog.publish import shards, spreading
from red_catalog.publish.cards import Card, sort_key
from red_catalog.publish.folder import Draft
from red_catalog.publish.languages import CODES

# Keys stand in attributes, where Pagefind takes them as they are written.
_UNQUOTED: Final = dict.fromkeys(map(ord, '"&<>'), " ")


def key(card: Card, code: str) -> str:
    """By what titles are sorted: the title, then the name of the page. No two are the same."""
    words = sort_key(card.title(code))[:100].translate(_UNQUOTED).split()
    # Two spaces, so that a title comes before those that begin with it.
    return f"{' '.join(words)}  {card.entry.slug}"


def write(draft: Draft, cards: Sequence[Card]) -> None:
    """Writes what a browser must know of each dataset, in the order of titles.

    The rank in the other orders, the latest and the largest first; those alike have the same,
    and come by title. Where there are several shards, the shard of each dataset, too: what is
    first in its shard is known there.
    """
    number = shards.count(len(cards))
    told = {
        "changed": _ranks([-int(card.entry.changed.timestamp()) for card in cards]),
        "population": _ranks([-int((*card.codes["population"], "0")[0]) for card in cards]),
    }
    if number > 1:
        told["shard"] = [spreading.part(card.entry.slug, number) for card in cards]
    for code in CODES:
        keys = [key(card, code) for card in cards]
        ordered = sorted(range(len(cards)), key=keys.__getitem__)
        for name, values in told.items():
            written = json.dumps([values[at] for at in ordered], separators=(",", ":"))
            draft.write(f"site/search/{code}-{name}.json", written.encode())


def _ranks(values: Sequence[int]) -> list[int]:
    found = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return [found[value] for value in values]
