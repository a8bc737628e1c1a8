"""What one source gave in a harvest, and what is remembered of its earlier ones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from red_catalog.model import Reading, Source, Unreadable
from red_catalog.register.change import Known
from red_catalog.register.documents import Remembered


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one source gave. `gone`: the IRIs or documents that it says are no more.

    `partial`: only what changed since the last harvest came, so absence means nothing.
    `before`: the documents of earlier harvests as they were last read; None where their names
    do not stay. `claimed`: what others of the holder's sources gave in the same run, and were
    refused as this one has it.
    """

    readings: tuple[Reading, ...]
    unreadable: tuple[Unreadable, ...] = ()
    gone: frozenset[str] = frozenset()
    bookmark: str | None = None
    partial: bool = False
    before: tuple[Remembered, ...] | None = None
    claimed: frozenset[str] = frozenset()

    @property
    def read(self) -> int:
        """How many descriptions came, whatever becomes of them; the same one twice is one."""
        distinct = {(r.iri, r.digest) for reading in self.readings for r in reading.records}
        return len(distinct) + sum(len(reading.quarantined) for reading in self.readings)

    @property
    def heard(self) -> frozenset[str]:
        """The documents whose former content holds no more: they came again, or are gone."""
        return self.gone | {reading.location for reading in self.readings}

    def described(
        self, source: Source, known: Mapping[str, Known], leaving: Collection[str]
    ) -> frozenset[str]:
        """IRIs of the datasets that the source describes, also of those that are held back.

        `known`: what it gave before, and still gives where a part of it could not be read, but
        for what this harvest withdraws (`leaving`).
        """
        came = {one.iri for reading in self.readings for one in reading.records}
        held = {one.iri for reading in self.readings for one in reading.quarantined}
        kept = {i for i, k in known.items() if k.source == source.id and not k.withdrawn}
        return frozenset((came - self.gone) | held | (kept - set(leaving)))
