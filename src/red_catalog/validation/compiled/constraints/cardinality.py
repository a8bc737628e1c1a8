"""sh:minCount and sh:maxCount."""

from collections.abc import Iterator, Sequence

from rdflib.namespace import SH

from red_catalog.validation.compiled.check import Check, Context
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.result import Result


def compile_min_count(context: Context) -> Iterator[Check]:
    """There are at least so many values."""
    least = context.declared.integer(SH.minCount)
    if least is None:
        return
    context.need_path("sh:minCount")
    if least == 0:
        return
    fail = context.failing("sh:MinCountConstraintComponent")

    def check(_data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        if len(values) < least:
            out.append(fail(focus, None))

    yield check


def compile_max_count(context: Context) -> Iterator[Check]:
    """There are at most so many values."""
    most = context.declared.integer(SH.maxCount)
    if most is None:
        return
    context.need_path("sh:maxCount")
    fail = context.failing("sh:MaxCountConstraintComponent")

    def check(_data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        if len(values) > most:
            out.append(fail(focus, None))

    yield check
