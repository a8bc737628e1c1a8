"""The register as a stock to publish from, in the words of this catalogue."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from red_catalog.ehds import terms
from red_catalog.model import Entry
from red_catalog.publish.record.history import VERSIONS, Past
from red_catalog.publish.record.withholding import Private, open_entry, open_versions
from red_catalog.publish.stock import Name, changed, expect_whole
from red_catalog.register.ledger import Register

# So many datasets are in memory with all that is said of them.
_BATCH: Final = 100


class RegisterStock:
    """The register as those see it who write a release: each process opens it on its own.

    What is never published is not seen. Our own terms are in the namespace of this catalogue.
    """

    def __init__(self, path: Path, base_iri: str) -> None:
        self._path, self._base = path, base_iri
        self._opened: tuple[int, ExitStack, Register] | None = None

    def names(self) -> Sequence[Name]:
        """Every dataset, withdrawn ones too."""
        return self.register().names()

    def count(self) -> int:
        """How many are not withdrawn."""
        return self.register().count()

    def since(self, release: str) -> Sequence[Name] | None:
        """The datasets that changed since a release, None where the register has not made it."""
        register = self.register()
        number = register.released(release)
        return None if number is None else register.names(number)

    def changed(self, release: str | None, besides: Collection[str] = ()) -> Iterator[Entry]:
        """The datasets that changed since a release, or all, by page name.

        `besides`: the IRIs of others that are wanted.
        """
        some = changed(self, release, besides)
        names = self.names() if some is None else some
        for start in range(0, len(names), _BATCH):
            yield from self.fetch(iri for _, iri in names[start : start + _BATCH])

    def fetch(self, iris: Iterable[str]) -> Sequence[Entry]:
        """These datasets, in this order."""
        return [self._open(entry) for entry in self.register().fetch(iris)]

    def secrets(self, iris: Iterable[str]) -> Private:
        """What is private in these datasets. Raises DamagedTextError where one is damaged."""
        found = Private()
        for entry in expect_whole(self.register().fetch(iris)):
            found |= open_entry(entry)[1]
        return found

    def versions(self, iri: str) -> Sequence[Past]:
        """The versions that a page tells of, and one more to compare the oldest of them with.

        Those up to one that is damaged are not told: it may have said what of them is private.
        """
        every = self.register().versions(iri)
        first = max((v.number for v in every if v.damaged), default=0)
        kept = [v for v in every[first:] if not v.private][-VERSIONS - 1 :]
        opened = open_versions([v.canonical for v in kept], iri)
        return [
            Past(v.number, v.recorded, terms.localise(canonical, self._base))
            for v, canonical in zip(kept, opened, strict=True)
        ]

    def close(self) -> None:
        """Closes this process's register."""
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None

    def _open(self, entry: Entry) -> Entry:
        opened, _ = open_entry(entry)
        localised = terms.localise(opened.canonical, self._base)
        return opened if localised == opened.canonical else replace(opened, canonical=localised)

    def register(self) -> Register:
        """The register as this process has opened it."""
        me = os.getpid()
        if self._opened is None or self._opened[0] != me:
            stack = ExitStack()
            self._opened = (me, stack, stack.enter_context(Register.open(self._path)))
        return self._opened[2]
