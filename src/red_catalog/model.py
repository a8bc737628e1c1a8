"""The nouns of the catalogue, frozen: what passes from one stage to the next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Triple = tuple[str, str, str]
"""Subject, predicate, object, each written as an N-Triples term."""

Text = Mapping[str, str]
"""A sentence by language: always `fr` and `en`."""


class Severity(StrEnum):
    """http://www.w3.org/ns/shacl#Severity"""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """What the catalogue decided about a record."""

    CONFORMANT = "conformant"
    FLAGGED = "flagged"
    REJECTED = "rejected"


class State(StrEnum):
    """Where a record stands after a run; each ends in exactly one."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    QUARANTINED = "quarantined"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


class Level(StrEnum):
    """The access level that chooses a dataset's shapes."""

    PUBLIC = "PUBLIC"
    RESTRICTED = "RESTRICTED"
    NON_PUBLIC = "NON_PUBLIC"


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation responsible for data (EHDS *data holder*)."""

    id: str
    name: Text
    identifiers: Mapping[str, str] = field(default_factory=dict)
    trusted: bool = False
    namespaces: tuple[str, ...] = ()
    homepage: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a holder publishes descriptions.

    `location` is a URL or a path; `allow_hosts` are `host` or `host:port` that may be
    private addresses; `format` forces a media type; `foreign` are the namespaces of the
    other holders, whose subjects this source may not describe; `options` are the kind's own;
    `bookmark` is where the last complete harvest ended, for kinds that can go on from there.
    """

    id: str
    holder: str
    kind: str
    location: str
    min_records: int = 0
    allow_hosts: tuple[str, ...] = ()
    format: str | None = None
    namespaces: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    bookmark: str | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """Trouble in a document: what is wrong and how to mend it, in both languages.

    `subject` is the IRI of the resource it touches; `line` and `column` count from 1.
    """

    code: str
    message: Text
    fix: Text
    line: int | None = None
    column: int | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document as a source gave it.

    `location` is what people are shown; `base` resolves relative IRIs (None: they are
    refused); `defects` were met before parsing, by a mapping for instance.
    """

    location: str
    content: bytes
    media_type: str | None = None
    base: str | None = None
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that gave nothing, and why."""

    location: str
    problem: Defect


@dataclass(frozen=True, slots=True)
class Gone:
    """The source itself says that a dataset is no more.

    `name` is the dataset's IRI, or the location of the document that described it.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the next harvest of this source can go on.

    `partial`: only what changed since the last bookmark came, so absence means nothing.
    """

    value: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One dataset's description as harvested from one source.

    `canonical`: its triples as sorted N-Triples lines in UTF-8, blank nodes under labels
    that depend on content alone. `digest`: SHA-256 of `canonical`, in hexadecimal.
    """

    iri: str
    canonical: bytes
    digest: str
    document: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A dataset held back because its description is broken."""

    iri: str
    problem: Defect
    document: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document held.

    `listed`: IRIs of the datasets that its catalogue names (described or not).
    `next_page`: the following page of a paged feed. `dropped`: statements left out, by
    reason (`foreign`, `vocabulary`, `unattached`). `repaired`: defects mended on reading.
    """

    location: str
    records: tuple[Record, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    repaired: tuple[Defect, ...] = ()
    listed: tuple[str, ...] = ()
    next_page: str | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """http://www.w3.org/ns/shacl#ValidationResult, explained.

    `focus`, `path`, `value` and `shape` are N-Triples terms (a path that is not a single
    predicate is written in SPARQL syntax); `component` is a prefixed name, `sh:…`.
    """

    severity: Severity
    focus: str
    path: str | None
    value: str | None
    component: str
    shape: str | None
    message: Text
    fix: Text | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one profile on one record. `shapes`: digest of the shapes used."""

    profile: str
    release: str
    shapes: str
    level: Level
    findings: tuple[Finding, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity is severity for f in self.findings)


@dataclass(frozen=True, slots=True)
class Entry:
    """One dataset in the register, with its latest accepted version.

    `slug` names its page; `changed` is when its content last changed; `withdrawn_at` is
    set for a dataset whose page is a tombstone.
    """

    iri: str
    slug: str
    holder: str
    source: str
    canonical: bytes
    digest: str
    verdict: Verdict
    report: Report
    first_seen: datetime
    changed: datetime
    versions: int = 1
    absent_since: datetime | None = None
    withdrawn_at: datetime | None = None


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

    `outcomes` leaves out the unchanged records, which are only counted in `unchanged`.
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

    def totals(self) -> dict[str, int]:
        """Number of records in each state."""
        counted = Counter(o.state for o in self.outcomes)
        counted[State.UNCHANGED] += self.unchanged
        return {state.value: counted[state] for state in State}
