"""sh:not, sh:and, sh:or and sh:xone."""

from collections.abc import Callable, Iterator
from typing import Final

from rdflib.namespace import SH
from rdflib.term import URIRef

from red_catalog.validation.compiled.check import Check, Context, DataTest, each_in_data
from red_catalog.validation.compiled.data import Data


def compile_not(context: Context) -> Iterator[Check]:
    """No value conforms to the shape."""
    fail = context.failing("sh:NotConstraintComponent")
    for node in context.declared.nodes(SH["not"]):
        yield each_in_data(_opposite(context.shape_of(node).conforms), fail)


def compile_lists(context: Context) -> Iterator[Check]:
    """Each value conforms to all, any or exactly one of the shapes of a list."""
    for parameter, component, combine in _LISTS:
        for head in context.declared.nodes(parameter):
            members = context.declared.items(head)
            if not members:
                raise context.declared.error(f"has an empty list for sh:{parameter.fragment}")
            tests = tuple(context.shape_of(member).conforms for member in members)
            yield each_in_data(combine(tests), context.failing(component))


def _opposite(test: DataTest) -> DataTest:
    return lambda data, value: not test(data, value)


def _all(tests: tuple[DataTest, ...]) -> DataTest:
    def conforms(data: Data, value: str) -> bool:
        return all(test(data, value) for test in tests)

    return conforms


def _any(tests: tuple[DataTest, ...]) -> DataTest:
    def conforms(data: Data, value: str) -> bool:
        return any(test(data, value) for test in tests)

    return conforms


def _one(tests: tuple[DataTest, ...]) -> DataTest:
    def conforms(data: Data, value: str) -> bool:
        return sum(bool(test(data, value)) for test in tests) == 1

    return conforms


_LISTS: Final[tuple[tuple[URIRef, str, Callable[[tuple[DataTest, ...]], DataTest]], ...]] = (
    (SH["and"], "sh:AndConstraintComponent", _all),
    (SH["or"], "sh:OrConstraintComponent", _any),
    (SH.xone, "sh:XoneConstraintComponent", _one),
)
