"""Deciding what becomes of each record of a harvest. Pure: it reads and writes nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from red_catalog.config import Guards
from red_catalog.model import (
    Defect,
    Outcome,
    Reading,
    Record,
    Source,
    State,
    Text,
    Unreadable,
    Verdict,
)
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.hiding import hide
from red_catalog.pipeline.harvest.vanishing import (
    find_told,
    find_vanished,
    given_by_sibling,
    grace_is_over,
    miss,
    weigh,
    withdraw,
)
from red_catalog.pipeline.harvest.wording import defect, place, say, tell
from red_catalog.register.ledger import Known
from red_catalog.register.rejections import Rejection


@dataclass(frozen=True, slots=True)
class Judged:
    """What earlier validations tell of records that come again.

    `is_current`: whether what was kept under a stamp would be found out again about a record;
    `rejected`: what a strict gate held back at the last harvest; `hides`: whether a record marks
    private what is public of its dataset.
    """

    is_current: Callable[[str, Record], bool]
    rejected: Mapping[str, Rejection] = field(default_factory=dict)
    hides: Callable[[Record], bool] = lambda _: False

    def is_rejected(self, record: Record) -> bool:
        """Whether the same record was held back, and would be again."""
        before = self.rejected.get(record.iri)
        if before is None or before.digest != record.digest:
            return False
        return self.is_current(before.fingerprint, record)


Judge = Callable[[Collection[str]], Judged]
"""What earlier validations tell once the datasets with these IRIs are withdrawn."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a harvest means for the register, before validation.

    `changed`: records to validate and keep, with their state; `rejected`: those that were
    validated and held back before, and would be again; `stale`: unchanged records
    whose report was made with other shapes or code lists; `moved`: unchanged ones that another
    document gives now; `held`: records not kept, and why; `private`: those of
    the withdrawn that came, and are marked private; `hidden`: these, and what was withdrawn before
    and came so; `claimed`: what came and another of the holder's sources has. Of a guarded harvest,
    `waiting`: what is new, and `vanishing`: what would go.
    """

    status: str
    changed: tuple[tuple[Record, State], ...] = ()
    stale: tuple[Record, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    held: tuple[Outcome, ...] = ()
    absent: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    problems: tuple[Unreadable, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    waiting: tuple[Record, ...] = ()
    vanishing: tuple[str, ...] = ()


def reconcile(
    source: Source,
    gathered: Gathered,
    known: Mapping[str, Known],
    guards: Guards,
    *,
    now: datetime,
    judge: Judge,
    accept_removals: bool,
) -> Decision:
    """Gives every record its state, and guards what the register already holds."""
    gathered, told, hidden = hide(source, gathered, known)
    private = tuple(o.iri for o in told if o.state is State.WITHDRAWN)
    records, free, held = _sort(source, gathered, known)
    held += told
    siblings = {i for i, k in known.items() if given_by_sibling(k, source)}
    claimed = tuple(r.iri for r in records if r.iri in siblings)
    missing = (Unreadable(source.shown, one) for one in _shortfalls(source, gathered))
    problems = (*gathered.unreadable, *missing)
    status = _status(gathered, problems, held)
    seen = {r.iri for r in records} | {o.iri for o in held}
    gone = find_vanished(source, gathered, known, seen) if status == "ok" else []
    if not accept_removals and (alarm := weigh(source, known, gone, guards)):
        hides = judge(()).hides
        hiding = {r.iri for r in free if _is_changed(r, known) and hides(r)}
        still = _stand_still(source, free, (held, hiding), known, alarm)
        vanishing = tuple(k.iri for k in gone)
        return replace(
            still, withdrawn=private, private=private, hidden=hidden, vanishing=vanishing,
            claimed=claimed,
        )  # fmt: skip
    absent, withdrawn = _part(source, gathered, gone, guards, now)
    judged = judge([o.iri for o in withdrawn])
    same = [r for r in free if _is_same(r, source, known)]
    again = {r.iri: judged.rejected[r.iri] for r in free if judged.is_rejected(r)}
    settled = {*again, *(r.iri for r in same)}
    return Decision(
        status=status,
        changed=tuple((r, _state(r, known)) for r in free if r.iri not in settled),
        stale=tuple(r for r in same if not judged.is_current(known[r.iri].fingerprint, r)),
        unchanged=tuple(r.iri for r in same),
        moved=tuple((r.iri, r.document) for r in same if known[r.iri].document != r.document),
        held=(*held, *absent, *withdrawn, *map(reject, again.values())),
        absent=tuple(o.iri for o in absent),
        withdrawn=(*private, *(o.iri for o in withdrawn)),
        private=private,
        hidden=hidden,
        claimed=claimed,
        problems=problems,
        rejected=tuple(again.values()),
    )


def _sort(
    source: Source, gathered: Gathered, known: Mapping[str, Known]
) -> tuple[list[Record], list[Record], list[Outcome]]:
    """Each record once, those that nobody else has, and why the others are held."""
    every, twice = _distinct(gathered.readings)
    records = [r for r in every if r.iri not in gathered.gone]
    conflicts = {r.iri: _conflict(r, source, known) for r in records}
    free = [r for r in records if conflicts[r.iri] is None]
    taken = (Outcome(iri, State.CONFLICT, reason=why) for iri, why in conflicts.items() if why)
    return records, free, [*twice, *taken, *_quarantined(gathered.readings)]


def _part(
    source: Source, gathered: Gathered, gone: Sequence[Known], guards: Guards, now: datetime
) -> tuple[list[Outcome], list[Outcome]]:
    """Which of the vanished are absent, and which withdrawn."""
    told = find_told(gathered, gone)
    over = {k.iri for k in gone if k.iri in told or grace_is_over(k, guards, now)}
    absent = [miss(source, k, now) for k in gone if k.iri not in over]
    return absent, [withdraw(k, now, told=k.iri in told) for k in gone if k.iri in over]


def reject(rejection: Rejection) -> Outcome:
    """The outcome of a record that a strict gate holds back."""
    return Outcome(rejection.iri, State.REJECTED, Verdict.REJECTED, rejection.reason)


def _stand_still(
    source: Source,
    free: Sequence[Record],
    settled: tuple[Sequence[Outcome], Collection[str]],
    known: Mapping[str, Known],
    alarm: Defect,
) -> Decision:
    """Nothing of a guarded harvest is taken: what is new or changed waits with the rest.

    But no guard keeps public what its holder calls private. `settled`: what is held, and the IRIs
    of those that mark it so.
    """
    held, hiding = settled
    waiting = [
        Outcome(r.iri, State.REJECTED, reason=place(r.document, say("guarded")))
        for r in free
        if not _is_same(r, source, known) and r.iri not in hiding
    ]
    return Decision(
        "guarded",
        changed=tuple((r, State.UPDATED) for r in free if r.iri in hiding),
        unchanged=tuple(r.iri for r in free if _is_same(r, source, known)),
        held=(*held, *waiting),
        problems=(Unreadable(source.shown, alarm),),
        waiting=tuple(r for r in free if _state(r, known) is State.NEW),
    )


def _distinct(readings: Sequence[Reading]) -> tuple[list[Record], list[Outcome]]:
    first: dict[str, Record] = {}
    others: dict[tuple[str, str], Outcome] = {}
    for record in (r for reading in readings for r in reading.records):
        kept = first.setdefault(record.iri, record)
        if kept.digest != record.digest:
            reason = place(record.document, say("twice", first=kept.document))
            outcome = Outcome(record.iri, State.CONFLICT, reason=reason)
            others.setdefault((record.iri, record.digest), outcome)
    return list(first.values()), list(others.values())


def _conflict(record: Record, source: Source, known: Mapping[str, Known]) -> Text | None:
    iri, where = record.iri, record.document
    owner = known.get(iri)
    mine = owner is not None and owner.holder in {source.holder, *source.former}
    if namespace := source.foreign_namespace(iri, had=mine):
        return place(where, say("namespace", namespace=namespace))
    if owner is None or owner.source == source.id:
        return None
    if not mine:
        return place(where, say("owned", owner=owner.holder))
    given = given_by_sibling(owner, source)
    return place(where, say("other-source", owner=owner.source)) if given else None


def _quarantined(readings: Sequence[Reading]) -> list[Outcome]:
    return [
        Outcome(q.iri, State.QUARANTINED, reason=_located(q.problem, q.document))
        for reading in readings
        for q in reading.quarantined
    ]


def _located(problem: Defect, document: str) -> Text:
    return place(document, tell(problem), problem.line)


def _shortfalls(source: Source, gathered: Gathered) -> list[Defect]:
    readings = gathered.readings
    read = {r.iri for reading in readings for r in reading.records}
    read |= {q.iri for reading in readings for q in reading.quarantined}
    missing = sorted({iri for reading in readings for iri in reading.listed} - read)
    if gathered.partial:
        return []
    found = []
    if not read and not missing and (readings or not gathered.unreadable):
        found.append(defect("no-dataset"))
    if readings and len(read) < source.min_records:
        found.append(defect("too-few", count=len(read), least=source.min_records))
    if missing and not gathered.unreadable:
        found.append(defect("not-described", count=len(missing), example=missing[0]))
    return found


def _status(gathered: Gathered, problems: Sequence[Unreadable], held: Sequence[Outcome]) -> str:
    if not gathered.readings and not gathered.partial:
        return "failed"
    quarantine = any(o.state is State.QUARANTINED for o in held)
    return "incomplete" if problems or quarantine else "ok"


def _is_same(record: Record, source: Source, known: Mapping[str, Known]) -> bool:
    before = known.get(record.iri)
    if before is None or before.withdrawn or before.digest != record.digest:
        return False
    # Whose it is may have been mended in the configuration.
    return (before.source, before.holder) == (source.id, source.holder)


def _is_changed(record: Record, known: Mapping[str, Known]) -> bool:
    before = known.get(record.iri)
    return before is not None and not before.withdrawn and before.digest != record.digest


def _state(record: Record, known: Mapping[str, Known]) -> State:
    before = known.get(record.iri)
    return State.NEW if before is None or before.withdrawn else State.UPDATED
