"""The data quality and utility label (Article 78): what holders claim, and who does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from red_catalog.model import Holder
from red_catalog.publish.cards import Card, sort_key
from red_catalog.publish.contents import Contents
from red_catalog.publish.graph import Graph, Thing, Value

_DOCUMENTS: Final = ("oa:hasBody", "foaf:page", "rdfs:seeAlso", "dct:source")
_DATES: Final = ("dct:issued", "dct:date", "dct:created", "prov:generatedAtTime")
# What says no more than that this is a claim about the dataset.
_OBVIOUS: Final = ("rdf:type", "oa:hasTarget", "oa:motivatedBy")
_LISTED: Final = 200
# Where public money is involved, the label is due.
FUNDED: Final = frozenset({"public", "mixed"})


@dataclass(frozen=True, slots=True)
class Label:
    """A claim: what it is called, its documentation, when it was assessed, and the rest."""

    claim: Thing
    documents: tuple[Value, ...]
    assessed: tuple[Value, ...]


def read(graph: Graph, me: str) -> tuple[Label, ...]:
    """The claims of the dataset `me`, a term; they now have their place."""
    return tuple(_read(graph, one) for one in graph.take(me, "dqv:hasQualityAnnotation"))


def _read(graph: Graph, node: str) -> Label:
    def values(names: Sequence[str]) -> tuple[Value, ...]:
        return tuple(v for name in names for v in graph.values(graph.take(node, name)))

    for name in _OBVIOUS:
        graph.take(node, name)
    documents, assessed = values(_DOCUMENTS), values(_DATES)
    claim = graph.value(node)
    return Label(claim if isinstance(claim, Thing) else Thing(None, None, ()), documents, assessed)


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
