"""What became of something sent."""

from collections.abc import Callable
from dataclasses import dataclass

from red_catalog.model import Announcement, Text


@dataclass(frozen=True, slots=True)
class Parcel:
    """A change to send. `content`: what the feed gives as N-Triples, none of a deletion."""

    announcement: Announcement
    content: bytes


@dataclass(frozen=True, slots=True)
class Accepted:
    """The target has it. `remote`: what it calls it."""

    remote: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The target does not want this one, and says why; others may well be wanted."""

    reason: Text


@dataclass(frozen=True, slots=True)
class Failure:
    """The target is not fit to receive anything now.

    `doubtful`: or it cannot take this one, which it does not say.
    """

    reason: Text
    doubtful: bool = False


Outcome = Accepted | Refusal | Failure
Deliver = Callable[[Parcel], Outcome]


def say(fr: str, en: str) -> Text:
    """A reason in both languages."""
    return {"fr": fr, "en": en}
