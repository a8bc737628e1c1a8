"""One pass over one source."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from red_catalog.model.documents import Defect, Unreadable
from red_catalog.model.words import READ, State, Text, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record in one run, with the reason where it was held back."""

    iri: str
    state: State
    verdict: Verdict | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One pass over one source. `status`: ok, incomplete, failed or guarded.

    `outcomes` leaves out the unchanged records, which are only counted in `unchanged`, but
    for those that have something to look at since the program changed. `read` counts the
    descriptions that came, the same one given twice as one: each ends in one of READ.
    `requests` were made and `received` bytes came. `private`: locations of documents, and IRIs of
    datasets, of which nothing is to be quoted in public.
    """

    id: int
    source: str
    started: datetime
    ended: datetime
    status: str
    unchanged: int = 0
    outcomes: tuple[Outcome, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    repaired: tuple[tuple[str, Defect], ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    requests: int = 0
    received: int = 0
    private: tuple[str, ...] = ()

    def totals(self) -> dict[str, int]:
        """Number of records in each state."""
        counted = Counter(o.state for o in self.outcomes)
        counted[State.UNCHANGED] += self.unchanged
        return {state.value: counted[state] for state in State}

    def is_reconciled(self) -> bool:
        """Whether every description that was read ended in exactly one state."""
        totals = self.totals()
        return self.read == sum(totals[state] for state in READ)
