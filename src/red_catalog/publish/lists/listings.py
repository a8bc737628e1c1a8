"""Lists of datasets, split into pages that stay light: by letter, by facet, by holder."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Generic, TypeVar

from red_catalog.publish.lists import facets
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.web.links import slug

Member = TypeVar("Member")

PAGE: Final = 50
# Facets whose every value has pages of its own; holders and categories have richer ones.
PAGED: Final = tuple(one for one in facets.ORDER if one not in {"holder", "category"})


@dataclass(frozen=True, slots=True)
class Part(Generic[Member]):
    """One page of a list. `number` counts from 1."""

    path: str
    number: int
    members: Sequence[Member]
    total: int
    others: Sequence[tuple[int, str]]

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members)


def split(stem: str, members: Sequence[Member], size: int = PAGE) -> list[Part[Member]]:
    """The pages of a list: `stem.html`, `stem/2.html`, `stem/3.html`…; one at least."""
    count = max(1, -(-len(members) // size))

    def path(number: int) -> str:
        return f"{stem}.html" if number == 1 else f"{stem}/{number}.html"

    def near(number: int) -> list[tuple[int, str]]:
        """The first and last pages and those about this one."""
        wanted = {1, count, *range(max(number - 2, 1), min(number + 2, count) + 1)}
        return [(n, path(n)) for n in sorted(wanted)]

    return [
        Part(path(n), n, members[(n - 1) * size : n * size], len(members), near(n))
        for n in range(1, count + 1)
    ]


def letter_stem(letter: str) -> str:
    """Where the datasets of an initial are listed: of Greek and Cyrillic ones by their number."""
    name = letter.lower() if letter.isascii() else f"u{ord(letter):04x}"
    return f"datasets/{'other' if letter == '#' else name}"


@cache
def stem(facet: str, value: str) -> str:
    """Where the datasets that have this value of a facet are listed."""
    short = facets.code(value)
    return f"{facet}/{slug(short if facet == 'holder' else short.lower())}"


def places(codes: facets.Codes, wanted: Sequence[str]) -> dict[tuple[str, str], str]:
    """The lists that a dataset stands in: where each is, by facet and value."""
    return {
        (facet, value): f"{stem(facet, value)}.html" for facet in wanted for value in codes[facet]
    }


def values(cards: Sequence[Card], facet: str) -> dict[str, list[Card]]:
    """The cards by value of a facet, in the order they come."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, codes in enumerate([one.codes[facet] for one in cards]):
        where[codes].append(number)
    # Few combinations of values stand on many cards: what follows is quick.
    same: dict[str, str] = {}
    found: dict[str, list[int]] = {}
    for codes, numbers in where.items():
        # Two values with the same short code share a page.
        for value in dict.fromkeys(same.setdefault(stem(facet, one), one) for one in codes):
            found.setdefault(value, []).extend(numbers)
    return {value: [cards[n] for n in sorted(numbers)] for value, numbers in found.items()}


def distinct(cards: Sequence[Card], facet: str) -> list[str]:
    """The values of a facet that have pages, in the order they come."""
    found: dict[str, str] = {}
    # Most cards have the same few values.
    for some in dict.fromkeys(one.codes[facet] for one in cards):
        for value in some:
            found.setdefault(stem(facet, value), value)
    return list(found.values())
