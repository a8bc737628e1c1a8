"""Everything that one source gives, fetched and read; what did not change is not read again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Final

import red_catalog
from red_catalog.errors import RedError
from red_catalog.harvesters import HARVESTERS, Given
from red_catalog.http import Http, unreadable
from red_catalog.model import Bookmark, Document, Gone, Reading, Source, Unreadable
from red_catalog.pipeline.harvest.asking import check_setting
from red_catalog.pipeline.harvest.gathered import Gathered
from red_catalog.pipeline.harvest.progress import Event, Listener
from red_catalog.pipeline.harvest.readers import Read
from red_catalog.rdf.limits import Limits
from red_catalog.register.documents import Remembered, remember
from red_catalog.register.ingest import KIND
from red_catalog.register.ledger import Known

_AHEAD: Final = 32
_BYTES_AHEAD: Final = 10_000_000
_PACKAGE: Final = Path(red_catalog.__file__).parent
_READING: Final = ("rdf/*.py", "vocab/contexts/*.jsonld", "namespaces.py", "model/places.py")


@dataclass(frozen=True, slots=True)
class Past:
    """What the register knew of a source before this harvest; what was handed in since, too."""

    bookmark: str | None = None
    known: Mapping[str, Known] = field(default_factory=dict)
    documents: Mapping[str, Remembered] = field(default_factory=dict)
    handed: Sequence[Document | Gone] = ()

    def recall(self, proof: str) -> Remembered | None:
        """What a document with this proof held, if the register still holds all of it."""
        found = self.documents.get(proof)
        if found is None or not all(self._holds(*one) for one in found.records):
            return None
        return found

    def _holds(self, iri: str, digest: str) -> bool:
        known = self.known.get(iri)
        return known is not None and known.digest == digest and not known.withdrawn


def _harvest(source: Source, http: Http, tell: Listener) -> Iterator[Given]:
    """What a source gives; one that is not set up rightly fails alone, and the rest goes on."""
    if source.kind == KIND:
        yield Bookmark("", partial=True)
        return
    try:
        check_setting(source)
    except RedError as error:
        tell(Event("misconfigured", source.id, {"message": str(error)}))
        yield unreadable(source.shown, "misconfigured")
        return
    yield from HARVESTERS[source.kind](source, http)


@dataclass(frozen=True, slots=True)
class Gatherer:
    """What fetching and reading any source needs; safe to use from several threads."""

    http: Http
    limits: Limits
    tell: Listener
    read: Read

    def gather(self, source: Source, past: Past) -> "Catch":
        """Fetches every document, a few at a time, and reads those that are not as before."""
        self.tell(Event("started", source.id))
        began = monotonic()
        since = replace(source, bookmark=past.bookmark)
        catch = Catch()
        found = _harvest(since, self.http, self.tell)
        seconds = self.limits.source_seconds
        items = chain(past.handed, _until(found, source, began + seconds, seconds))
        with self.http.within(source, seconds):
            for batch in _batches(items):
                catch.note(batch)
                self._read([i for i in batch if isinstance(i, Document)], source, past, catch)
                self.tell(Event("documents", source.id, {"documents": len(catch.held)}))
        catch.seconds = monotonic() - began
        return catch

    def _read(
        self, documents: Sequence[Document], source: Source, past: Past, catch: "Catch"
    ) -> None:
        proofs = [prove(document, source) for document in documents]
        before = [past.recall(proof) for proof in proofs]
        fresh = [d for d, known in zip(documents, before, strict=True) if known is None]
        readings = self.read([d for d in fresh if d.reading is None], source)
        for document, proof, known in zip(documents, proofs, before, strict=True):
            catch.take(known or document.reading or next(readings), proof)


@dataclass(slots=True)
class Catch:
    """What a source gave, in its order; what was remembered still stands for its records."""

    held: list[Reading | Remembered] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    learnt: list[Remembered] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    bookmark: Bookmark = field(default_factory=lambda: Bookmark(""))
    seconds: float = 0.0

    def note(self, batch: Sequence[object]) -> None:
        """Takes from a batch all that need not be read."""
        self.unreadable += [item for item in batch if isinstance(item, Unreadable)]
        self.gone |= {item.name for item in batch if isinstance(item, Gone)}
        self.bookmark = next((i for i in batch if isinstance(i, Bookmark)), self.bookmark)

    def take(self, found: Reading | Unreadable | Remembered, proof: str) -> None:
        """Takes what one document held."""
        if isinstance(found, Unreadable):
            self.unreadable.append(found)
            return
        self.held.append(found)
        if isinstance(found, Remembered):
            self.learnt.append(found)
        elif not found.quarantined:
            self.learnt.append(remember(found, proof))

    def restore(self, recall: Callable[[Iterable[Remembered]], Iterable[Reading]]) -> Gathered:
        """All of it, what was remembered turned back into readings."""
        recalled = iter(recall([one for one in self.held if isinstance(one, Remembered)]))
        readings = [next(recalled) if isinstance(o, Remembered) else o for o in self.held]
        return Gathered(
            readings=tuple(readings),
            unreadable=tuple(self.unreadable),
            gone=frozenset(self.gone),
            bookmark=self.bookmark.value or None,
            partial=self.bookmark.partial,
        )


def prove(document: Document, source: Source) -> str:
    """Digest of everything that reading this document depends on."""
    whole = hashlib.sha256(document.content)
    facts = (_reader(), document.media_type, document.base, document.location, source.format,
             source.foreign, source.own, document.defects, document.private)  # fmt: skip
    whole.update(repr(facts).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


@cache
def _reader() -> str:
    """Digest of what reads: another reader may find other things in the same bytes."""
    whole = hashlib.sha256(version("pyoxigraph").encode())
    for path in sorted(found for place in _READING for found in _PACKAGE.glob(place)):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _until(
    items: Iterable[Given], source: Source, end: float, seconds: float
) -> Iterator[Given | Unreadable]:
    """The items that come in time: a server that drips must not hold the others for days.

    The door refuses what comes later: whatever is made of that, it is told once.
    """
    for item in items:
        if not (isinstance(item, Unreadable) and item.problem.code == "source-slow"):
            yield item
        if monotonic() > end:
            break
    if monotonic() > end:
        yield unreadable(source.shown, "source-slow", seconds=f"{seconds:g}")


def _batches(items: Iterable[Given | Unreadable]) -> Iterator[list[Given | Unreadable]]:
    """The items, a few at a time: so many, or fewer where their documents are large."""
    batch: list[Given | Unreadable] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.content) if isinstance(item, Document) else 0
        if len(batch) == _AHEAD or size > _BYTES_AHEAD:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
