"""What kinds of problems there are, so that one mistake is counted as one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from red_catalog.model import Finding, Problem, Severity, Text

_NONE_GIVEN: Final = "sh:MinCountConstraintComponent"
_NOT_THAT: Final = "sh:HasValueConstraintComponent"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sentence that some rules have on a property, in both languages; the first of the rules."""

    severity: Severity
    path: str | None
    fr: str
    en: str
    rule: str | None = field(default=None, compare=False)
    page: str | None = field(default=None, compare=False)

    @property
    def message(self) -> Text:
        """The sentence."""
        return {"fr": self.fr, "en": self.en}


def kinds(problems: Sequence[Problem]) -> tuple[Kind, ...]:
    """Each kind of these problems, once."""
    found = ((one, one.demand or one.message) for one in problems)
    return tuple(
        dict.fromkeys(
            Kind(one.severity, one.path, said["fr"], said["en"], one.rule, one.page)
            for one, said in found
        )
    )


def telling(findings: Sequence[Finding]) -> list[Finding]:
    """Those that tell something of their own.

    Where no value is given at all, nothing is said of the one value that would do.
    """
    absent = {(f.focus, f.path) for f in findings if f.component == _NONE_GIVEN and f.path}
    empty = absent - {(f.focus, f.path) for f in findings if f.value is not None}
    return [f for f in findings if f.component != _NOT_THAT or (f.focus, f.path) not in empty]
