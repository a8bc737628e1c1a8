"""What a harvest compares with, and what it changes in the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from red_catalog.model import Completeness, Mqa, Record, Report, Run, Verdict
from red_catalog.register.documents import Remembered
from red_catalog.register.rejections import Rejection


@dataclass(frozen=True, slots=True)
class Known:
    """What the register holds of one record, as far as a harvest must compare."""

    iri: str
    holder: str
    source: str
    document: str
    digest: str
    fingerprint: str
    absent_since: datetime | None
    absent_runs: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record to keep, with its report and verdict. `holder` and `source` own it.

    `fingerprint`: of what the report depends on besides the record; none is never the same.
    """

    record: Record
    report: Report
    verdict: Verdict
    holder: str
    source: str
    fingerprint: str = ""
    completeness: Completeness | None = None
    mqa: Mqa | None = None
    others: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: requests made, bytes received, seconds of fetching and reading."""

    requests: int = 0
    received: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """All that one run does to the register.

    `moved`: IRIs of unchanged records and the document that gives them now; `outdated`: the
    documents to forget (None: all that did not come again); `answers`: of the addresses that
    were tried; `private`: those that came marked private as a whole, withdrawn now or before;
    `stand`: what it was decided by, which the bookmark is kept with.
    """

    run: Run
    accepted: tuple[Accepted, ...] = ()
    reviewed: tuple[Accepted, ...] = ()
    seen: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    bookmark: str | None = None
    stand: str = ""
    documents: tuple[Remembered, ...] = ()
    outdated: frozenset[str] | None = None
    rejected: tuple[Rejection, ...] = ()
    cost: Cost | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record: its number from 1, digest, exact description and time.

    `private`: its holder said since that the dataset is private as a whole. `erased`: the digest
    of what is left where some of the description was erased for good. `damaged`: the description
    is empty, as that in the register cannot be read any more.
    """

    number: int
    digest: str
    canonical: bytes
    recorded: datetime
    private: bool = False
    erased: str | None = None
    damaged: bool = False
