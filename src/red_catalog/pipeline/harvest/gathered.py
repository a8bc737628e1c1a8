"""What one source gave in a harvest, and what is remembered of its earlier ones."""

from dataclasses import dataclass

from red_catalog.model import Reading, Unreadable
from red_catalog.register.documents import Remembered


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one source gave. `gone`: the IRIs or documents that it says are no more.

    `partial`: only what changed since the last harvest came, so absence means nothing.
    `before`: the documents of earlier harvests as they were last read; None where their names
    do not stay.
    """

    readings: tuple[Reading, ...]
    unreadable: tuple[Unreadable, ...] = ()
    gone: frozenset[str] = frozenset()
    bookmark: str | None = None
    partial: bool = False
    before: tuple[Remembered, ...] | None = None

    @property
    def read(self) -> int:
        """How many descriptions came, whatever becomes of them; the same one twice is one."""
        distinct = {(r.iri, r.digest) for reading in self.readings for r in reading.records}
        return len(distinct) + sum(len(reading.quarantined) for reading in self.readings)

    @property
    def heard(self) -> frozenset[str]:
        """The documents whose former content holds no more: they came again, or are gone."""
        return self.gone | {reading.location for reading in self.readings}
