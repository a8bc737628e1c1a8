"""pySHACL, so that no value can stop it.

Where two values cannot be compared, the recommendation asks for a result. pySHACL stops instead
at a blank node (sh:lessThan), at values of two kinds (sh:lessThanOrEquals) and at NaN beside a
decimal, and tells nothing of the record: one submission would end a whole harvest. So would a
list that goes round in a circle, as it copies into its report, and puts into words, whatever is
said of a blank node.
"""

from collections.abc import Callable, Iterable
from functools import cache, wraps
from itertools import product
from typing import Any, Final

from pyshacl import validator
from pyshacl.constraints.core import value_range_constraints as ranges
from pyshacl.constraints.core.property_pair_constraints import (
    LessThanConstraintComponent,
    LessThanOrEqualsConstraintComponent,
)
from pyshacl.errors import ReportableRuntimeError
from pyshacl.rdfutil import stringify
from rdflib.term import Node

Compare = Callable[..., tuple[bool, list[Any]]]

_STOPS: Final = (ReportableRuntimeError, TypeError, ArithmeticError)


@cache
def keep_going() -> None:
    """From now on pySHACL gives a result for each pair of values that it cannot compare."""
    for component, name in (
        (LessThanConstraintComponent, "_compare_lt"),
        (LessThanOrEqualsConstraintComponent, "_compare_ltoe"),
    ):
        setattr(component, name, _pair_by_pair(getattr(component, name)))
    vars(ranges)["compare_literal"] = _refusing(vars(ranges)["compare_literal"])
    vars(validator)["clone_blank_node"] = _name
    told = vars(stringify)["stringify_blank_node"]
    vars(stringify)["stringify_blank_node"] = _ending(told)


def forget() -> None:
    """Has pySHACL forget the words that it has for blank nodes.

    It keeps them by the place of their graph in memory, where that of another record may lie next.
    """
    vars(stringify)["stringify_blank_node"].dict_cache.clear()


def _pair_by_pair(compare: Compare) -> Compare:
    def compare_all(
        self: Any, values: Iterable[Any], limits: Iterable[Any], graph: Any, focus: Any
    ) -> tuple[bool, list[Any]]:
        reports: list[Any] = []
        for value, limit in product(values, limits):
            try:
                reports += compare(self, {value}, {limit}, graph, focus)[1]
            except _STOPS:
                reports.append(self.make_v_result(graph, focus, value_node=value))
        return bool(reports), reports

    return compare_all


def _refusing(compare: Callable[[Any, Any], int]) -> Callable[[Any, Any], int]:
    """The same comparison; what it cannot compare is a TypeError, which its callers know."""

    def compare_or_refuse(some: Any, other: Any) -> int:
        try:
            return compare(some, other)
        except ArithmeticError as error:
            raise TypeError(str(error)) from error

    return compare_or_refuse


def _name(_source: object, node: Node, *_args: object, **_kwargs: object) -> Node:
    """A node as a report has it: what is said of it, and of what, stays where it is said."""
    return node


def _ending(tell: Callable[..., str]) -> Callable[..., str]:
    """The same words for a blank node; of a list that goes round in a circle, none of its own."""

    @wraps(tell)
    def tell_or_end(*args: Any, **kwargs: Any) -> str:
        try:
            return tell(*args, **kwargs)
        except ValueError:
            return "( … )"

    return tell_or_end
