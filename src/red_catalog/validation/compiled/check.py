"""What every constraint is compiled from, and what it is compiled to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rdflib.term import Node

from red_catalog.validation.compiled.classes import Classes
from red_catalog.validation.compiled.data import Background, Data
from red_catalog.validation.compiled.declaration import Declaration
from red_catalog.validation.result import Result

Check = Callable[[Data, str, Sequence[str], list[Result]], None]
"""Looks at the value nodes of a focus node and appends a result for each one that fails."""

Fail = Callable[[str, str | None], Result]
"""The result of one component for a focus node and, where there is one, a value."""

Test = Callable[[str], object]
"""Says, by truth, whether a value node passes; knows nothing but the value itself."""

DataTest = Callable[[Data, str], object]
"""Says, by truth, whether a value node passes, given what the data says of it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A compiled shape.

    `validate` appends the results of one focus node. `conforms` only answers; it remembers
    its answers about nodes of the background. `path` is None for a node shape. `needs`: the
    predicate without which, in the record, it has nothing to say of a node.
    """

    validate: Callable[[Data, str, list[Result]], None]
    conforms: DataTest
    path: str | None
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """A shape while it is compiled: its declaration, and what its results have in common."""

    declared: Declaration
    path: str | None
    severity: str
    source: str | None
    messages: tuple[str, ...]
    classes: Classes
    background: Background
    shape_of: Callable[[Node], Shape]

    def failing(self, component: str, messages: tuple[str, ...] | None = None) -> Fail:
        """Makes the results of one component (`sh:…`) of this shape."""
        path, severity, source = self.path, self.severity, self.source
        said = self.messages if messages is None else messages

        def fail(focus: str, value: str | None) -> Result:
            return Result(focus, path, value, component, severity, source, said)

        return fail

    def need_path(self, parameter: str) -> None:
        """Refuses a parameter that only property shapes may have."""
        if self.path is None:
            raise self.declared.error(f"has {parameter} and no sh:path to apply it to")


Compile = Callable[[Context], Iterable[Check]]
"""The checks of one component of a shape: none, one, or one for each value of a parameter."""


def each(test: Test, fail: Fail) -> Check:
    """A check that gives a result for each value that fails a test of the value alone."""

    def check(_data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        for value in values:
            if not test(value):
                out.append(fail(focus, value))  # noqa: PERF401 - most often nothing fails

    return check


def each_in_data(test: DataTest, fail: Fail) -> Check:
    """A check that gives a result for each value that fails a test of what is said of it."""

    def check(data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        for value in values:
            if not test(data, value):
                out.append(fail(focus, value))  # noqa: PERF401

    return check
