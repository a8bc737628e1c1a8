"""sh:equals, sh:disjoint, sh:lessThan and sh:lessThanOrEquals: two properties of one node."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from rdflib.namespace import SH
from rdflib.term import URIRef

from red_catalog.validation.compiled.check import Check, Context, Fail
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.compiled.ordering import comes_before
from red_catalog.validation.result import Result

_ORDERS: Final = (
    (SH.lessThan, "sh:LessThanConstraintComponent", False),
    (SH.lessThanOrEquals, "sh:LessThanOrEqualsConstraintComponent", True),
)


def compile_equals(context: Context) -> Iterator[Check]:
    """The values are those of the other property, no more and no fewer."""
    fail = context.failing("sh:EqualsConstraintComponent")

    def check(other: str, data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        out.extend(fail(focus, value) for value in set(values) ^ set(data.objects(focus, other)))

    for other in _predicates(context, SH.equals):
        yield partial(check, other)


def compile_disjoint(context: Context) -> Iterator[Check]:
    """No value is also one of the other property."""
    fail = context.failing("sh:DisjointConstraintComponent")

    def check(other: str, data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        out.extend(fail(focus, value) for value in set(values) & set(data.objects(focus, other)))

    for other in _predicates(context, SH.disjoint):
        yield partial(check, other)


def compile_orders(context: Context) -> Iterator[Check]:
    """Each value comes before each one of the other property; one result for each pair."""
    for parameter, component, or_same in _ORDERS:
        for other in _predicates(context, parameter):
            context.need_path(f"sh:{parameter.fragment}")
            yield _before(other, context.failing(component), or_same=or_same)


def _before(other: str, fail: Fail, *, or_same: bool) -> Check:
    def check(data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        limits = data.objects(focus, other)
        out.extend(
            fail(focus, value)
            for value in values
            for limit in limits
            if not comes_before(value, limit, or_same=or_same)
        )

    return check


def _predicates(context: Context, parameter: URIRef) -> list[str]:
    found = context.declared.nodes(parameter)
    if not all(isinstance(node, URIRef) for node in found):
        raise context.declared.error(f"needs an IRI for sh:{parameter.fragment}")
    return context.declared.terms(parameter)
