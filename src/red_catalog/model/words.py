"""The words that everything else is told in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

Triple = tuple[str, str, str]
"""Subject, predicate, object, each written as an N-Triples term."""

Text = Mapping[str, str]
"""A sentence by language: always `fr` and `en`."""

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
