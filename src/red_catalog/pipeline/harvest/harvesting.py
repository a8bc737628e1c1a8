"""From a source to the register: gather, reconcile, examine, commit."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from red_catalog.config import Config
from red_catalog.http import Http
from red_catalog.model import Outcome, Record, Run, Source, State
from red_catalog.pipeline.harvest.answering import Asker
from red_catalog.pipeline.harvest.comparing import compare
from red_catalog.pipeline.harvest.examining import (
    Answers,
    Examiner,
    Standards,
    read_standards,
)
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.gathering import Catch, Gatherer, Past
from red_catalog.pipeline.harvest.hiding import find_private
from red_catalog.pipeline.harvest.progress import Event, Listener, keep_silent
from red_catalog.pipeline.harvest.queueing import gather_all
from red_catalog.pipeline.harvest.readers import reading
from red_catalog.pipeline.harvest.reconciling import Decision, Judged, reconcile
from red_catalog.pipeline.harvest.renaming import tell_all_renamed, tell_inherited
from red_catalog.pipeline.harvest.results import Results
from red_catalog.pipeline.harvest.resuming import find_outdated, goes_on, restore, stand
from red_catalog.publish.record.withholding import hides_more
from red_catalog.rdf.writing import triples
from red_catalog.register.ingest import KIND
from red_catalog.register.ledger import Change, Cost, Register
from red_catalog.register.rejections import Rejection
from red_catalog.validation.mqa import find_addresses

Clock = Callable[[], datetime]
Bugs = list[Exception]
"""What went wrong with single sources, for whoever asked to raise once the rest is done."""


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
        (run,) = self.harvest_all([source])
        return run

    def harvest_all(self, sources: Sequence[Source], bugs: Bugs | None = None) -> Iterator[Run]:
        """One pass over each source: all fetch at once, each is written in the order given.

        A bug in one source does not stop the others: it is added to `bugs`, or raised once they
        are done.
        """
        found: Bugs = [] if bugs is None else bugs
        self.register.take_over(sources)
        for change in self._examine_all(sources, found):
            try:
                run = self.register.commit(change)
            except Exception as bug:  # noqa: BLE001  raised below, or by whoever asked
                found.append(bug)
                continue
            if run.status == "ok":
                self.http.forget_others(run.source)
            self.tell_run(run)
            yield run
        compare(self.config, self.register)
        if bugs is None and found:
            raise found[0]

    def tell_run(self, run: Run) -> None:
        """Tells each thing that a run held back, and how it ended."""
        for one in run.unreadable:
            said = f"{one.problem.message['en']} {one.problem.fix['en']}"
            place = {"line": one.problem.line, "column": one.problem.column}
            where = {"document": one.location, **place}
            facts = {"code": one.problem.code, **where, "message": said}
            self.tell(Event("unreadable", run.source, facts))
        for held in run.outcomes:
            if held.reason is not None:
                kept = {"iri": held.iri, "state": held.state.value, "message": held.reason["en"]}
                self.tell(Event("record", run.source, kept))
        facts = {"status": run.status, "read": run.read, **run.totals()}
        self.tell(Event("ended", run.source, facts))

    def examine(self, source: Source) -> Change:
        """What a pass over this source would change; nothing is written."""
        return next(self.examine_all([source]))

    def examine_all(self, sources: Sequence[Source], bugs: Bugs | None = None) -> Iterator[Change]:
        """What a pass over each source would change, decided in the order given.

        A bug in one source does not stop the others: it is added to `bugs`, or raised once they
        are done.
        """
        found: Bugs = [] if bugs is None else bugs
        yield from self._examine_all(sources, found)
        if bugs is None and found:
            raise found[0]

    def _examine_all(self, sources: Sequence[Source], bugs: Bugs) -> Iterator[Change]:
        standards = read_standards(self.config)
        started = self.clock()
        claimed: set[str] = set()
        with reading(self.config.limits, self.executor) as read:
            gather = Gatherer(self.http, self.config.limits, self.tell, read).gather
            # The order of the decisions, not of the answers, settles who came first: the same
            # sources give the same catalogue however fast they are.
            past = partial(self._past, standards)
            for source, caught in gather_all(sources, past, gather, self.config.var):
                try:
                    change = self._decide(source, caught(), started, standards, claimed)
                except Exception as bug:  # noqa: BLE001  raised by whoever asked
                    bugs.append(bug)
                    continue
                yield change

    def _past(self, standards: Standards, source: Source) -> Past:
        register = self.register
        bookmark = register.bookmark(source.id, stand(source, standards))
        known = register.known(source.id, ())
        handed = register.handed(source) if source.kind == KIND else ()
        return Past(bookmark, known, register.documents(source.id), handed)

    def _decide(
        self, source: Source, catch: Catch, started: datetime, standards: Standards,
        claimed: set[str],
    ) -> Change:  # fmt: skip
        gathered = restore(source, catch, self.register)
        gathered = replace(gathered, claimed=frozenset(claimed))
        records = [r for reading in gathered.readings for r in reading.records]
        answers, told = self._try_addresses(source, records, started)
        known = self.register.known(source.id, [r.iri for r in records])
        rejected = self._rejected(source)

        def examiner(leaving: Collection[str]) -> Examiner:
            described = gathered.described(source, known, leaving)
            return Examiner(standards, started.date(), answers, described)

        decision = reconcile(
            source,
            gathered,
            known,
            self.config.guards,
            now=started,
            judge=lambda leaving: Judged(examiner(leaving).is_current, rejected, self._hides),
            # What is handed in goes only when its holder takes it back.
            accept_removals=self.accept_removals or source.kind == KIND,
        )
        claimed |= set(decision.claimed)
        change = self._change(source, gathered, decision, started, examiner(decision.withdrawn))
        run = tell_all_renamed(change.run, decision, self._latest)
        run = replace(run, outcomes=tuple(tell_inherited(run, source, known)))
        traffic = self.http.traffic(source.id)
        cost = Cost(traffic.requests, traffic.received, round(catch.seconds, 3))
        if not change.run.is_reconciled():
            raise ArithmeticError(f"{source.id}: the states of {change.run.totals()} do not add up")
        run = replace(run, requests=cost.requests, received=cost.received)
        return replace(change, run=run, documents=tuple(catch.learnt), cost=cost, answers=told)

    def _try_addresses(
        self, source: Source, records: Sequence[Record], now: datetime
    ) -> tuple[Answers | None, dict[str, bool]]:
        """What is known of the addresses that scores count, and what was found out just now."""
        settings = self.config.validation
        if not settings.check_addresses:
            return None, {}
        wanted = {a for r in records for a in find_addresses(triples(r.canonical), r.iri)}
        known = self.register.tried(wanted)
        told = Asker(self.http, source, settings).ask(wanted, known, now)
        return {**{a: tried.answers for a, tried in known.items()}, **told}, told

    def _latest(self, iri: str) -> bytes:
        return self.register.versions(iri)[-1].canonical

    def _hides(self, record: Record) -> bool:
        return hides_more(
            record, lambda iri: [one.canonical for one in self.register.versions(iri)]
        )

    def _change(
        self,
        source: Source,
        gathered: Gathered,
        decision: Decision,
        started: datetime,
        examiner: Examiner,
    ) -> Change:
        results = Results(source, examiner, decision, started, self._hides)
        records = [*(record for record, _ in decision.changed), *decision.stale]
        found = examiner.examine_all(records, self.executor)
        for record, examined in zip(records, found, strict=True):
            results.take(record, examined)
        times = (started, self.clock())
        resumes = goes_on(source, gathered, decision.status, results.outcomes)
        return Change(
            run=_run(source, gathered, decision, results.outcomes, times),
            accepted=tuple(results.accepted),
            reviewed=tuple(results.reviewed),
            # A guarded harvest leaves everything as it was.
            seen=() if decision.status == "guarded" else decision.unchanged,
            absent=decision.absent,
            withdrawn=decision.withdrawn,
            private=decision.hidden,
            moved=decision.moved,
            bookmark=gathered.bookmark if resumes else None,
            stand=stand(source, examiner.standards),
            outdated=find_outdated(source, gathered, decision.status),
            rejected=tuple(results.rejected),
        )

    def _rejected(self, source: Source) -> dict[str, Rejection]:
        # A gate that was opened since lets everything be judged anew.
        strict = self.config.publication.gate == "strict"
        return self.register.rejected(source.id) if strict else {}


def _run(
    source: Source,
    gathered: Gathered,
    decision: Decision,
    outcomes: Sequence[Outcome],
    times: tuple[datetime, datetime],
) -> Run:
    dropped: Counter[str] = Counter()
    for one in gathered.readings:
        dropped.update(one.dropped)
    return Run(
        id=0,
        source=source.id,
        started=times[0],
        ended=times[1],
        status=decision.status,
        unchanged=len(decision.unchanged) - sum(o.state is State.UNCHANGED for o in outcomes),
        outcomes=tuple(sorted(outcomes, key=lambda o: (o.iri, o.state))),
        unreadable=decision.problems,
        repaired=tuple((r.location, d) for r in gathered.readings for d in r.repaired),
        dropped=dict(sorted(dropped.items())),
        private=find_private(gathered, decision.problems, outcomes),
        # What leaves because it is private ends in no state of those that were read.
        read=gathered.read - len(decision.private),
    )
