"""From a source to the register: gather, reconcile, validate, commit."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.harvesters import HARVESTERS, Harvest
from red_catalog.http import Http
from red_catalog.model import (
    Bookmark,
    Document,
    Gone,
    Outcome,
    Reading,
    Record,
    Report,
    Run,
    Severity,
    Source,
    State,
    Unreadable,
    Verdict,
)
from red_catalog.pipeline.reconciling import Decision, Gathered, reconcile
from red_catalog.pipeline.wording import say
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.register.ledger import Accepted, Change, Register
from red_catalog.validation import profiles
from red_catalog.validation.checking import validate

Clock = Callable[[], datetime]
Item = TypeVar("Item")
PROFILE = "healthdcat-ap-8"
_BATCH = 20
_AHEAD = 32


def utc_now() -> datetime:
    """The time, in whole seconds of UTC."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Harvester:
    """What harvesting any source needs. `executor` None: all in this process."""

    config: Config
    register: Register
    http: Http
    executor: Executor | None = None
    clock: Clock = utc_now
    accept_removals: bool = False

    def harvest(self, source: Source) -> Run:
        """One pass over one source, written to the register in one transaction."""
        return self.register.commit(self.examine(source))

    def examine(self, source: Source) -> Change:
        """What a pass over this source would change; nothing is written."""
        started = self.clock()
        gathered = self._gather(source)
        iris = [r.iri for reading in gathered.readings for r in reading.records]
        decision = reconcile(
            source,
            gathered,
            self.register.known(source.id, iris),
            self.config.guards,
            now=started,
            shapes=profiles.load(PROFILE).digest,
            accept_removals=self.accept_removals,
        )
        return self._change(source, gathered, decision, started)

    def _gather(self, source: Source) -> Gathered:
        """Fetches and reads every document, a few at a time."""
        readings: list[Reading] = []
        unreadable: list[Unreadable] = []
        gone: set[str] = set()
        bookmark = Bookmark("")
        since = replace(source, bookmark=self.register.bookmark(source.id))
        for batch in _batches(_harvester(source)(since, self.http), _AHEAD):
            unreadable += [found for found in batch if isinstance(found, Unreadable)]
            gone |= {found.name for found in batch if isinstance(found, Gone)}
            bookmark = next((f for f in batch if isinstance(f, Bookmark)), bookmark)
            documents = [found for found in batch if isinstance(found, Document)]
            tasks = [(document, source, self.config.limits) for document in documents]
            for found in self._map(_read, tasks):
                if isinstance(found, Unreadable):
                    unreadable.append(found)
                else:
                    readings.append(found)
        return Gathered(
            tuple(readings),
            tuple(unreadable),
            frozenset(gone),
            bookmark.value or None,
            bookmark.partial,
        )

    def _change(
        self, source: Source, gathered: Gathered, decision: Decision, started: datetime
    ) -> Change:
        gate = self.config.publication.gate
        states = {record.iri: state for record, state in decision.changed}
        kept, reviewed, outcomes = [], [], list(decision.held)
        records = [*(record for record, _ in decision.changed), *decision.stale]
        for record, report in zip(records, self._validate(records), strict=True):
            verdict = judge(report, gate)
            accepted = Accepted(record, report, verdict, source.holder, source.id)
            if record.iri not in states:
                reviewed.append(accepted)
            elif verdict is Verdict.REJECTED:
                reason = say("rejected", count=report.count(Severity.VIOLATION))
                outcomes.append(Outcome(record.iri, State.REJECTED, verdict, reason))
            else:
                kept.append(accepted)
                outcomes.append(Outcome(record.iri, states[record.iri], verdict))
        return Change(
            run=_run(source, gathered, decision, outcomes, (started, self.clock())),
            accepted=tuple(kept),
            reviewed=tuple(reviewed),
            seen=decision.unchanged,
            absent=decision.absent,
            withdrawn=decision.withdrawn,
            bookmark=gathered.bookmark if decision.status == "ok" else None,
        )

    def _validate(self, records: Sequence[Record]) -> Iterator[Report]:
        batches = [records[i : i + _BATCH] for i in range(0, len(records), _BATCH)]
        tasks = [tuple((r.iri, r.canonical) for r in batch) for batch in batches]
        for reports in self._map(_validate, tasks):
            yield from reports

    def _map(self, work: Callable[..., Item], tasks: Sequence[object]) -> Iterable[Item]:
        if self.executor is None or len(tasks) < 2:
            return map(work, tasks)
        return self.executor.map(work, tasks)


def _harvester(source: Source) -> Harvest:
    if source.kind not in HARVESTERS:
        raise RedError(
            f"Source `{source.id}` has the unknown kind `{source.kind}`; "
            f"known: {', '.join(sorted(HARVESTERS))}."
        )
    return HARVESTERS[source.kind]


def judge(report: Report, gate: str) -> Verdict:
    """The verdict on a report behind this gate: `flag` publishes with findings shown."""
    if not report.count(Severity.VIOLATION):
        return Verdict.CONFORMANT
    return Verdict.REJECTED if gate == "strict" else Verdict.FLAGGED


def _read(task: tuple[Document, Source, Limits]) -> Reading | Unreadable:
    return read(*task)


def _validate(batch: Iterable[tuple[str, bytes]]) -> list[Report]:
    return [validate(iri, canonical, PROFILE) for iri, canonical in batch]


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _run(
    source: Source,
    gathered: Gathered,
    decision: Decision,
    outcomes: Sequence[Outcome],
    times: tuple[datetime, datetime],
) -> Run:
    dropped: Counter[str] = Counter()
    for reading in gathered.readings:
        dropped.update(reading.dropped)
    return Run(
        id=0,
        source=source.id,
        started=times[0],
        ended=times[1],
        status=decision.status,
        unchanged=len(decision.unchanged),
        outcomes=tuple(sorted(outcomes, key=lambda o: (o.iri, o.state))),
        unreadable=decision.problems,
        repaired=tuple((r.location, d) for r in gathered.readings for d in r.repaired),
        dropped=dict(sorted(dropped.items())),
    )
