"""What is marked private as a whole: to the catalogue it is no more. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from red_catalog.ehds import privacy
from red_catalog.model import Outcome, Record, Source, State
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.vanishing import given_by_sibling
from red_catalog.pipeline.harvest.wording import place, say, tell
from red_catalog.register.ledger import Known


def hide(
    source: Source, gathered: Gathered, known: Mapping[str, Known]
) -> tuple[Gathered, list[Outcome]]:
    """What was gathered without the records marked private, and what becomes of these.

    Those that the catalogue has leave it at once, whatever else came: neither a harvest that is
    not whole nor a guard keeps public what its holder calls private.
    """
    found: dict[str, Record] = {}
    for reading in gathered.readings:
        for record in reading.records:
            if privacy.is_private(record.canonical, record.iri):
                found.setdefault(record.iri, record)
    outcomes = [_judge(record, source, known.get(iri)) for iri, record in found.items()]
    return replace(gathered, gone=gathered.gone | found.keys()), outcomes


def _judge(record: Record, source: Source, before: Known | None) -> Outcome:
    where, state = record.document, State.REJECTED
    if before and not before.withdrawn and before.holder in {source.holder, *source.former}:
        if given_by_sibling(before, source):
            reason = place(where, say("private-elsewhere", owner=before.source))
            return Outcome(record.iri, State.CONFLICT, reason=reason)
        state = State.WITHDRAWN
    return Outcome(record.iri, state, reason=place(where, tell(privacy.PRIVATE)))
