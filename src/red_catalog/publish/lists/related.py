"""Datasets that go with another one: of the same series, or sharing keywords and categories."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from red_catalog.publish.lists.cards import Card, fold

Mark = tuple[str, str]
"""What datasets may share: its kind and value."""

MOST: Final = 5
_LEAST: Final = 3
_SERIES, _KEYWORD, _SAME = 9, 2, 1
# What more datasets than this share does not tell them apart.
_COMMON: Final = 150


def named(cards: Sequence[Card]) -> Mapping[str, tuple[Card, ...]]:
    """For the page name of each dataset that names others of these, those others."""
    asking = [card for card in cards if card.mentions]
    asked = {iri for card in asking for iri in card.mentions}
    known = {card.entry.iri: card for card in cards if card.entry.iri in asked}
    found = {
        card.entry.slug: tuple(known[iri] for iri in card.mentions if iri in known)
        for card in asking
    }
    return {slug: others for slug, others in found.items() if others}


def is_kin(one: Card, other: Card) -> bool:
    """Whether two cards of a dataset have it near to the same ones."""
    return (
        one.keywords == other.keywords
        and one.series == other.series
        and all(one.codes[facet] == other.codes[facet] for facet in ("category", "theme"))
        and (one.entry.withdrawn_at is None) == (other.entry.withdrawn_at is None)
    )


def find(cards: Sequence[Card]) -> Mapping[str, tuple[str, ...]]:
    """For each page name those of the datasets nearest to it, the nearest first."""
    marks = [_marks(card) for card in cards]
    by_mark: dict[Mark, list[int]] = defaultdict(list)
    for number, mine in enumerate(marks):
        for mark in mine:
            by_mark[mark].append(number)
    useful = {mark: who for mark, who in by_mark.items() if 1 < len(who) <= _COMMON}
    return {
        card.entry.slug: _nearest(cards, n, [one for one in marks[n] if one in useful], useful)
        for n, card in enumerate(cards)
    }


def _nearest(
    cards: Sequence[Card], number: int, marks: Sequence[Mark], shared: Mapping[Mark, list[int]]
) -> tuple[str, ...]:
    me = cards[number]
    points: Counter[int] = Counter()
    for mark in marks:
        worth = _SERIES if mark[0] == "series" else _KEYWORD
        for other in shared[mark]:
            points[other] += worth
    del points[number]
    categories, themes = set(me.codes["category"]), set(me.codes["theme"])
    for other in points:
        codes = cards[other].codes
        if not categories.isdisjoint(codes["category"]):
            points[other] += _SAME
        if not themes.isdisjoint(codes["theme"]):
            points[other] += _SAME
    near = [other for other in points if points[other] >= _LEAST]
    near.sort(key=lambda other: (-points[other], cards[other].entry.slug))
    return tuple(cards[other].entry.slug for other in near[:MOST])


def _marks(card: Card) -> list[Mark]:
    words = {("keyword", fold(k.text)) for k in card.keywords[:50]}
    return sorted(words | {("series", one) for one in card.series})
