"""All cards of a release, in the orders and groups that pages list them in, each made once."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from heapq import nlargest
from operator import itemgetter
from typing import Any, Final, TypeVar

from red_catalog.publish.lists import listings
from red_catalog.publish.lists.cards import Card

Made = TypeVar("Made")
_rank = itemgetter(0)
LATEST: Final = 50


class Deck:
    """The cards of the datasets that are not withdrawn, by page name, and of those that are."""

    def __init__(self, cards: Sequence[Card], gone: Sequence[Card] = ()) -> None:
        self.cards, self.gone = cards, gone
        self._made: dict[Hashable, Any] = {}

    def by_title(self, code: str) -> list[Card]:
        """The cards in the order of their titles in a language."""
        return self.once(("title", code), lambda: [card for _, card in self._ranked(code)])

    def by_letter(self, code: str) -> dict[str, list[Card]]:
        """The same by the initial of the title, `#` for none."""

        def make() -> dict[str, list[Card]]:
            found: dict[str, list[Card]] = {}
            for rank, card in self._ranked(code):
                found.setdefault("#" if rank[0] == "1" else rank[2].upper(), []).append(card)
            return found

        return self.once(("letter", code), make)

    def by_value(self, facet: str, code: str) -> dict[str, list[Card]]:
        """The same by value of a facet."""
        return self.once(
            ("value", facet, code), lambda: listings.values(self.by_title(code), facet)
        )

    def values(self, facet: str) -> list[str]:
        """The values of a facet that have pages."""
        return self.once(("values", facet), lambda: listings.distinct(self.cards, facet))

    def latest(self) -> list[Card]:
        """The last to have changed, these first: as many as feeds have."""
        return self.once("latest", lambda: nlargest(LATEST, self.cards, key=_change))

    def changed(self) -> list[Card]:
        """All, by their last change or their withdrawal, the last one first."""
        return self.once(
            "changed", lambda: sorted([*self.cards, *self.gone], key=last_change, reverse=True)
        )

    def news(self, facet: str) -> dict[str, list[Card]]:
        """The first of these by where those of one value of a facet are listed."""

        def make() -> dict[str, list[Card]]:
            found: dict[str, list[Card]] = {}
            for card in self.changed():
                for value in card.codes[facet]:
                    mine = found.setdefault(listings.stem(facet, value), [])
                    # Two values with the same short code share a list.
                    if len(mine) < LATEST and not (mine and mine[-1] is card):
                        mine.append(card)
            return found

        return self.once(("news", facet), make)

    def by_holder(self) -> dict[str, list[Card]]:
        """The cards by the id of their holder, by page name."""
        return self.once("holder", lambda: listings.values(self.cards, "holder"))

    def _ranked(self, code: str) -> list[tuple[str, Card]]:
        return self.once(
            ("rank", code), lambda: sorted(((one.rank(code), one) for one in self.cards), key=_rank)
        )

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of the cards under this name: made when it is first asked for."""
        if name not in self._made:
            self._made[name] = make()
        found: Made = self._made[name]
        return found


def last_change(card: Card) -> tuple[datetime, str]:
    """When a dataset last changed or was withdrawn, and its page name."""
    return card.entry.withdrawn_at or card.entry.changed, card.entry.slug


def _change(card: Card) -> tuple[datetime, str]:
    return card.entry.changed, card.entry.slug
