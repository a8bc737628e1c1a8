"""In what orders search results come: the keys, and the order of datasets of several shards."""

import json
from collections.abc import Sequence
from typing import Final

from red_catalog.publish import shards
from red_catalog.publish.cards import Card, sort_key
from red_catalog.publish.folder import Draft
from red_catalog.publish.languages import CODES

NAMES: Final = ("title", "changed", "population")
_LATEST: Final = 9_999_999_999  # seconds: the year 2286
_LARGEST: Final = 9
# Keys stand in attributes, where Pagefind takes them as they are written.
_UNQUOTED: Final = dict.fromkeys(map(ord, '"&<>'), " ")


def keys(card: Card, code: str) -> dict[str, str]:
    """By what each order sorts, ascending; no two datasets have the same key.

    The latest come first, and the largest; then the title decides, then the name of the page.
    """
    words = sort_key(card.title(code))[:100].translate(_UNQUOTED).split()
    # Two spaces, so that a title comes before those that begin with it.
    title = f"{' '.join(words)}  {card.entry.slug}"
    changed = _LATEST - int(card.entry.changed.timestamp())
    population = _LARGEST - int((*card.codes["population"], "0")[0])
    return {
        "title": title,
        "changed": f"{changed:010} {title}",
        "population": f"{population} {title}",
    }


def write(draft: Draft, cards: Sequence[Card]) -> None:
    """Writes the shard of each dataset in every order: what is first in its shard is known there.

    Nothing where there is one shard.
    """
    number = shards.count(len(cards))
    if number == 1:
        return
    mine = [shards.shard(card.entry.slug, number) for card in cards]
    for code in CODES:
        found = [keys(card, code) for card in cards]
        for name in NAMES:
            ordered = sorted(range(len(cards)), key=[one[name] for one in found].__getitem__)
            told = json.dumps([mine[at] for at in ordered], separators=(",", ":"))
            draft.write(f"site/search/{code}-{name}.json", told.encode())
