"""What the form tells of what was sent: each mistake once, by its field or by the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from red_catalog.harvesters.spreadsheet.forms import Mistake
from red_catalog.validation.advice.refusing import properties_in
from red_catalog.validation.advice.sheets import is_asked

Problem = Mapping[str, Any]
"""A problem as the report on the form has it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the page tells of what was sent. `handed`: the answer to a hand-in."""

    mistakes: Mapping[str | None, Sequence[Mistake]]
    report: Mapping[str, Any] | None
    turtle: str
    handed: Mapping[str, Any] | None
    refused: str | None = None

    @property
    def problems(self) -> list[Problem]:
        """What the report asks and the form has, where no refused value is the reason of it."""
        every = self.report["problems"] if self.report else ()
        found = [one for one in every if is_asked(one["kind"], one["path"])]
        return [p for p in found if len(self._causes(p, absent=False)) < len(p["subjects"])]

    @property
    def own(self) -> list[Problem]:
        """What our own checks find besides what is told of a field."""
        others = self.report["others"] if self.report else ()
        read = [one for one in self._every() if one.read]
        told = {step for one in read for step in properties_in(one.path)}
        return [
            problem
            for other in others
            for problem in other["problems"]
            if told.isdisjoint(properties_in(problem["path"]))
        ]

    @property
    def listed(self) -> list[Mistake]:
        """The mistakes that the report does not tell: what is merely missing it does."""
        told = [
            one
            for problem in self.problems
            if problem["severity"] == "violation"
            for one in self._causes(problem, absent=True)
        ]
        return [one for one in self._every() if one not in told]

    def _every(self) -> list[Mistake]:
        every: list[Mistake] = []
        for one in (one for found in self.mistakes.values() for one in found):
            if one not in every:
                every.append(one)
        return every

    def _causes(self, problem: Problem, *, absent: bool) -> list[Mistake]:
        """The fields that are the reason of what the report misses."""
        if problem["kind"] != "missing" or not problem["path"]:
            return []
        assert self.report is not None
        part = problem["subjects"][0] != f"<{self.report['iri']}>"
        wanted = properties_in(problem["path"])
        return [
            one
            for one in self._every()
            if one.absent == absent and one.part == part and wanted & properties_in(one.path)
        ]
