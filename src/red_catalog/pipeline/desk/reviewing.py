"""What a holder should mend: each dataset with its problems, and what was held back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from red_catalog.config import Config
from red_catalog.model import (
    CheckedDataset,
    Defect,
    Entry,
    Holder,
    Outcome,
    Problem,
    Report,
    State,
    Unreadable,
)
from red_catalog.pipeline.desk.reporting import (
    defect_to_plain,
    elements_to_plain,
    finding_to_plain,
    mqa_to_plain,
)
from red_catalog.pipeline.explaining import explain, find_forms, fit_form
from red_catalog.pipeline.linking import link_rule
from red_catalog.publish.dataset.problems import from_findings
from red_catalog.rdf.terms import make_iri
from red_catalog.register.ledger import Register
from red_catalog.validation.advice.problems import retell
from red_catalog.validation.advice.refusing import blame
from red_catalog.validation.advice.subjects import name_of
from red_catalog.validation.compiled.data import index_triples, read_canonical

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One report on a dataset, and its problems told once each."""

    report: Report
    problems: tuple[Problem, ...]

    def to_plain(self) -> Plain:
        """As `--json` prints it."""
        report = self.report
        return {
            "profile": report.profile,
            "release": report.release,
            "shapes": report.shapes,
            "problems": [problem_to_plain(p) for p in self.problems],
            "findings": [finding_to_plain(f) for f in report.findings],
        }


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One dataset of a holder, with what to mend in it by each profile, the deciding one first."""

    entry: Entry
    name: str | None
    told: tuple[Told, ...]

    def to_checked(self) -> CheckedDataset:
        """The deciding report as a check of its document would tell it."""
        entry, main = self.entry, self.told[0]
        return CheckedDataset(
            iri=entry.iri,
            name=self.name,
            verdict=entry.verdict,
            report=retell(main.report, main.problems),
            problems=main.problems,
            completeness=entry.completeness,
            mqa=entry.mqa,
        )


@dataclass(frozen=True, slots=True)
class HolderReport:
    """What a holder should mend: its datasets, and what was held back or doubtful on the way."""

    holder: Holder
    entries: tuple[Reviewed, ...]
    held: tuple[Outcome, ...]
    unreadable: tuple[Unreadable, ...]
    repaired: tuple[tuple[str, Defect], ...]

    def to_plain(self) -> Plain:
        """As `--json` prints it."""
        return {
            "holder": self.holder.id,
            "datasets": [
                {
                    "iri": e.entry.iri,
                    "verdict": e.entry.verdict.value,
                    "level": e.entry.report.level.value,
                    "problems": [problem_to_plain(p) for p in e.told[0].problems],
                    "findings": [finding_to_plain(f) for f in e.entry.reports[0].findings],
                    "others": [told.to_plain() for told in e.told[1:]],
                    "minimum_elements": e.entry.completeness
                    and elements_to_plain(e.entry.completeness),
                    "mqa": e.entry.mqa and mqa_to_plain(e.entry.mqa),
                }
                for e in self.entries
            ],
            "held": [{"iri": o.iri, "state": o.state.value, "reason": o.reason} for o in self.held],
            "unreadable": [
                {"document": u.location, **defect_to_plain(u.problem)} for u in self.unreadable
            ],
            "repaired": [{"document": w, **defect_to_plain(d)} for w, d in self.repaired],
        }


def report(config: Config, register: Register, holder: Holder, lang: str = "fr") -> HolderReport:
    """All that this holder should mend, from its datasets and its latest harvests.

    `lang`: of the titles, and of the pages of rules that problems link to.
    """
    runs = [run for s in config.sources if s.holder == holder.id for run in register.runs(s.id)]
    held = {State.QUARANTINED, State.CONFLICT, State.REJECTED, State.ABSENT}
    return HolderReport(
        holder,
        tuple(
            _review(
                e, config, lang, [d for r in runs if r.source == e.source for _, d in r.repaired]
            )
            for e in register.entries()
            if e.holder == holder.id and not e.withdrawn_at
        ),
        tuple(o for run in runs for o in run.outcomes if o.state in held),
        tuple(u for run in runs for u in run.unreadable),
        tuple(one for run in runs for one in run.repaired),
    )


def problem_to_plain(problem: Problem) -> Plain:
    """A problem as `--json` prints it, in both languages."""
    texts = ("about", "name", "message", "fix", "expected", "found", "turtle")
    said = {name: (text := getattr(problem, name)) and dict(text) for name in texts}
    return {
        "severity": problem.severity.value,
        "kind": problem.kind,
        "subjects": list(problem.subjects),
        "path": problem.path,
        **said,
        "suggestions": [{"iri": s.iri, "label": dict(s.label)} for s in problem.suggestions],
        "rule": problem.rule,
        "page": problem.page,
    }


def _review(entry: Entry, config: Config, lang: str, mended: Sequence[Defect]) -> Reviewed:
    triples = read_canonical(entry.canonical)
    index = index_triples(triples)
    name = name_of(index, make_iri(entry.iri), lang)
    base, told = config.catalogue.base_iri, []
    forms = find_forms(config)
    for one in entry.reports:
        found = explain(entry, one, config.shapes)
        problems = from_findings(entry, one) if found is None else found
        problems = fit_form(blame(problems, entry.iri, mended, triples), entry, forms, mended)
        told.append(Told(one, tuple(link_rule(p, base, lang) for p in problems)))
    return Reviewed(entry, name, tuple(told))
