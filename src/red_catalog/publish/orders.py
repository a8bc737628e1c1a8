"""In what orders search results come: the keys, and the order of datasets of several shards."""

import json
from collections.abc import Sequence
from typing import Final

from red_catalog.publish import shards, spreading
from red_catalog.publish.cards import Card, sort_key
from red_catalog.publish.folder import Draft
from red_catalog.publish.languages import CODES

_LATEST: Final = 9_999_999_999  # seconds: the year 2286
_LARGEST: Final = 9
# Keys stand in attributes, where Pagefind takes them as they are written.
_UNQUOTED: Final = dict.fromkeys(map(ord, '"&<>'), " ")


def keys(card: Card, code: str) -> dict[str, str]:
    """By what each order sorts, ascending; no two datasets have the same key.

    The latest come first, and the largest; then the title decides, then the name of the page.
    """
    title = _title(card, code)
    return {
        "title": title,
        "changed": f"{_age(card):010} {title}",
        "population": f"{_smallness(card)} {title}",
    }


def write(draft: Draft, cards: Sequence[Card]) -> None:
    """Writes the shard of each dataset in every order: what is first in its shard is known there.

    Nothing where there is one shard.
    """
    number = shards.count(len(cards))
    if number == 1:
        return
    mine = [spreading.part(card.entry.slug, number) for card in cards]
    ages, sizes = [_age(card) for card in cards], [_smallness(card) for card in cards]
    for code in CODES:
        titles = [_title(card, code) for card in cards]
        ordered = sorted(range(len(cards)), key=titles.__getitem__)
        for name, found in (
            ("title", ordered),
            ("changed", sorted(ordered, key=ages.__getitem__)),
            ("population", sorted(ordered, key=sizes.__getitem__)),
        ):
            told = json.dumps([mine[at] for at in found], separators=(",", ":"))
            draft.write(f"site/search/{code}-{name}.json", told.encode())


def _title(card: Card, code: str) -> str:
    words = sort_key(card.title(code))[:100].translate(_UNQUOTED).split()
    # Two spaces, so that a title comes before those that begin with it.
    return f"{' '.join(words)}  {card.entry.slug}"


def _age(card: Card) -> int:
    return _LATEST - int(card.entry.changed.timestamp())


def _smallness(card: Card) -> int:
    return _LARGEST - int((*card.codes["population"], "0")[0])
