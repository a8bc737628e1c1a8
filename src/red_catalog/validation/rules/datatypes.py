"""Values that are none of the type they claim, on any property.

The profiles of the standard look at the types of the properties they know, and at no other.
"""

from collections.abc import Iterator

from red_catalog.rdf.terms import is_literal, literal
from red_catalog.validation.compiled.datatypes import form_of
from red_catalog.validation.result import Result
from red_catalog.validation.rules import dates
from red_catalog.validation.rules.description import Description
from red_catalog.validation.rules.finding import make


def find_ill_typed(description: Description) -> Iterator[Result]:
    """Literals whose text their datatype does not allow; dates have rules of their own."""
    for subject, predicate, value in description.triples:
        if predicate in dates.DATED or not is_literal(value):
            continue
        text, language, datatype = literal(value)
        form = None if language else form_of(datatype)
        if form is not None and not form(text):
            yield make("ill-typed", subject, predicate, value)
