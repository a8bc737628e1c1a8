"""What becomes of each record once it is examined: taken, or held back behind the gate."""

from collections.abc import Callable
from datetime import datetime

from red_catalog.model import Outcome, Record, Source, State, Verdict
from red_catalog.pipeline.harvest.cautioning import find_cautions
from red_catalog.pipeline.harvest.examining import Examined, Examiner
from red_catalog.pipeline.harvest.reconciling import Decision, reject
from red_catalog.pipeline.harvest.wording import join
from red_catalog.register.change import Accepted
from red_catalog.register.rejections import Rejection


class Results:
    """What becomes of the examined records of one run.

    `hides`: whether a description marks private what is public of its dataset.
    """

    def __init__(
        self,
        source: Source,
        examiner: Examiner,
        decision: Decision,
        started: datetime,
        hides: Callable[[Record], bool],
    ) -> None:
        self.source = source
        self.examiner = examiner
        self.started = started
        self.hides = hides
        self.states = {record.iri: state for record, state in decision.changed}
        self.accepted: list[Accepted] = []
        self.reviewed: list[Accepted] = []
        self.rejected = list(decision.rejected)
        self.outcomes = list(decision.held)

    def take(self, record: Record, examined: Examined) -> None:
        """Takes one record with what was found out about it."""
        state = self.states.get(record.iri)
        # What is published stays: a gate that closed since only flags it. What is to be public no
        # more is so in the description that says it, be that flagged.
        stays = state is None or (state is State.UPDATED and self.hides(record))
        gate = "flag" if stays else self.examiner.standards.gate
        accepted = self._accept(record, examined, examined.verdict(gate))
        if accepted.verdict is Verdict.REJECTED:
            reason = self.examiner.refuse(record, examined)
            rejection = Rejection(record.iri, record.digest, accepted.fingerprint, reason)
            self.outcomes.append(reject(rejection))
            self.rejected.append(rejection)
            return
        caution = join(find_cautions(record.canonical, self.started))
        if state is None:
            self.reviewed.append(accepted)
            state = State.UNCHANGED
        else:
            self.accepted.append(accepted)
        if caution is not None or state is not State.UNCHANGED:
            self.outcomes.append(Outcome(record.iri, state, accepted.verdict, caution))

    def _accept(self, record: Record, examined: Examined, verdict: Verdict) -> Accepted:
        main, *others = examined.reports
        return Accepted(
            record, main, verdict, self.source.holder, self.source.id,
            self.examiner.stamp(record, examined), examined.completeness, examined.mqa,
            tuple(others),
        )  # fmt: skip
