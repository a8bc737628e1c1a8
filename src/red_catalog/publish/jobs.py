"""What a release is made from, and what every process that writes it must have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from red_catalog.model import Run
from red_catalog.publish import folder
from red_catalog.publish.data.dumps import Dump
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.pages.contents import Contents, Trends
from red_catalog.publish.stock import Stock
from red_catalog.publish.web.rules import Lore
from red_catalog.publish.web.site import Site


@dataclass(frozen=True, slots=True)
class Content:
    """All that a release is made from.

    `cards`: of all datasets, light, withdrawn ones too; `deck`: of those that are not; `sought`:
    a digest of what Pagefind is told of each of these; `named`: those of these that each of them
    names; `unfit`: the IRIs of those that no dump gives; `lists`: the keys of the pages that list
    them where these are as they were, else None.
    """

    site: Site
    stock: Stock
    cards: Mapping[str, Card]
    deck: Deck
    near: Mapping[str, tuple[Card, ...]]
    named: Mapping[str, tuple[Card, ...]]
    runs: Mapping[str, Run]
    sought: Mapping[str, str]
    data_keys: Mapping[str, str]
    keys: Mapping[str, str]
    moment: datetime
    trends: Trends
    place: Path
    lore: Lore
    unfit: frozenset[str] = frozenset()
    lists: Mapping[str, str] | None = None

    def contents(self, files: Sequence[Dump]) -> Contents:
        """What pages tell of, once the dumps are there."""
        return Contents(
            self.site, self.deck, self.runs, files, self.moment, self.trends, self.lists
        )


@dataclass(frozen=True, slots=True)
class Job:
    """What every process that writes the release must have."""

    draft: folder.Draft
    before: Mapping[str, Any]
    spare: Mapping[str, str]
    content: Content
