"""Making the result of a rule of the `red` profile."""

from typing import Final

from red_catalog.namespaces import RED_SHAPES
from red_catalog.validation.result import Result

# What contradicts itself or says nothing; all else is advice.
_VIOLATIONS: Final = frozenset({"ages-out-of-order", "ill-typed", "not-a-date", "start-after-end"})


def make(rule: str, focus: str, path: str, value: str | None) -> Result:
    """What the rule of this name says of one value; its words are in `red/rules.ttl`."""
    return Result(
        focus=focus,
        path=path,
        value=value,
        component=f"red:{''.join(word.capitalize() for word in rule.split('-'))}",
        severity="sh:Violation" if rule in _VIOLATIONS else "sh:Warning",
        shape=f"<{RED_SHAPES}{rule}>",
    )
