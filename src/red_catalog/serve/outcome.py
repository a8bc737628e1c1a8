"""What the form tells of what was sent: each mistake once, by its field or by the report."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import getitem
from typing import Any, Final, NamedTuple

from red_catalog.harvesters.spreadsheet.fields import (
    CONTACT_KEYS,
    DISTRIBUTION_ROWS,
    known,
    name_of,
    saying,
)
from red_catalog.harvesters.spreadsheet.forms import Mistake
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS, DISTRIBUTIONS
from red_catalog.namespaces import term
from red_catalog.serve.replacing import Replaced
from red_catalog.validation.advice.refusing import properties_in
from red_catalog.validation.advice.sheets import only_asked, say_as_listed
from red_catalog.validation.advice.subjects import is_called

Problem = Mapping[str, Any]
"""A problem as the report on the form has it."""

# The address of a code: whoever fills in a form chooses by name.
_ADDRESS: Final = re.compile(r" \(https?://[^\s()]*\)")


# What the rows of a sheet are.
_KINDS: Final = {
    "distributions": ("dcat:Distribution",), "variables": ("csvw:Column",),
    "contacts": ("foaf:Agent", "vcard:Kind", "cv:ContactPoint"),
}  # fmt: skip
_PUBLISHER: Final = "contacts.0"  # it is the custodian as well: two organisations in the report
_ACCESS_BODY: Final = CONTACT_KEYS.index("ORAD")
_A_DISTRIBUTION: Final = "a dcat:Distribution"
# What a form of the data is of the dataset where it is not a distribution of it.
_ROLES: Final = frozenset(map(term, ("adms:sample", "healthdcatap:analytics")))


class Point(NamedTuple):
    """One line above the form: the field to go to, None where there is none, and what to say."""

    field: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the page tells of what was sent.

    `refused`: why what was asked (`action`) was not done, for want of a good key where `of_key`;
    `replaced`: what stands there already, so that it is asked first.
    """

    mistakes: Mapping[str | None, Sequence[Mistake]]
    report: Mapping[str, Any] | None
    turtle: str
    refused: str | None = None
    action: str = "check"
    replaced: Sequence[Replaced] = ()
    of_key: bool = False

    @property
    def problems(self) -> list[Problem]:
        """What the report asks and the form has, where no refused value is the reason of it."""
        if not self.report:
            return []
        found = only_asked(self.report["problems"], self.report["iri"], getitem)
        return [p for p in found if self._count_caused(p) < len(p["subjects"])]

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

    def to_review(self, code: str) -> list[Point]:
        """The mistakes of each field in one line, in a language."""
        said: dict[str | None, list[str]] = {}
        for one in self.listed:
            said.setdefault(one.field, []).append(one.message[code])
        whole = [Point(None, words) for words in said.pop(None, ())]
        return _sort([Point(field, " ".join(words)) for field, words in said.items()]) + whole

    def points(self, problems: Iterable[Problem], code: str) -> list[Point]:
        """What to do about problems of the report, each at its field, in a language."""
        return _sort([self._point(one, code) for one in problems])

    def _point(self, problem: Problem, code: str) -> Point:
        cause = next((one for one in self._causes(problem, absent=True) if one.field), None)
        own = not self._is_of_part(problem)
        field = cause.field if cause else self._field_of(problem)
        if cause and cause.fix[code]:
            words = cause.fix[code]
        elif field and own and problem["kind"] == "missing":
            words = problem["fix"]  # the field's name says what is missing
        else:
            words = " ".join(dict.fromkeys((problem["message"], problem["fix"])))
        return Point(field, say_as_listed(_ADDRESS.sub("", words)))

    def _field_of(self, problem: Problem) -> str | None:
        """The field that says what is missing, where it is certain which one does."""
        path = problem["path"] or ""
        if not self._is_of_part(problem):
            return self._next_form() if path in _ROLES else saying(path)
        count = len(problem["subjects"])
        if is_called(problem["about"], term("foaf:Agent")):
            return saying(path, CONTACTS, _ACCESS_BODY if count == 1 else 0)
        every = count == self.turtle.count(_A_DISTRIBUTION)
        is_first = every and is_called(problem["about"], term("dcat:Distribution"))
        return saying(path, DISTRIBUTIONS) if is_first else None

    def _next_form(self) -> str | None:
        """The role of the first form of the data that is not described yet."""
        row = max(1, self.turtle.count(_A_DISTRIBUTION))
        role = name_of(DISTRIBUTIONS, row, DISTRIBUTIONS.column("role"), other=False)
        return role if row < DISTRIBUTION_ROWS else None

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
        part = self._is_of_part(problem)
        wanted = properties_in(problem["path"])
        return [
            one
            for one in self._every()
            if one.absent == absent
            and one.part == part
            and wanted & properties_in(one.path)
            and (not part or _is_said_in(one.field, problem))
        ]

    def _count_caused(self, problem: Problem) -> int:
        """Of how many things what the report misses is told at a field."""
        rows = {_row(one.field) for one in self._causes(problem, absent=False)}
        twice = _PUBLISHER in rows and is_called(problem["about"], term("foaf:Agent"))
        return len(rows) + twice

    def _is_of_part(self, problem: Problem) -> bool:
        """Whether a problem is one of a part of the dataset, not of itself."""
        assert self.report is not None
        return bool(problem["subjects"][0] != f"<{self.report['iri']}>")


def _row(field: str | None) -> str:
    """The sheet and row of a field."""
    return ".".join((field or "").split(".")[:2])


def _is_said_in(field: str | None, problem: Problem) -> bool:
    """Whether a field is of a part such as the problem is about; that of no field may be."""
    kinds = _KINDS.get((field or "").partition(".")[0])
    return kinds is None or any(is_called(problem["about"], term(kind)) for kind in kinds)


def _sort(points: list[Point]) -> list[Point]:
    """The points in the order of the form, those of no field last."""
    order = {field: number for number, field in enumerate(known())}
    return sorted(points, key=lambda one: order.get(one.field or "", len(order)))
