"""How many people a dataset is about: a number to sort by, and the classes that facets have."""

from collections.abc import Iterable

from red_catalog.publish.web import wording
from red_catalog.publish.web.quantities import number
from red_catalog.rdf.terms import is_literal, literal


def read(values: Iterable[str]) -> list[int]:
    """The numbers among these terms, read as pages read them."""
    found = (number(literal(one)[0].strip()) for one in values if is_literal(one))
    return [int(one) for one in found if one is not None and one >= 0]


def classes(numbers: Iterable[int]) -> tuple[str, ...]:
    """The code of each class that these numbers are in."""
    tops = wording.POPULATION_TOPS
    return tuple(sorted({next(k for k, top in tops.items() if one < top) for one in numbers}))
