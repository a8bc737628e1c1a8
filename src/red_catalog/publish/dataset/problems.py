"""The problems of a dataset as its page tells them: blocking first, then what to improve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from red_catalog.model import (
    MINIMUM_PROFILE,
    OWN_PROFILE,
    Entry,
    Finding,
    Problem,
    Report,
    Severity,
    Text,
)
from red_catalog.publish.lists.kinds import telling
from red_catalog.publish.record import properties
from red_catalog.publish.web import rules
from red_catalog.publish.web.languages import CODES
from red_catalog.rdf.terms import make_iri

Explain = Callable[[Entry, Report], Sequence[Problem] | None]
"""What gives the problems of a dataset's report, None where nobody knows more than it says."""

_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Told:
    """What blocks, what to improve, and what is merely missing and would be welcome, by subject."""

    blocking: tuple[Problem, ...]
    improve: tuple[Problem, ...]
    complete: tuple[tuple[Text, tuple[Problem, ...]], ...]

    @property
    def completing(self) -> int:
        """How many things would be welcome, whatever they are said of."""
        return sum(len(found) for _, found in self.complete)


def tell(problems: Sequence[Problem]) -> Told:
    """The problems in the order in which they should be met."""
    ordered = _sorted(problems)
    rest = [p for p in ordered if p.severity is not Severity.VIOLATION]
    missing: dict[str, list[Problem]] = {}
    for problem in rest:
        if problem.kind == "missing":
            missing.setdefault(problem.about["fr"], []).append(problem)
    return Told(
        tuple(p for p in ordered if p.severity is Severity.VIOLATION),
        tuple(p for p in rest if p.kind != "missing"),
        tuple((found[0].about, tuple(found)) for found in missing.values()),
    )


@dataclass(frozen=True, slots=True)
class Other:
    """What another profile than the deciding one says; `own`: our own checks."""

    profile: str
    release: str
    own: bool
    problems: tuple[Problem, ...]


def tell_others(entry: Entry, found: Sequence[Sequence[Problem]]) -> tuple[Other, ...]:
    """The problems of every report but the first, which `found` has in their order."""
    return tuple(
        Other(report.profile, report.release, report.profile == OWN_PROFILE, _sorted(problems))
        for report, problems in zip(entry.reports[1:], found[1:], strict=True)
        # Told by the count of the elements that are given.
        if report.profile != MINIMUM_PROFILE
    )


def _sorted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: _RANKS[p.severity]))


def deciding(entry: Entry, explain: Explain) -> Sequence[Problem]:
    """The problems of the deciding report, as the dataset's page tells them."""
    report = entry.report
    if entry.withdrawn_at or not report.findings:
        return ()
    told = explain(entry, report)
    if told is None:
        return from_findings(entry, replace(report, findings=tuple(telling(report.findings))))
    return told


def count_blocking(entry: Entry, explain: Explain) -> int:
    """How many problems of the deciding report block, as the dataset's page tells them."""
    if not entry.report.count(Severity.VIOLATION):
        return 0
    return sum(p.severity is Severity.VIOLATION for p in deciding(entry, explain))


def from_findings(entry: Entry, report: Report) -> tuple[Problem, ...]:
    """One problem for all findings of one message and property, where nobody explained more."""
    grouped: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in report.findings:
        if finding.repeats:
            continue
        grouped.setdefault((finding.message["fr"], finding.path), []).append(finding)
    return tuple(_problem(entry, report.profile, same) for same in grouped.values())


def _problem(entry: Entry, profile: str, same: Sequence[Finding]) -> Problem:
    first = same[0]
    property_ = properties.of_path(first.path or "")
    name = {code: properties.name(property_, code) for code in CODES}
    value = next((f.value for f in same if f.value), None)
    subjects = tuple(dict.fromkeys(f.focus for f in same))
    mine = subjects == (make_iri(entry.iri),)
    return Problem(
        severity=first.severity,
        kind="other",
        subjects=subjects,
        about={"fr": "jeu de données", "en": "dataset"} if mine else {"fr": "", "en": ""},
        path=first.path,
        name=name,
        message=first.message,
        fix=first.fix or first.message,
        page=rules.page(profile, first.shape),
        demand=first.message,
        expected={"fr": "", "en": ""},
        found={"fr": value, "en": value} if value else None,
        findings=tuple(same),
    )
