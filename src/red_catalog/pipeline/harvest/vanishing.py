"""What a source no longer gives, and when that takes it out of the catalogue. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from red_catalog.config import Guards
from red_catalog.model import Defect, Outcome, Source, State
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.wording import defect, say
from red_catalog.register.ledger import Known


def find_vanished(
    source: Source, gathered: Gathered, known: Mapping[str, Known], seen: set[str]
) -> list[Known]:
    """The source's datasets that it no longer gives, or that it says are no more.

    Where only changes came: those whose every document is gone or tells of other datasets now,
    and those that were missing already.
    """
    mine = [k for k in known.values() if k.source == source.id and not k.withdrawn]
    missing = [k for k in mine if k.iri not in seen]
    if not gathered.partial:
        return missing
    heard = gathered.gone if gathered.before is None else gathered.heard
    givers = _find_givers(gathered, missing)
    return [
        k for k in missing if k.absent_since or k.iri in gathered.gone or givers[k.iri] <= heard
    ]


def find_told(gathered: Gathered, vanished: Sequence[Known]) -> set[str]:
    """Those of the vanished that the source itself says are no more: no document gives them.

    One that another of the holder's sources gives is not: it is taken from there next time.
    """
    givers = _find_givers(gathered, vanished)
    ended = {k.iri for k in vanished if k.iri in gathered.gone or givers[k.iri] <= gathered.gone}
    return ended - gathered.claimed


def _find_givers(gathered: Gathered, wanted: Sequence[Known]) -> dict[str, set[str]]:
    """The documents that described each of these datasets when they were last read."""
    found: dict[str, set[str]] = {k.iri: set() for k in wanted}
    for document in gathered.before or ():
        for iri, _ in document.records:
            if iri in found:
                found[iri].add(document.location)
    return {k.iri: found[k.iri] or {k.document} for k in wanted}


def given_by_sibling(known: Known, source: Source) -> bool:
    """Whether another of the holder's sources still gives a dataset.

    A holder may move one to another source, or give the source another name: only what one of
    its sources still gives is not the other's.
    """
    return known.source in source.siblings and known.absent_since is None and not known.withdrawn


def weigh(
    source: Source, known: Mapping[str, Known], gone: Sequence[Known], guards: Guards
) -> Defect | None:
    """What to say where more would vanish at once than the guards allow."""
    total = sum(k.source == source.id and not k.withdrawn for k in known.values())
    newly = sum(k.absent_since is None for k in gone)
    if newly > guards.max_removed_share * total or newly > guards.max_removed:
        return defect("guard", count=newly, total=total, source=source.id)
    return None


def grace_is_over(gone: Known, guards: Guards, now: datetime) -> bool:
    """Whether a dataset was missing for so many days and runs that it is withdrawn."""
    if gone.absent_since is None:
        return False
    waited = now - gone.absent_since >= timedelta(days=guards.grace_days)
    return waited and gone.absent_runs + 1 >= guards.grace_runs


def miss(source: Source, gone: Known, now: datetime) -> Outcome:
    """The outcome of a dataset that is missing."""
    # A source that is decided on after this one may give it in the same run.
    code = "absent-here" if source.siblings else "absent"
    since = min(gone.absent_since or now, now).date()
    return Outcome(gone.iri, State.ABSENT, reason=say(code, since=since))


def withdraw(gone: Known, now: datetime, *, told: bool) -> Outcome:
    """The outcome of a dataset that is withdrawn; `told`: its source said that it is no more."""
    since = min(gone.absent_since or now, now).date()
    reason = say("told-gone" if told else "withdrawn", since=since)
    return Outcome(gone.iri, State.WITHDRAWN, reason=reason)
