"""What overview pages are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from red_catalog.model import Holder, Run, Standing
from red_catalog.publish.cards import Card
from red_catalog.publish.dumps import Dump
from red_catalog.publish.site import Site

Page = tuple[str, str, dict[str, Any]]
"""A page's path, its template, and what it shows."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that overview pages tell of."""

    site: Site
    cards: Sequence[Card]
    runs: Mapping[str, Run]
    dumps: Sequence[Dump]
    moment: datetime
    trend: Sequence[Standing] = ()

    def holders(self) -> list[Holder]:
        """Every holder known to the configuration or to an entry."""
        ids = dict.fromkeys([*self.site.holders, *sorted(c.entry.holder for c in self.cards)])
        return [self.site.holder(one) for one in ids]
