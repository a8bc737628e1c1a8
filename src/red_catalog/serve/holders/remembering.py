"""What is told of problems, remembered: to explain a thousand datasets takes seconds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from red_catalog.model import Entry, Problem, Report
from red_catalog.publish.dataset.problems import Explain

_DATASETS: Final = 20_000
_Found = tuple[Problem, ...] | None


class Remembering:
    """Explains each state of a dataset once, without what is of that dataset alone."""

    def __init__(self, explain: Explain) -> None:
        self._explain = explain
        self._known: dict[str, tuple[int, _Found]] = {}
        self._alike: dict[tuple[object, ...], Problem] = {}

    def __call__(self, entry: Entry, report: Report) -> Sequence[Problem] | None:
        """The problems of a report; those of many datasets that are told alike are one object."""
        state = hash((entry.source, entry.digest, repr(report)))
        known = self._known.get(entry.iri)
        if known is None or known[0] != state:
            found = self._explain(entry, report)
            known = state, None if found is None else tuple(map(self._share, found))
            if len(self._known) >= _DATASETS:
                self._known.clear()
                self._alike.clear()
            self._known[entry.iri] = known
        return known[1]

    def _share(self, problem: Problem) -> Problem:
        told = (problem.name, problem.message, problem.fix)
        texts = [text for one in told for text in one.values()]
        key = (problem.severity, problem.kind, problem.path, problem.rule, *texts)
        if key not in self._alike:
            self._alike[key] = replace(
                problem, subjects=(), found=None, suggestions=(), turtle=None, removed=(),
                findings=(),
            )  # fmt: skip
        return self._alike[key]
