"""The words that everything else is told in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

Triple = tuple[str, str, str]
"""Subject, predicate, object, each written as an N-Triples term."""

Text = Mapping[str, str]
"""A sentence by language: always `fr` and `en`, where people write it perhaps others, too."""


class Said(dict[str, str]):
    """A text as somebody gave it, in whatever languages.

    For French and English that it lacks another language stands in; `lent`: which one.
    """

    def __init__(self, given: Text) -> None:
        """Fills in what is lacking: by the other one of the two, else by the first of all."""
        super().__init__(given)
        first = next(iter(given))
        self.lent = {
            code: other if other in given else first
            for code, other in (("fr", "en"), ("en", "fr"))
            if code not in given
        }
        self.update({code: given[other] for code, other in self.lent.items()})

    def __repr__(self) -> str:
        """All that pages depend on."""
        return f"{dict(self)} {self.lent}"


def spoken(text: Text) -> list[tuple[str, str]]:
    """Each language and what is said in it, without those that another one stands in for."""
    return [(code, words) for code, words in text.items() if tongue(text, code) == code]


def tongue(text: Text, code: str) -> str:
    """The language that what is shown in a language is in."""
    return text.lent.get(code, code) if isinstance(text, Said) else code


OWN_PROFILE: Final = "red"
"""The profile of this software's own checks."""

EU_PROFILE: Final = "healthdcat-ap-8"
"""The profile whose conformant datasets the EU feed holds."""

MINIMUM_PROFILE: Final = "minimum-2026-2098"
"""The profile of the 27 minimum elements."""


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
