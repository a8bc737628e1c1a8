"""From a source to the register: gather, reconcile, validate, commit."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from red_catalog.config import Config
from red_catalog.http import Http, check_secrets
from red_catalog.model import (
    Completeness,
    Mqa,
    Outcome,
    Record,
    Report,
    Run,
    Severity,
    Source,
    State,
    Verdict,
)
from red_catalog.pipeline.cautioning import find_cautions
from red_catalog.pipeline.gathering import Catch, Gatherer, Past, find_harvester, spread
from red_catalog.pipeline.progress import Event, Listener, keep_silent
from red_catalog.pipeline.reconciling import Decision, Gathered, Judged, reconcile, reject
from red_catalog.pipeline.renaming import find_renamed, tell_renamed
from red_catalog.pipeline.wording import join
from red_catalog.register.ledger import Accepted, Change, Cost, Register
from red_catalog.register.rejections import Rejection
from red_catalog.validation.checking import validate
from red_catalog.validation.fingerprints import fingerprint
from red_catalog.validation.scoring import assess, profiles_used

Clock = Callable[[], datetime]
Examined = tuple[Report, Completeness, Mqa]
PROFILE = "healthdcat-ap-8"
_BATCH = 20
_AT_ONCE = 8


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
    tell: Listener = keep_silent

    def harvest(self, source: Source) -> Run:
        """One pass over one source, written to the register in one transaction."""
        return next(self.harvest_all([source]))

    def harvest_all(self, sources: Sequence[Source]) -> Iterator[Run]:
        """One pass over each source: all fetch at once, each is written in the order given."""
        for change in self.examine_all(sources):
            run = self.register.commit(change)
            self.tell(Event("ended", run.source, {"status": run.status, **run.totals()}))
            yield run

    def examine(self, source: Source) -> Change:
        """What a pass over this source would change; nothing is written."""
        return next(self.examine_all([source]))

    def examine_all(self, sources: Sequence[Source]) -> Iterator[Change]:
        """What a pass over each source would change, decided in the order given.

        A bug in one source does not stop the others; it is raised once they are done.
        """
        for source in sources:
            find_harvester(source)
            check_secrets(source)
        bugs: list[Exception] = []
        gatherer = Gatherer(self.http, self.config.limits, self.tell, self.executor)
        # The order of the decisions, not of the answers, settles who came first: the same
        # sources give the same catalogue however fast they are.
        with ThreadPoolExecutor(_AT_ONCE, "source") as threads:
            started = self.clock()
            coming = deque(threads.submit(gatherer.gather, s, self._past(s)) for s in sources)
            for source in sources:
                try:
                    caught = coming.popleft().result()
                except Exception as bug:  # noqa: BLE001  raised below
                    bugs.append(bug)
                    continue
                yield self._decide(source, caught, started)
        if bugs:
            raise bugs[0]

    def _past(self, source: Source) -> Past:
        register = self.register
        known = register.known(source.id, ())
        return Past(register.bookmark(source.id), known, register.documents(source.id))

    def _decide(self, source: Source, catch: Catch, started: datetime) -> Change:
        gathered = catch.restore(self.register.recall)
        iris = [r.iri for reading in gathered.readings for r in reading.records]
        decision = reconcile(
            source,
            gathered,
            self.register.known(source.id, iris),
            self.config.guards,
            now=started,
            judged=Judged(_fingerprint, self._rejected(source)),
            accept_removals=self.accept_removals,
        )
        change = self._tell_renamed(self._change(source, gathered, decision, started), decision)
        traffic = self.http.traffic(source.id)
        cost = Cost(traffic.requests, traffic.received, round(catch.seconds, 3))
        return replace(change, documents=tuple(catch.learnt), cost=cost)

    def _tell_renamed(self, change: Change, decision: Decision) -> Change:
        """The change, saying which new datasets look like vanished ones."""
        new = [record for record, state in decision.changed if state is State.NEW]
        leaving = (*decision.absent, *decision.withdrawn)
        gone = {iri: partial(self._latest, iri) for iri in leaving}
        outcomes = tell_renamed(change.run.outcomes, find_renamed(new, gone))
        return replace(change, run=replace(change.run, outcomes=tuple(outcomes)))

    def _latest(self, iri: str) -> bytes:
        return self.register.versions(iri)[-1].canonical

    def _change(
        self, source: Source, gathered: Gathered, decision: Decision, started: datetime
    ) -> Change:
        gate = self.config.publication.gate
        states = {record.iri: state for record, state in decision.changed}
        kept, reviewed, outcomes = [], [], list(decision.held)
        rejected = list(decision.rejected)
        records = [*(record for record, _ in decision.changed), *decision.stale]
        for record, examined in zip(records, self._validate(records), strict=True):
            report, completeness, mqa = examined
            verdict = judge(report, gate)
            accepted = Accepted(
                record, report, verdict, source.holder, source.id,
                _fingerprint(record), completeness, mqa,
            )  # fmt: skip
            if record.iri not in states:
                reviewed.append(accepted)
            elif verdict is Verdict.REJECTED:
                violations = report.count(Severity.VIOLATION)
                outcomes.append(reject(record.iri, violations))
                rejected.append(
                    Rejection(record.iri, record.digest, accepted.fingerprint, violations)
                )
            else:
                kept.append(accepted)
                caution = join(find_cautions(record.canonical, started))
                outcomes.append(Outcome(record.iri, states[record.iri], verdict, caution))
        return Change(
            run=_run(source, gathered, decision, outcomes, (started, self.clock())),
            accepted=tuple(kept),
            reviewed=tuple(reviewed),
            seen=decision.unchanged,
            absent=decision.absent,
            withdrawn=decision.withdrawn,
            bookmark=gathered.bookmark if decision.status == "ok" else None,
            rejected=tuple(rejected),
        )

    def _rejected(self, source: Source) -> dict[str, Rejection]:
        # A gate that was opened since lets everything be judged anew.
        strict = self.config.publication.gate == "strict"
        return self.register.rejected(source.id) if strict else {}

    def _validate(self, records: Sequence[Record]) -> Iterator[Examined]:
        batches = [records[i : i + _BATCH] for i in range(0, len(records), _BATCH)]
        tasks = [tuple((r.iri, r.canonical) for r in batch) for batch in batches]
        for found in spread(self.executor if len(tasks) > 1 else None, _validate, tasks):
            yield from found


def judge(report: Report, gate: str) -> Verdict:
    """The verdict on a report behind this gate: `flag` publishes with findings shown."""
    if not report.count(Severity.VIOLATION):
        return Verdict.CONFORMANT
    return Verdict.REJECTED if gate == "strict" else Verdict.FLAGGED


def _validate(batch: Iterable[tuple[str, bytes]]) -> list[Examined]:
    return [_examine(iri, canonical) for iri, canonical in batch]


def _examine(iri: str, canonical: bytes) -> Examined:
    report = validate(iri, canonical, PROFILE)
    return report, *assess(iri, canonical, report)


def _fingerprint(record: Record) -> str:
    return fingerprint(record.canonical, (PROFILE, *profiles_used()))


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
