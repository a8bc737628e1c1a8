"""The data quality and utility label (Article 78): which datasets claim it, and who does not."""

from collections.abc import Sequence
from typing import Any, Final

from red_catalog.model import Holder
from red_catalog.publish.lists.cards import Card, sort_key
from red_catalog.publish.pages.contents import Contents

_LISTED: Final = 200
# Where public money is involved, the label is due.
FUNDED: Final = frozenset({"public", "mixed"})


def claimed(card: Card) -> bool:
    """Whether the dataset of this card claims a label."""
    return card.codes["label"] == ("claimed",)


def overview(contents: Contents, code: str) -> dict[str, Any]:
    """Which datasets claim a label; which publicly funded holders have datasets that do not."""
    cards = [c for c in contents.deck.by_title(code) if claimed(c)]
    holders = sorted(contents.holders(), key=lambda h: (sort_key(h.name[code]), h.id))
    mine = contents.deck.by_holder()
    return {
        "claims": cards[:_LISTED],
        "total": len(cards),
        "without": [one for h in holders if (one := _lacking(h, mine.get(h.id, ())))],
        "unknown": sum(h.funding is None for h in holders),
    }


def _lacking(holder: Holder, mine: Sequence[Card]) -> tuple[Holder, int, int] | None:
    """A publicly funded holder, its datasets without a label, and all of them."""
    missing = sum(not claimed(c) for c in mine)
    return (holder, missing, len(mine)) if holder.funding in FUNDED and missing else None
