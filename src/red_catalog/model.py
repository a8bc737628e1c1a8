"""The nouns of the catalogue, frozen: what passes from one stage to the next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

Triple = tuple[str, str, str]
"""Subject, predicate, object, each written as an N-Triples term."""

Text = Mapping[str, str]
"""A sentence by language: always `fr` and `en`."""


OWN_PROFILE: Final = "red"
MINIMUM_PROFILE: Final = "minimum-2026-2098"
"""The profile of this software's own checks."""


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


READ: Final = (
    State.NEW, State.UPDATED, State.UNCHANGED, State.QUARANTINED, State.CONFLICT, State.REJECTED,
)  # fmt: skip
"""The states of what was read; the others are of what did not come."""


class Level(StrEnum):
    """The access level that chooses a dataset's shapes."""

    PUBLIC = "PUBLIC"
    RESTRICTED = "RESTRICTED"
    NON_PUBLIC = "NON_PUBLIC"


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation responsible for data (EHDS *data holder*).

    `trusted`: on the access body's list (Article 72); `kind`: a key of HOLDER_KINDS; `funding`:
    public, private or mixed; `exempt`: why the duty to describe does not bind it (Article 50);
    `holds_none`: codes of the categories that it declares to have no data of; `note`: the
    operator's own, never published.
    `former`: ids that it had before, or of holders that it took over with their datasets.
    """

    id: str
    name: Text
    identifiers: Mapping[str, str] = field(default_factory=dict)
    trusted: bool = False
    namespaces: tuple[str, ...] = ()
    homepage: str | None = None
    email: str | None = None
    kind: str = "other"
    funding: str | None = None
    exempt: Text | None = None
    holds_none: tuple[str, ...] = ()
    note: str = ""
    former: tuple[str, ...] = ()


HOLDER_KINDS: Final[Mapping[str, Text]] = {
    "hospital": {"fr": "établissement de santé", "en": "hospital or clinic"},
    "care": {"fr": "autre professionnel ou structure de soins", "en": "other care provider"},
    "insurer": {"fr": "assurance maladie", "en": "health insurer"},
    "agency": {"fr": "agence ou administration", "en": "agency or administration"},
    "registry": {"fr": "registre", "en": "registry"},
    "research": {"fr": "organisme de recherche", "en": "research organisation"},
    "biobank": {"fr": "biobanque", "en": "biobank"},
    "company": {"fr": "entreprise", "en": "company"},
    "association": {"fr": "association ou fondation", "en": "association or foundation"},
    "other": {"fr": "autre organisme", "en": "other organisation"},
}
"""The kinds of holders, and what people call them."""
FUNDINGS: Final = ("public", "private", "mixed")


@dataclass(frozen=True, slots=True)
class Auth:
    """What a source's server wants to know us by; secrets are names of environment variables.

    `scheme`: basic, bearer, header, or digest, of targets; `name`: the user, or the name of the
    header.
    """

    scheme: str
    secret: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a holder publishes descriptions.

    `location` is a URL or a path; `allow_hosts` are `host` or `host:port` that may be
    private addresses; `format` forces a media type; `foreign` are the namespaces of the
    other holders, whose subjects this source may not describe; `options` are the kind's own;
    `bookmark` is where the last complete harvest ended, for kinds that can go on from there;
    `proxy` is the address of one, or `env:NAME`; `every_hours` is how often it is due;
    `former` are the holder's former ids, and `siblings` the holder's other sources.
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
    auth: Auth | None = None
    proxy: str | None = None
    every_hours: float = 24.0
    former: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A place that changes are sent to. `kind`: ingest, directory or sparql; `feed`: of which."""

    id: str
    kind: str
    location: str
    feed: str = "catalogue"
    allow_hosts: tuple[str, ...] = ()
    auth: Auth | None = None
    proxy: str | None = None
    options: Mapping[str, str] = field(default_factory=dict, hash=False)

    def place(self) -> Source:
        """What the guards of HTTP want to know of it."""
        return Source(
            f"target {self.id}", "", self.kind, self.location, allow_hosts=self.allow_hosts,
            auth=self.auth, proxy=self.proxy,
        )  # fmt: skip


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
    predicate is written in SPARQL syntax); `component` is a prefixed name, `sh:…`. `repeats`:
    another profile's finding is the same problem, and people are told of it there.
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
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one profile on one record. `shapes`: digest of the shapes used.

    `note` says why the level was chosen, where the dataset does not say it itself.
    """

    profile: str
    release: str
    shapes: str
    level: Level
    findings: tuple[Finding, ...] = ()
    note: Text | None = None

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity is severity for f in self.findings)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the minimum elements of Regulation (EU) 2026/2098 a description gives.

    `missing`: names of the applicable elements that it lacks; `inapplicable`: name of each
    element that does not apply, and why.
    """

    given: int
    applicable: int
    missing: tuple[Text, ...] = ()
    inapplicable: tuple[tuple[Text, Text], ...] = ()


MQA_POINTS: Final[Mapping[str, Mapping[str, int]]] = {
    "findability": {"keyword": 30, "theme": 30, "spatial": 20, "temporal": 20},
    "accessibility": {
        "access-url-answers": 50, "download-url": 20, "download-url-answers": 30,
    },
    "interoperability": {
        "format": 20, "media-type": 10, "format-vocabulary": 10, "non-proprietary": 20,
        "machine-readable": 20, "dcat-ap": 30,
    },
    "reusability": {
        "licence": 20, "licence-vocabulary": 10, "access-rights": 10,
        "access-rights-vocabulary": 5, "contact-point": 20, "publisher": 10,
    },
    "contextuality": {"rights": 5, "byte-size": 5, "issued": 5, "modified": 5},
}  # fmt: skip
"""What each indicator of data.europa.eu's metadata quality assessment is worth, by dimension."""

_BANDS: Final = ((351, "excellent"), (221, "good"), (121, "sufficient"), (0, "bad"))


def mqa_band(points: int) -> str:
    """What data.europa.eu calls so many points: excellent, good, sufficient or bad."""
    return next(name for least, name in _BANDS if points >= least)


@dataclass(frozen=True, slots=True)
class Mqa:
    """data.europa.eu's metadata quality assessment of a description: the indicators it meets.

    `unchecked`: indicators that ask whether an address answers, when nobody asked it; they
    give no points.
    """

    met: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """Points earned, of 405."""
        return sum(self.dimensions().values())

    @property
    def reachable(self) -> int:
        """The most points that what was checked could have given."""
        return sum(
            worth
            for indicators in MQA_POINTS.values()
            for name, worth in indicators.items()
            if name not in self.unchecked
        )

    @property
    def band(self) -> str:
        """excellent, good, sufficient or bad."""
        return mqa_band(self.points)

    def dimensions(self) -> dict[str, int]:
        """Points earned in each of the five dimensions."""
        return {
            dimension: sum(worth for name, worth in indicators.items() if name in self.met)
            for dimension, indicators in MQA_POINTS.items()
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """The scores of a dataset, or of all datasets of a holder or of the catalogue, added up.

    `moment`: since when; `datasets`: how many have scores; `conformant`: how many of them
    are; `given` and `applicable`: minimum elements; `points`: of the quality assessment.
    """

    moment: datetime
    datasets: int
    conformant: int
    given: int
    applicable: int
    points: int

    @property
    def completeness(self) -> float:
        """Share of the applicable minimum elements that are given."""
        return self.given / self.applicable if self.applicable else 0.0

    @property
    def mean_points(self) -> float:
        """Points of the average dataset."""
        return self.points / self.datasets if self.datasets else 0.0

    @property
    def band(self) -> str:
        """What the average dataset's points are called."""
        return mqa_band(round(self.mean_points))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that the writer may have meant."""

    iri: str
    label: Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, however many findings it causes.

    `subjects` are the terms that it touches and `about` what people call them; `path` and
    `name` are the property and what people call it. `kind`: missing, value, many, type or
    other. `turtle` is a fix to paste; its lines `# - …` are statements to remove, as
    `removed` lists them. `rule` is the IRI of the rule and `page` the path of its page.
    """

    severity: Severity
    kind: str
    subjects: tuple[str, ...]
    about: Text
    path: str | None
    name: Text
    message: Text
    fix: Text
    expected: Text
    found: Text | None = None
    suggestions: tuple[Suggestion, ...] = ()
    turtle: Text | None = None
    removed: tuple[Triple, ...] = ()
    rule: str | None = None
    page: str | None = None
    line: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether another profile's problem tells of all this."""
        return bool(self.findings) and all(one.repeats for one in self.findings)


@dataclass(frozen=True, slots=True)
class CheckedDataset:
    """One dataset of a checked document, with what people call it where it has a title."""

    iri: str
    name: str | None
    verdict: Verdict
    report: Report
    problems: tuple[Problem, ...] = ()
    completeness: Completeness | None = None
    mqa: Mqa | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One document checked against one profile.

    `unreadable` is set where the document gave nothing at all; `repaired` are defects that
    were mended on reading.
    """

    location: str
    profile: str
    release: str
    shapes: str
    title: Text
    datasets: tuple[CheckedDataset, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    repaired: tuple[Defect, ...] = ()
    unreadable: Unreadable | None = None

    def exit_code(self, fail_on: str) -> int:
        """1 where a finding is at least this severe or nothing was readable, else 0."""
        if self.unreadable or self.quarantined or not self.datasets:
            return 1
        grave = {
            "violation": {Severity.VIOLATION},
            "warning": {Severity.VIOLATION, Severity.WARNING},
            "never": set[Severity](),
        }[fail_on]
        return int(any(f.severity in grave for d in self.datasets for f in d.report.findings))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The last time that a holder checked a description: when, and which version of it."""

    moment: datetime
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One dataset in the register, with its latest accepted version.

    `slug` names its page; `changed` is when its content last changed; `withdrawn_at` is
    set for a dataset whose page is a tombstone. An entry without scores waits for its next
    harvest. `report`: of the profile that decides the verdict; `others`: of the other profiles;
    `remarks`: findings about the catalogue as a whole, which belong to our own profile.
    `reviewed`: None before its holder's first yearly check.
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
    completeness: Completeness | None = None
    mqa: Mqa | None = None
    others: tuple[Report, ...] = ()
    remarks: tuple[Finding, ...] = ()
    reviewed: Reviewed | None = None

    @property
    def counted_from(self) -> date:
        """The day from which the next yearly check is counted (`ehds.reviews`)."""
        return (self.reviewed.moment if self.reviewed else self.first_seen).astimezone(UTC).date()

    @property
    def changed_since(self) -> bool:
        """Whether the description changed since its holder checked it."""
        return self.reviewed is not None and self.reviewed.digest != self.digest

    @property
    def reports(self) -> tuple[Report, ...]:
        """Every profile's report, the deciding one first, remarks with our own profile's."""
        return tuple(
            replace(r, findings=(*r.findings, *self.remarks)) if r.profile == OWN_PROFILE else r
            for r in (self.report, *self.others)
        )


@dataclass(frozen=True, slots=True)
class Announcement:
    """One create, update or delete that a release made public in a feed.

    `number` counts from 1 in each feed; `place` is the dataset's own, which it keeps. `version`
    is that of the description and `digest` the SHA-256 of what the feed gives of it (of a
    deletion, of what was given last). `told`: what the catalogue knew of it at that moment.
    """

    feed: str
    number: int
    published: datetime
    kind: str
    iri: str
    slug: str
    place: int
    version: int
    digest: str
    told: Mapping[str, str]


CATALOGUE_FEED: Final = "catalogue"
EU_FEED: Final = "eu"
FEEDS: Final = (CATALOGUE_FEED, EU_FEED)
"""The feeds: all that is published, and what conforms to HealthDCAT-AP Release 8."""


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
    `requests` were made and `received` bytes came.
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

    def totals(self) -> dict[str, int]:
        """Number of records in each state."""
        counted = Counter(o.state for o in self.outcomes)
        counted[State.UNCHANGED] += self.unchanged
        return {state.value: counted[state] for state in State}

    def is_reconciled(self) -> bool:
        """Whether every description that was read ended in exactly one state."""
        totals = self.totals()
        return self.read == sum(totals[state] for state in READ)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A dataset as searches find it and the read interface tells it; a withdrawn one, too.

    `mark` tells this state from any other; `kind`: created, updated or withdrawn. `texts`: what
    is searched, by field; `codes`: of each facet; `ranks`: keys to sort by; `told`: JSON.
    """

    slug: str
    iri: str
    holder: str
    mark: str
    kind: str
    changed: datetime
    texts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranks: Mapping[str, str | int] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexFacet:
    """A facet of the index: its name, and that of each code."""

    id: str
    name: Text
    values: Mapping[str, Text]
