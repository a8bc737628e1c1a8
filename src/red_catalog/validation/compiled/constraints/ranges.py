"""sh:minInclusive, sh:minExclusive, sh:maxInclusive and sh:maxExclusive."""

from collections.abc import Callable, Iterator
from typing import Final

from rdflib.namespace import SH
from rdflib.term import URIRef

from red_catalog.validation.compiled.check import Check, Context, Test, each
from red_catalog.validation.compiled.ordering import compare, literal_of

_LIMITS: Final[tuple[tuple[URIRef, str, Callable[[int], bool]], ...]] = (
    (SH.minInclusive, "sh:MinInclusiveConstraintComponent", lambda order: order >= 0),
    (SH.minExclusive, "sh:MinExclusiveConstraintComponent", lambda order: order > 0),
    (SH.maxInclusive, "sh:MaxInclusiveConstraintComponent", lambda order: order <= 0),
    (SH.maxExclusive, "sh:MaxExclusiveConstraintComponent", lambda order: order < 0),
)


def compile_ranges(context: Context) -> Iterator[Check]:
    """Each value can be compared with the limit, and lies on the right side of it."""
    for parameter, component, accepts in _LIMITS:
        for limit in context.declared.terms(parameter):
            yield each(_within(limit, accepts), context.failing(component))


def _within(limit: str, accepts: Callable[[int], bool]) -> Test:
    bound = literal_of(limit)

    def within(term: str) -> bool:
        value = literal_of(term)
        if value is None or bound is None:
            return False
        order = compare(value, bound)
        return order is not None and accepts(order)

    return within
