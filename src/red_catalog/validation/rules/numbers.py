"""Numbers that contradict each other: ages, and individuals against records.

Not said in SHACL: it calls two values out of order when one of them is no number at all,
which the profiles of the standard tell already.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from red_catalog.namespaces import PREFIXES, term
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.validation.compiled.datatypes import form_of
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make

_KIND: Final = f"{PREFIXES['xsd']}nonNegativeInteger"
_DIGITS: Final = 18  # more count nothing on this planet, and cost time
_PAIRS: Final = (
    ("ages-out-of-order", term("healthdcatap:minTypicalAge"), term("healthdcatap:maxTypicalAge")),
    (
        "individuals-above-records",
        term("healthdcatap:numberOfUniqueIndividuals"),
        term("healthdcatap:numberOfRecords"),
    ),
)


def find_numbers(description: Description) -> Iterator[Result]:
    """The lesser number of a pair where it is above the greater one."""
    for subject in description.index:
        for rule, less, more in _PAIRS:
            small = description.objects(subject, less)
            great = description.objects(subject, more)
            if len(small) == len(great) == 1:
                lower, upper = _number(small[0]), _number(great[0])
                if lower is not None and upper is not None and lower > upper:
                    yield make(rule, subject, less, small[0])


def contradicted(
    objects: Mapping[str, Sequence[str]], path: str, value: str
) -> tuple[str, str] | None:
    """The property and the value that this value of a property would be out of order with.

    `objects`: what else is said of the same thing; None where all goes together.
    """
    here = _number(value)
    for _, less, more in _PAIRS:
        if path not in {less, more} or here is None:
            continue
        beside = more if path == less else less
        given = objects.get(beside, ())
        there = _number(given[0]) if len(given) == 1 else None
        if there is not None and (here > there if path == less else here < there):
            return beside, given[0]
    return None


def _number(value: str) -> int | None:
    if not is_literal(value):
        return None
    text, _, datatype = literal(value)
    form = form_of(_KIND)
    if datatype != _KIND or len(text) > _DIGITS or form is None or not form(text):
        return None
    return int(text)
