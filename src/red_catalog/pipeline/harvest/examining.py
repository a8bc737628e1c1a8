"""Examining records: which of them, where, and what that depends on. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.model import Completeness, Mqa, Record, Report, Text, Verdict
from red_catalog.validation import fingerprints, profiles
from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.mqa import find_addresses

Answers = Mapping[str, bool]
"""Whether an address answers, as far as that is known."""

_BATCH: Final = 20


@dataclass(frozen=True, slots=True)
class Standards:
    """What records are held against. `gating`: the profiles that decide the verdict.

    `installed`: the folder of the catalogue's own profiles; `basis`: digest of all of this.
    """

    profiles: tuple[str, ...]
    gating: tuple[str, ...]
    gate: str
    installed: Path | None
    basis: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found out about a record. `reports`: the first deciding profile's comes first."""

    reports: tuple[Report, ...]
    violations: int
    completeness: Completeness
    mqa: Mqa

    def verdict(self, gate: str) -> Verdict:
        """The verdict behind this gate."""
        return judge(self.violations, gate)


@dataclass(frozen=True, slots=True)
class Examiner:
    """What examining any record of one harvest needs. `answers` None: none was asked for.

    `datasets`: IRIs of those that the source describes, which a record may name.
    """

    standards: Standards
    today: date
    answers: Answers | None = None
    datasets: frozenset[str] = frozenset()

    def examine_all(
        self, records: Iterable[Record], executor: Executor | None
    ) -> Iterator[Examined]:
        """What is found out about each record, in order."""
        pairs = [(r.iri, r.canonical) for r in records]
        tasks = [
            (self.standards, self.today, self._some(batch), self._named(batch), batch)
            for start in range(0, len(pairs), _BATCH)
            if (batch := pairs[start : start + _BATCH])
        ]
        do = executor.map if executor is not None and len(tasks) > 1 else map
        for found in do(_examine, tasks):
            yield from found

    def fingerprint(self, record: Record) -> str:
        """Digest of all that is found out about a record depends on besides the record."""
        beside = []
        if self.answers is not None:
            told = self._some([(record.iri, record.canonical)]) or {}
            beside = ["addresses", *(f"{url} {answer}" for url, answer in sorted(told.items()))]
        return fingerprints.fingerprint(
            record.canonical, self.standards.basis, beside, self.datasets
        )

    def refuse(self, record: Record, examined: Examined) -> Text:
        """Why a strict gate holds a record back."""
        from red_catalog.pipeline.harvest.appraising import tell_refused  # noqa: PLC0415 - as below

        return tell_refused(record, examined, self.standards)

    def stamp(self, record: Record, examined: Examined) -> str:
        """The fingerprint to keep with what was found out."""
        return fingerprints.stamp(self.fingerprint(record), examined.reports, self.today)

    def is_current(self, stamp: str, record: Record) -> bool:
        """Whether what was kept under this stamp would be found out again."""
        return fingerprints.is_current(stamp, self.fingerprint(record), self.today)

    def _some(self, records: Iterable[tuple[str, bytes]]) -> Answers | None:
        """What is known of the addresses of these records."""
        if self.answers is None:
            return None
        wanted = {a for iri, text in records for a in find_addresses(read_canonical(text), iri)}
        return {a: self.answers[a] for a in sorted(wanted) if a in self.answers}

    def _named(self, records: Iterable[tuple[str, bytes]]) -> frozenset[str]:
        """The datasets of the source that these records name."""
        return frozenset(
            iri for _, text in records for iri in fingerprints.mentioned(text) & self.datasets
        )


def read_standards(config: Config) -> Standards:
    """What this catalogue holds records against. Raises RedError for an unknown profile."""
    asked = config.validation
    for name in asked.profiles:
        try:
            profiles.load(name, config.shapes)
        except RedError as error:
            raise RedError(f"validation.profiles in red.toml: {error}") from None
    names = dict.fromkeys((*asked.profiles, *profiles.scoring()))
    beside = (*asked.profiles, "gating", *asked.gating, _judging())
    basis = fingerprints.basis(names, config.shapes, beside)
    return Standards(asked.profiles, asked.gating, config.publication.gate, config.shapes, basis)


def judge(violations: int, gate: str) -> Verdict:
    """The verdict on so many violations behind this gate: `flag` publishes, findings shown."""
    if not violations:
        return Verdict.CONFORMANT
    return Verdict.REJECTED if gate == "strict" else Verdict.FLAGGED


def _examine(
    task: tuple[Standards, date, Answers | None, frozenset[str], list[tuple[str, bytes]]],
) -> list[Examined]:
    # Here: what validates takes longer to load than a harvest in which nothing changed.
    from red_catalog.pipeline.harvest.appraising import appraise  # noqa: PLC0415

    standards, today, answers, beside, batch = task
    return [appraise(iri, text, standards, today, answers, beside) for iri, text in batch]


@cache
def _judging() -> str:
    """Digest of the code that judges records, and finds what a human should look at."""
    here = Path(__file__).parent
    return fingerprints.digest_code(
        here / name for name in ("appraising.py", "cautioning.py", "wording.py")
    )
