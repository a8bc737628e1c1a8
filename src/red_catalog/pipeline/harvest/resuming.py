"""What a harvest remembers of earlier ones, and what the next one may go on from."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from red_catalog import __version__
from red_catalog.model import Outcome, Source, State
from red_catalog.pipeline.harvest.examining import Standards
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.gathering import Catch
from red_catalog.register.ledger import Register

# Kinds of sources that give what changed since the last time.
_INCREMENTAL: Final = frozenset({"ldes", "oaipmh"})
# Of these, those whose documents keep their names, and may each tell of other datasets later.
_NAMED: Final = frozenset({"oaipmh"})
_WAITING: Final = frozenset({State.CONFLICT, State.REJECTED})


def restore(source: Source, catch: Catch, register: Register) -> Gathered:
    """What was caught; beside changes alone, what else the source gave in earlier harvests."""
    gathered = catch.restore(register.recall)
    if not (gathered.partial and source.kind in _NAMED):
        return gathered
    return replace(gathered, before=tuple(register.documents(source.id).values()))


def stand(source: Source, standards: Standards) -> str:
    """Digest of what decides what becomes of a source's datasets, besides what it says of them.

    Where this changes, those that did not change since the last harvest are looked at again, too.
    """
    facts = (__version__, source.holder, standards.basis)
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def goes_on(source: Source, gathered: Gathered, status: str, outcomes: Iterable[Outcome]) -> bool:
    """Whether the next harvest may ask for what changed since this one.

    What was held back would not come again: it is asked for until it is taken. What is missing
    from a whole list would not be told when it comes back: the list is asked for until then.
    """
    if status != "ok":
        return False
    waiting = _WAITING if gathered.partial else _WAITING | {State.ABSENT}
    return source.kind not in _INCREMENTAL or not any(one.state in waiting for one in outcomes)


def find_outdated(source: Source, gathered: Gathered, status: str) -> frozenset[str] | None:
    """The documents to forget for what came in this harvest; None: all of earlier ones."""
    if source.kind not in _NAMED or (status == "ok" and not gathered.partial):
        return None
    # What ended in a harvest that was not whole will be told again.
    return gathered.heard if status == "ok" else gathered.heard - gathered.gone
