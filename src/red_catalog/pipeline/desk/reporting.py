"""What operators and holders ask of the register: status, reports, differences."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from red_catalog.config import Config
from red_catalog.model import (
    Completeness,
    Defect,
    Entry,
    Finding,
    Mqa,
    Outcome,
    Run,
    Source,
    State,
    Verdict,
)
from red_catalog.pipeline.desk.duplicates import Shared, find_shared
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.register.deliveries import Balance
from red_catalog.register.ledger import Cost, Register
from red_catalog.validation import profiles
from red_catalog.validation.listing import CodeList

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

    @property
    def held(self) -> int:
        """How many records of the latest run were held back."""
        held = (State.QUARANTINED, State.CONFLICT, State.REJECTED)
        return sum(self.run.totals()[state] for state in held) if self.run else 0

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
        "read": run.read,
        "states": run.totals(),
        "records": lists,
        "documents": [
            {"document": u.location, **defect_to_plain(u.problem)} for u in run.unreadable
        ],
        "repaired": [{"document": w, **defect_to_plain(d)} for w, d in run.repaired],
        "dropped": dict(run.dropped),
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


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """A target at a glance: what it has, what it is owed and why."""

    target: str
    kind: str
    feed: str
    balance: Balance

    def to_plain(self) -> Plain:
        """As `--json` prints it, after the sources."""
        held = self.balance
        return {
            "target": self.target,
            "kind": self.kind,
            "feed": self.feed,
            "acknowledged": held.acknowledged,
            "owed": held.owed,
            "refused": held.refused,
            "last": held.last and held.last.isoformat(),
            "reasons": [{"iri": iri, "reason": dict(why)} for iri, why in held.reasons],
        }


def balances(config: Config, register: Register) -> list[TargetStatus]:
    """Every target with what it has of the ledger."""
    return [TargetStatus(t.id, t.kind, t.feed, register.balance(t)) for t in config.targets]


def differences(harvester: Harvester, source: Source) -> tuple[Run, list[Difference]]:
    """How harvesting a source now would end, and what it would change; nothing is written.

    Where the guard would stop it: what would change if the removals were accepted.
    """
    change = harvester.examine(source)
    run = change.run
    if run.status == "guarded":
        change = replace(harvester, accept_removals=True).examine(source)
        problems = (*run.unreadable, *change.run.unreadable)
        run = replace(change.run, status=run.status, unreadable=problems)
    new = {a.record.iri: a.record.canonical for a in change.accepted}
    return run, [_difference(o, new, harvester.register) for o in run.outcomes]


def elements_to_plain(counted: Completeness) -> Plain:
    """How many of the minimum elements are given, as `--json` prints it."""
    return {"given": counted.given, "applicable": counted.applicable}


def mqa_to_plain(mqa: Mqa) -> Plain:
    """The points of the metadata quality assessment, as `--json` prints them."""
    return {
        "score": mqa.points,
        "band": mqa.band,
        "reachable": mqa.reachable,
        "unchecked": list(mqa.unchecked),
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
        "repeats": finding.repeats,
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


def _lines(canonical: bytes) -> set[str]:
    return {line for line in canonical.decode().split("\n") if line}


def _difference(outcome: Outcome, new: dict[str, bytes], register: Register) -> Difference:
    if outcome.iri not in new or outcome.state not in {State.NEW, State.UPDATED}:
        return Difference(outcome.iri, outcome.state.value)
    versions = register.versions(outcome.iri)
    before = _lines(versions[-1].canonical) if versions else set[str]()
    after = _lines(new[outcome.iri])
    return Difference(
        outcome.iri,
        outcome.state.value,
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
    )


def profiles_to_plain(installed: Path | None) -> list[Plain]:
    """Every profile there is, as `shapes list` prints it."""
    return [profile_to_plain(profiles.load(name, installed)) for name in profiles.names(installed)]


def list_to_plain(found: CodeList) -> Plain:
    """A code list, as `vocab list` prints it."""
    return {
        "list": found.iri,
        "name": dict(found.name),
        "codes": found.codes,
        "digest": found.digest,
        "used_by": [{"profile": name, "property": path} for name, path in found.used_by],
    }


def profile_to_plain(profile: profiles.Profile) -> Plain:
    """A profile by its name, release, title, origin and digest, and what it goes without."""
    return {
        "name": profile.name,
        "release": profile.release,
        "title": profile.title["en"],
        "origin": profile.origin or "bundled",
        "digest": profile.digest,
        "imports": list(profile.imports),
        "left_out": list(profile.left_out),
    }
