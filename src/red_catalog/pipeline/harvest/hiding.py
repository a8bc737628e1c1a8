"""What is marked private: a dataset is no more to the catalogue, a part is not quoted. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from red_catalog.ehds import privacy
from red_catalog.model import Outcome, Record, Source, State, Unreadable
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.vanishing import given_by_sibling
from red_catalog.pipeline.harvest.wording import place, say, tell
from red_catalog.register.ledger import Known


def hide(
    source: Source, gathered: Gathered, known: Mapping[str, Known]
) -> tuple[Gathered, list[Outcome], tuple[str, ...]]:
    """What was gathered without the records marked private, and what becomes of these.

    Told last: those of which every version so far is private.

    Those that the catalogue has leave it at once, whatever else came: neither a harvest that is
    not whole nor a guard keeps public what its holder calls private.
    """
    found: dict[str, Record] = {}
    for reading in gathered.readings:
        for record in reading.records:
            if privacy.is_private(record.canonical, record.iri):
                found.setdefault(record.iri, record)
    outcomes = [_judge(record, source, known.get(iri)) for iri, record in found.items()]
    # What had left before, for whatever reason, is still in events, and in versions if it returns.
    hidden = (o.iri for o in outcomes if o.state is State.WITHDRAWN or _had(o, source, known))
    return replace(gathered, gone=gathered.gone | found.keys()), outcomes, tuple(hidden)


def find_private(
    gathered: Gathered, problems: Sequence[Unreadable], outcomes: Sequence[Outcome]
) -> tuple[str, ...]:
    """The documents and the datasets of which nothing is to be quoted in public.

    A document in which anything is marked private, for what could not be read of it may be just
    that; a dataset that was read, of which anything is.
    """
    marked = [reading for reading in gathered.readings if reading.private]
    found = {one.location for one in marked} | {one.location for one in problems if one.private}
    found |= {one.iri for reading in marked for one in reading.quarantined}
    judged = {o.iri for o in outcomes if o.verdict is not None and o.reason is not None}
    records = (r for reading in gathered.readings for r in reading.records if r.iri in judged)
    found |= {r.iri for r in records if privacy.MARKED in r.canonical}
    return tuple(sorted(found))


def _judge(record: Record, source: Source, before: Known | None) -> Outcome:
    where, state = record.document, State.REJECTED
    if before and not before.withdrawn and _is_own(before, source):
        if given_by_sibling(before, source):
            reason = place(where, say("private-elsewhere", owner=before.source))
            return Outcome(record.iri, State.CONFLICT, reason=reason)
        state = State.WITHDRAWN
    return Outcome(record.iri, state, reason=place(where, tell(privacy.PRIVATE)))


def _had(outcome: Outcome, source: Source, known: Mapping[str, Known]) -> bool:
    before = known.get(outcome.iri)
    return before is not None and before.withdrawn and _is_own(before, source)


def _is_own(before: Known, source: Source) -> bool:
    return before.holder in {source.holder, *source.former}
