"""Where a release takes its datasets from: all of them are never in memory at once."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from red_catalog.errors import DamagedTextError
from red_catalog.model import Entry
from red_catalog.publish.record.withholding import Private

Name = tuple[str, str]
"""The page name and the IRI of a dataset."""


class Stock(Protocol):
    """The datasets of a catalogue. Used in several processes, each a copy of the first."""

    def names(self) -> Sequence[Name]:
        """Every dataset, withdrawn ones too."""

    def count(self) -> int:
        """How many are not withdrawn."""

    def since(self, release: str) -> Sequence[Name] | None:
        """The datasets that changed since a release, None where nobody knows."""

    def fetch(self, iris: Iterable[str]) -> Sequence[Entry]:
        """These datasets, in this order, without what is private in them; some may be damaged."""

    def secrets(self, iris: Iterable[str]) -> Private:
        """What is private in these datasets."""


def expect_whole(entries: Sequence[Entry]) -> Sequence[Entry]:
    """These datasets. Raises DamagedTextError where a description cannot be read any more."""
    for entry in entries:
        if entry.damaged:
            raise DamagedTextError(entry.iri)
    return entries


def changed(stock: Stock, release: str | None, besides: Collection[str]) -> Sequence[Name] | None:
    """The datasets that changed since a release, and these besides; None where nobody knows."""
    some = stock.since(release) if release else None
    if some is None or not besides:
        return some
    new = frozenset(some)
    return [one for one in stock.names() if one in new or one[1] in besides]


class Held:
    """A few datasets that are in memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        self._names = []
        for entry in entries:
            self._entries[entry.iri] = entry
            self._names.append((entry.slug, entry.iri))

    def names(self) -> Sequence[Name]:
        """Every dataset, withdrawn ones too."""
        return self._names

    def count(self) -> int:
        """How many are not withdrawn."""
        return sum(one.withdrawn_at is None for one in self._entries.values())

    def since(self, release: str) -> Sequence[Name] | None:  # noqa: ARG002
        """Nobody knows."""
        return None

    def fetch(self, iris: Iterable[str]) -> Sequence[Entry]:
        """These datasets, in this order."""
        return [self._entries[iri] for iri in iris]

    def secrets(self, iris: Iterable[str]) -> Private:  # noqa: ARG002
        """Nothing."""
        return Private()
