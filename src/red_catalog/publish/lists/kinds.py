"""What kinds of problems findings are, so that one mistake is counted as one."""

from collections.abc import Sequence
from typing import Final

from red_catalog.model import Finding, Severity

Kind = tuple[Severity, str | None, str]
"""Severity, path and component."""

_NONE_GIVEN: Final = "sh:MinCountConstraintComponent"
_NOT_THAT: Final = "sh:HasValueConstraintComponent"


def kinds(findings: Sequence[Finding]) -> dict[Kind, Finding]:
    """A finding of each kind."""
    return {(f.severity, f.path, f.component): f for f in telling(findings)}


def telling(findings: Sequence[Finding]) -> list[Finding]:
    """Those that tell something of their own.

    Where no value is given at all, nothing is said of the one value that would do.
    """
    absent = {(f.focus, f.path) for f in findings if f.component == _NONE_GIVEN and f.path}
    empty = absent - {(f.focus, f.path) for f in findings if f.value is not None}
    return [f for f in findings if f.component != _NOT_THAT or (f.focus, f.path) not in empty]
