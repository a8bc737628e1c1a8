"""How complete a description is: the minimum elements that it gives, of those that apply.

This says nothing of conformance to HealthDCAT-AP: some elements are mere recommendations
there, and the two answers are never mixed.
"""

from red_catalog.model import Completeness
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.minimum import elements


def completeness(description: Description) -> Completeness:
    """What a dataset's description gives of the 27 elements, and what it lacks."""
    found = elements(description)
    given = sum(element.status == "given" for element in found)
    missing = tuple(element.name for element in found if element.status == "missing")
    return Completeness(
        given=given,
        applicable=given + len(missing),
        missing=missing,
        inapplicable=tuple((e.name, e.reason) for e in found if e.reason is not None),
    )
