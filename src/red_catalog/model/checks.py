"""What `check` says of a document."""

from dataclasses import dataclass, replace

from red_catalog.model.documents import Defect, Quarantined, Unreadable
from red_catalog.model.findings import Problem, Report
from red_catalog.model.scores import Completeness, Mqa
from red_catalog.model.words import Severity, Text, Verdict


@dataclass(frozen=True, slots=True)
class CheckedDataset:
    """One dataset of a checked document, with what people call it where it has a title.

    `language` is that of the name, where the document tells it.
    """

    iri: str
    name: str | None
    verdict: Verdict
    report: Report
    problems: tuple[Problem, ...] = ()
    completeness: Completeness | None = None
    mqa: Mqa | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One document checked against one profile.

    `unreadable` is set where the document gave nothing at all; `repaired` are defects that
    were mended on reading. `beside`: what our own checks say of the same datasets, in the same
    order; it decides nothing.
    """

    location: str
    profile: str
    release: str
    shapes: str
    title: Text
    datasets: tuple[CheckedDataset, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    repaired: tuple[Defect, ...] = ()
    unreadable: Unreadable | None = None
    beside: "Checked | None" = None

    @property
    def apart(self) -> tuple["Checked", ...]:
        """The check, then what stands beside it: nothing there is graver than a warning."""
        return (self, _lower(self.beside)) if self.beside else (self,)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of its datasets, those of our own checks too."""
        return tuple(p for one in self.apart for d in one.datasets for p in d.problems)

    def exit_code(self, fail_on: str) -> int:
        """1 where a finding is at least this severe or nothing was readable, else 0."""
        if self.unreadable or self.quarantined or not self.datasets:
            return 1
        grave = {
            "violation": {Severity.VIOLATION},
            "warning": {Severity.VIOLATION, Severity.WARNING},
            "never": set[Severity](),
        }[fail_on]
        return int(any(f.severity in grave for d in self.datasets for f in d.report.findings))


def _lower(checked: Checked) -> Checked:
    """The check with what blocks told as what could be better is, since it decides nothing."""
    datasets = tuple(
        replace(
            one,
            problems=tuple(
                replace(p, severity=Severity.WARNING) if p.severity is Severity.VIOLATION else p
                for p in one.problems
            ),
        )
        for one in checked.datasets
    )
    return replace(checked, datasets=datasets)
