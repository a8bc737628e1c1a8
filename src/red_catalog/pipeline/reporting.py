"""What operators and holders ask of the register: status, reports, differences."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from red_catalog.config import Config
from red_catalog.model import (
    CheckedDataset,
    Defect,
    Entry,
    Finding,
    Holder,
    Outcome,
    Problem,
    Report,
    Run,
    Severity,
    Source,
    State,
    Unreadable,
    Verdict,
)
from red_catalog.pipeline.duplicates import Shared, find_shared
from red_catalog.pipeline.explaining import explain, link_rule
from red_catalog.pipeline.harvesting import Harvester
from red_catalog.publish.problems import from_findings
from red_catalog.rdf.terms import make_iri
from red_catalog.register.ledger import Cost, Register
from red_catalog.validation import profiles
from red_catalog.validation.compiled.data import index_triples, read_canonical
from red_catalog.validation.problems import retell
from red_catalog.validation.subjects import name_of

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source at a glance. `last` is the end of its latest run, `due` that of the next.

    `run` is the latest one, and `cost` what it took. `shared`: what other paths give too.
    """

    source: str
    holder: str
    kind: str
    status: str
    last: datetime | None
    published: int
    flagged: int
    absent: int
    withdrawn: int
    due: datetime | None = None
    run: Run | None = None
    cost: Cost | None = None
    shared: tuple[Shared, ...] = ()

    def to_plain(self) -> Plain:
        """As `--json` prints it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        moments = {name: plain[name] and plain[name].isoformat() for name in ("last", "due")}
        cost = self.cost
        return {
            **plain,
            **moments,
            "run": self.run and _run_to_plain(self.run),
            "cost": cost and {name: getattr(cost, name) for name in cost.__slots__},
            "shared": [{"identifier": s.identifier, "paths": s.paths} for s in self.shared],
        }


def _run_to_plain(run: Run) -> Plain:
    """What came, and each list that is not of unchanged records, with reasons."""
    lists: dict[str, list[Plain]] = {}
    for outcome in run.outcomes:
        one = {"iri": outcome.iri, "reason": outcome.reason}
        lists.setdefault(outcome.state.value, []).append(one)
    return {
        "id": run.id,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat(),
        "states": run.totals(),
        "records": lists,
        "documents": [
            {"document": u.location, **defect_to_plain(u.problem)} for u in run.unreadable
        ],
        "repaired": [{"document": w, **defect_to_plain(d)} for w, d in run.repaired],
        "dropped": dict(run.dropped),
    }


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
    """What a holder should mend: its datasets, and what was held back on the way."""

    holder: Holder
    entries: tuple[Reviewed, ...]
    held: tuple[Outcome, ...]
    unreadable: tuple[Unreadable, ...]

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
                }
                for e in self.entries
            ],
            "held": [{"iri": o.iri, "state": o.state.value, "reason": o.reason} for o in self.held],
            "unreadable": [
                {"document": u.location, **defect_to_plain(u.problem)} for u in self.unreadable
            ],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What a harvest would do to one record, statement by statement (N-Triples lines)."""

    iri: str
    state: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def to_plain(self) -> Plain:
        """As `--json` prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


def status(config: Config, register: Register) -> list[SourceStatus]:
    """Every configured source with its latest run and what it has in the catalogue."""
    entries = list(register.entries())
    shared = find_shared(entries)
    return [_source_status(source, register, entries, shared) for source in config.sources]


def report(config: Config, register: Register, holder: Holder, lang: str = "fr") -> HolderReport:
    """All that this holder should mend, from its datasets and its latest harvests.

    `lang`: of the titles, and of the pages of rules that problems link to.
    """
    runs = [run for s in config.sources if s.holder == holder.id for run in register.runs(s.id)]
    held = {State.QUARANTINED, State.CONFLICT, State.REJECTED, State.ABSENT}
    return HolderReport(
        holder,
        tuple(
            _review(e, config, lang)
            for e in register.entries()
            if e.holder == holder.id and not e.withdrawn_at
        ),
        tuple(o for run in runs for o in run.outcomes if o.state in held),
        tuple(u for run in runs for u in run.unreadable),
    )


def _review(entry: Entry, config: Config, lang: str) -> Reviewed:
    index = index_triples(read_canonical(entry.canonical))
    name = name_of(index, make_iri(entry.iri), lang)
    base, told = config.catalogue.base_iri, []
    for one in entry.reports:
        found = explain(entry, one, config.shapes)
        problems = from_findings(entry, one) if found is None else found
        told.append(Told(one, tuple(link_rule(p, base, lang) for p in problems)))
    return Reviewed(entry, name, tuple(told))


def differences(harvester: Harvester, source: Source) -> list[Difference]:
    """What harvesting a source now would change; nothing is written."""
    change = harvester.examine(source)
    new = {a.record.iri: a.record.canonical for a in change.accepted}
    return [_difference(o, new, harvester.register) for o in change.run.outcomes]


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


def finding_to_plain(finding: Finding) -> Plain:
    """A finding as `--json` prints it."""
    return {
        "severity": finding.severity.value,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "component": finding.component,
        "shape": finding.shape,
        "message": dict(finding.message),
        "fix": finding.fix and dict(finding.fix),
        "line": finding.line,
    }


def defect_to_plain(defect: Defect) -> Plain:
    """A defect as `--json` prints it."""
    return {
        "code": defect.code,
        "line": defect.line,
        "column": defect.column,
        "message": dict(defect.message),
        "fix": dict(defect.fix),
    }


def count_by_severity(findings: tuple[Finding, ...]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    return {s: sum(f.severity is s for f in findings) for s in Severity}


def _source_status(
    source: Source, register: Register, entries: list[Entry], shared: list[Shared]
) -> SourceStatus:
    runs = register.runs(source.id)
    mine = [e for e in entries if e.source == source.id]
    live = [e for e in mine if e.withdrawn_at is None]
    return SourceStatus(
        source=source.id,
        holder=source.holder,
        kind=source.kind,
        status=runs[0].status if runs else "never",
        last=runs[0].ended if runs else None,
        published=len(live),
        flagged=sum(e.verdict is Verdict.FLAGGED for e in live),
        absent=sum(e.absent_since is not None for e in live),
        withdrawn=len(mine) - len(live),
        due=runs[0].ended + timedelta(hours=source.every_hours) if runs else None,
        run=runs[0] if runs else None,
        cost=register.cost(runs[0].id) if runs else None,
        shared=tuple(s for s in shared if source.id in {path[0] for path in s.paths}),
    )


def _difference(outcome: Outcome, new: dict[str, bytes], register: Register) -> Difference:
    if outcome.iri not in new or outcome.state not in {State.NEW, State.UPDATED}:
        return Difference(outcome.iri, outcome.state.value)
    versions = register.versions(outcome.iri)
    before = set(versions[-1].canonical.decode().splitlines()) if versions else set[str]()
    after = set(new[outcome.iri].decode().splitlines())
    return Difference(
        outcome.iri,
        outcome.state.value,
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
    )


def profiles_to_plain(installed: Path | None) -> list[Plain]:
    """Every profile there is, as `shapes list` prints it."""
    return [profile_to_plain(profiles.load(name, installed)) for name in profiles.names(installed)]


def profile_to_plain(profile: profiles.Profile) -> Plain:
    """A profile by its name, release, title, origin and digest."""
    return {
        "name": profile.name,
        "release": profile.release,
        "title": profile.title["en"],
        "origin": profile.origin or "bundled",
        "digest": profile.digest,
    }
