"""What overview pages are made from."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from red_catalog.model import Holder, Run, Standing
from red_catalog.publish.data.dumps import Dump
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.web.site import Site

Page = tuple[str, str, dict[str, Any]]
"""A page's path, its template, and what it shows."""
Trends = Mapping[str, Sequence[Standing]]
"""How each holder (by its id) and the catalogue (by the empty text) stood, oldest first."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that overview pages tell of.

    `lists`: the keys of the pages that list datasets where these are as they were, else None.
    """

    site: Site
    deck: Deck
    runs: Mapping[str, Run]
    dumps: Sequence[Dump]
    moment: datetime
    trends: Trends = field(default_factory=dict)
    lists: Mapping[str, str] | None = None

    @property
    def cards(self) -> Sequence[Card]:
        """Every dataset that is not withdrawn, by page name."""
        return self.deck.cards

    @property
    def changed(self) -> datetime | None:
        """When the register last changed, None before it ever did."""
        return self.moment if self.moment.timestamp() else None

    def holders(self) -> list[Holder]:
        """Every holder known to the configuration or to an entry."""
        ids = dict.fromkeys([*self.site.holders, *sorted(self.deck.by_holder())])
        return [self.site.holder(one) for one in ids]

    def run_marks(self) -> Mapping[str, str]:
        """What tells the run shown of each source from any other: it may be of many records."""
        return self.deck.once(
            "runs",
            lambda: {
                source: hashlib.sha256(repr(run).encode()).hexdigest()
                for source, run in self.runs.items()
            },
        )
