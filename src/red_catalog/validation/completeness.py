"""How complete a description is: the minimum elements that it gives, of those that apply.

This says nothing of conformance to HealthDCAT-AP: some elements are mere recommendations
there, and the two answers are never mixed.
"""

from collections.abc import Iterable

from red_catalog.model import Completeness, Triple
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.minimum import Element, elements, elements_of


def completeness(triples: Iterable[Triple], iri: str) -> Completeness:
    """What a dataset's description gives of the 27 elements, and what it lacks."""
    return _count(elements(triples, iri))


def completeness_of(description: Description) -> Completeness:
    """The same, of a description that was read already."""
    return _count(elements_of(description))


def _count(found: tuple[Element, ...]) -> Completeness:
    given = sum(element.status == "given" for element in found)
    missing = tuple(element.name for element in found if element.status == "missing")
    return Completeness(
        given=given,
        applicable=given + len(missing),
        missing=missing,
        inapplicable=tuple((e.name, e.reason) for e in found if e.reason is not None),
    )
