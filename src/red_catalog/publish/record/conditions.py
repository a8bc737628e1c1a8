"""What a holder declares of the access to a dataset, in its description (Articles 52, 53, 62)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog.ehds import terms
from red_catalog.model import Triple
from red_catalog.namespaces import term
from red_catalog.publish.record.graph import Graph, Row
from red_catalog.rdf.terms import iri, is_iri

# The properties of each part of a page.
_FEES: Final = ("red:feePolicy", "red:feeNote", "red:feeEstimate")
_PARTS: Final = {
    "fees": _FEES,
    "delay": ("red:deliveryDays",),
    "purposes": ("red:allowedPurpose",),
    "protection": ("red:protection", "red:protectedPart", "red:protectionReason"),
    "others": ("red:accessCondition",),
}
_FEE_TERMS: Final = frozenset(map(term, _FEES))
_PROTECTION: Final = term("red:protection")
_PROTECTED: Final = frozenset(map(term, ("red:protectedPart", "red:protectionReason")))
UNDECLARED: Final = "undeclared"


@dataclass(frozen=True, slots=True)
class Conditions:
    """The rows of each part, those that are given; none of a part that nobody declared."""

    fees: tuple[Row, ...]
    delay: tuple[Row, ...]
    purposes: tuple[Row, ...]
    protection: tuple[Row, ...]
    others: tuple[Row, ...]


def read(graph: Graph, me: str) -> Conditions:
    """The conditions of the dataset `me`, a term; they now have their place."""
    rows = {part: [graph.row(me, name) for name in names] for part, names in _PARTS.items()}
    return Conditions(**{part: tuple(r for r in found if r.values) for part, found in rows.items()})


def codes(said: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The facets `fees` and `protection` of what is said of a dataset, by predicate."""
    fees = "declared" if _FEE_TERMS & said.keys() else UNDECLARED
    known = {terms.NAMESPACE + t.name: t.code for t in terms.codes(terms.PROTECTIONS)}
    given = (terms.own(iri(o)) for o in said.get(_PROTECTION, ()) if is_iri(o))
    found = tuple(sorted({known[one] for one in given if one in known}))
    if not found and _PROTECTED & said.keys():
        found = ("other",)
    return {"fees": (fees,), "protection": found or (UNDECLARED,)}


def canonical_predicates(statements: Sequence[Triple]) -> Sequence[Triple]:
    """The statements with our own properties under the name that this software knows."""
    if not any(terms.MARK in p for _, p, _ in statements):
        return statements
    return [(s, terms.own_term(p), o) for s, p, o in statements]
