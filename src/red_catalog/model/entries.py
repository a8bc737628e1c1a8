"""A dataset as the register holds it, and what is announced of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from red_catalog.model.findings import Finding, Report
from red_catalog.model.scores import Completeness, Mqa
from red_catalog.model.words import OWN_PROFILE, Verdict


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The last time that a holder checked a description: when, and which version of it."""

    moment: datetime
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a version's description; no text where it is too damaged to be read.

    `digest`: of what was accepted; `intact`: whether the text is that, or what was left when some
    of it was `erased`.
    """

    text: bytes | None
    digest: str
    intact: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One dataset in the register, with its latest accepted version.

    `slug` names its page; `changed` is when its content last changed; `withdrawn_at` is
    set for a dataset whose page is a tombstone. An entry without scores waits for its next
    harvest. `report`: of the profile that decides the verdict; `others`: of the other profiles;
    `remarks`: findings about the catalogue as a whole, which belong to our own profile.
    `reviewed`: None before its holder's first yearly check. `contact_withheld`: it has contact
    points, and none that may be published. `private`: its holder marked all of it private.
    `damaged`: its description is empty, as that in the register cannot be read any more.
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
    contact_withheld: bool = False
    private: bool = False
    damaged: bool = False

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
