"""Which holder declares datasets of which category of Article 51."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from red_catalog.ehds import categories
from red_catalog.model import Holder
from red_catalog.publish.lists import listings
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.web import charts
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.tables import write_csv

HOLDERS: Final = 80
"""So many holders on a page of the matrix."""


@dataclass(frozen=True, slots=True)
class Column:
    """A category: letter, name, page, datasets and holders."""

    code: str
    letter: str
    name: str
    path: str
    year: int
    datasets: int
    holders: int
    bar: Markup


@dataclass(frozen=True, slots=True)
class Line:
    """A holder's datasets by category; None where it declared that it has none.

    `clashes`: the codes of categories of which it declared none, and has datasets.
    """

    holder: Holder
    cells: tuple[int | None, ...]
    total: int
    clashes: frozenset[str] = frozenset()


def columns(deck: Deck, code: str) -> list[Column]:
    """The 17 categories with what is declared of each."""
    found = deck.by_value("category", code)
    most = max((len(one) for one in found.values()), default=0)
    return [
        Column(
            code=category,
            letter=letter,
            name=categories.name(category)[code],
            path=f"{listings.stem('category', category)}.html",
            year=categories.applies_from(letter).year,
            datasets=len(mine := found.get(category, [])),
            holders=len({c.entry.holder for c in mine}),
            bar=charts.bar((len(mine), "part-main"), whole=most),
        )
        for category, letter in categories.LETTERS.items()
    ]


def lines(site: Site, holders: Sequence[Holder], cards: Sequence[Card]) -> list[Line]:
    """A line for each holder, silent ones too."""
    counts = Counter((c.entry.holder, one) for c in cards for one in c.codes["category"])
    totals = Counter(c.entry.holder for c in cards)
    return [
        Line(
            holder,
            tuple(
                counts[holder.id, category]
                or (None if (holder.id, category) in site.declared_none else 0)
                for category in categories.LETTERS
            ),
            totals[holder.id],
            frozenset(
                one
                for one in categories.LETTERS
                if counts[holder.id, one] and (holder.id, one) in site.declared_none
            ),
        )
        for holder in holders
    ]


def csv_categories(found: Sequence[Column], code: str) -> bytes:
    """The categories with what is declared of each."""
    _ = language(code).gettext
    heads = (_("Category"), _("Letter"), _("Name"), _("Applies from"), _("Holders"),
             _("Datasets"))  # fmt: skip
    rows = [(c.code, c.letter, c.name, c.year, c.holders, c.datasets) for c in found]
    return write_csv(heads, rows)


def csv(found: Sequence[Line], code: str) -> bytes:
    """The matrix with one row for each holder and category."""
    spoken = language(code)
    _ = spoken.gettext
    heads = (_("Holder"), _("Name"), _("Category"), _("Letter"), _("Applies from"),
             _("Datasets"), _("State"))  # fmt: skip
    rows = [
        (line.holder.id, spoken.pick(line.holder.name), category, letter,
         categories.applies_from(letter).isoformat(), cell or 0,
         _("declared none") if cell is None else _("contradictory") if category in line.clashes
         else _("declared") if cell else _("silent"))
        for line in found
        for (category, letter), cell in zip(categories.LETTERS.items(), line.cells, strict=True)
    ]  # fmt: skip
    return write_csv(heads, rows)
