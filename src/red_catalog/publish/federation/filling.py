"""Writing the feeds of a release: what changed, and the rest taken over from the live one."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from red_catalog.model import FEEDS, Announcement, Entry
from red_catalog.publish.bugs import attempt
from red_catalog.publish.crew import crew
from red_catalog.publish.federation import log, paging, payload, stream
from red_catalog.publish.federation.payload import stamp
from red_catalog.publish.federation.shelf import Shelf
from red_catalog.publish.stock import expect_whole
from red_catalog.publish.tidying import seldom
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.themes import program
from red_catalog.rdf.jsonld import CONTEXT, context

# Counts up when the pages of events are written in another way: those of before stay as they
# were read, whatever program comes, so that it should not but for what must not be read any more.
_LAYOUT: Final = 1


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the register keeps what was made public. Any process may ask.

    `marked`: the numbers of events of those datasets that mark anything private; `rest`: a digest
    of what is left of what an event told, empty where all of it is.
    """

    count: Callable[[str], int]
    places: Callable[[str], int]
    place: Callable[[str, str], int | None]
    between: Callable[[str, int, int], Sequence[Announcement]]
    members: Callable[[str, int, int], Sequence[str]]
    described: Callable[[Announcement], bytes]
    marked: Callable[[str, Iterable[str]], Iterable[int]]
    rest: Callable[[Announcement], str]
    fetch: Callable[[Iterable[str]], Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Events:
    """A page of events to write: those after `first` up to `last`."""

    feed: str
    number: int
    first: int
    last: int
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of datasets to write, where, and its files in the live release."""

    page: paging.Page
    paths: Mapping[str, str]
    before: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Job:
    """What every process that writes the feeds must have."""

    site: Site
    shelf: Shelf
    ledger: Ledger
    unfit: Collection[str]


@seldom()
def fill(
    site: Site,
    release: Path,
    before: Path | None,
    entries: Mapping[str, Entry],
    ledger: Ledger,
    changed: Collection[str] | None = None,
    unfit: Collection[str] = (),
) -> dict[str, str]:
    """Writes the feeds into a prepared release; tells the bugs that events met, by IRI.

    `before`: the live release's folder. `entries`: the register's, by IRI,
    which may lack their descriptions. `changed`: the IRIs of all that is not as in the live
    release, None where that is not known; `unfit`: of those that no page is to have.
    """
    shelf = Shelf(release, before, f"{program()} {paging.PAGE}")
    written = context()
    shelf.write(f"ns/{CONTEXT}", _key(written), written)
    todo: list[Events | Listing] = []
    for feed in FEEDS:
        todo += _keep_events(site, feed, shelf, ledger, _find_marked(feed, ledger, changed))
        touched = _find_touched(feed, ledger, changed)
        known = {iri: entry for iri, entry in entries.items() if iri not in unfit}
        todo += _keep_listings(site, feed, shelf, ledger, (known, touched))
        _write_log(site, feed, shelf, ledger)
    with crew(Job(site, shelf, ledger, unfit), len(todo) * paging.PAGE) as everyone:
        bugs: dict[str, str] = {}
        for piece, met in zip(todo, everyone.map(_write, todo), strict=True):
            if met:
                shelf.doubt(piece.paths.values())
                bugs |= met
    shelf.close()
    return bugs


def rehearse(site: Site, event: Announcement, canonical: bytes) -> None:
    """Makes what a page of datasets and one of events have of a dataset."""
    feed, about = event.feed, (event.iri, event.slug)
    member = paging.Member(*about, event.told, "")
    paging.write(site, paging.Page(feed, 1, (member,), more=False), {}, lambda _: [canonical])

    def describe(one: Announcement) -> bytes:
        return payload.describe(site, feed, about, canonical, one.told)

    stream.write(site, feed, (1, [event], None), describe)


def _keep_events(
    site: Site, feed: str, shelf: Shelf, ledger: Ledger, marked: frozenset[int] | None
) -> Iterator[Events]:
    """Takes over the pages of events that are as they were; tells the others."""
    count = ledger.count(feed)
    # The last page is never full: what fills it makes a page of its own, and another latest.
    for number in range(1, count // stream.PAGE + 2):
        first = (number - 1) * stream.PAGE
        last = min(first + stream.PAGE, count)
        whole = last - first == stream.PAGE
        name = number if whole else stream.LATEST
        paths = {s: stream.path(feed, name, s) for s in stream.SYNTAXES}
        unread = whole and marked is not None and number not in marked
        if unread and all(map(shelf.keep_unread, paths.values())):
            continue
        key = _key_events(site.catalogue.base_iri, feed, (first, last), ledger)
        # The latest page is short, and written anew whatever became of it.
        if not (whole and all(shelf.keep(one, key) for one in paths.values())):
            shelf.expect(paths.values(), key)
            yield Events(feed, number, first, last, paths)


def _key_events(base: str, feed: str, span: tuple[int, int], ledger: Ledger) -> str:
    """The key of a page of events, after one number and up to another.

    It holds the same for ever, but for what became private. Only another address would make it
    another, and a register that came back from a backup, whose numbers tell of other events.
    """
    first, last = span
    events = ledger.between(feed, first, last)
    end = [_mark(one) for one in events[-1:]]
    rests = [(one.number, rest) for one in events if (rest := _find_rest(ledger, one))]
    return _key((_LAYOUT, base, feed, first, last, end, *rests))


def _find_rest(ledger: Ledger, one: Announcement) -> str:
    """As the ledger tells it; a page with what it cannot tell is no more what it was."""
    found = attempt(partial(ledger.rest, one), [])
    return "?" if found is None else found


def _find_marked(
    feed: str, ledger: Ledger, changed: Collection[str] | None
) -> frozenset[int] | None:
    """The pages of events in which something may have become private, None where all are."""
    if changed is None:
        return None
    return frozenset((n - 1) // stream.PAGE + 1 for n in ledger.marked(feed, changed))


def _find_touched(
    feed: str, ledger: Ledger, changed: Collection[str] | None
) -> frozenset[int] | None:
    """The pages of datasets in which something changed, None where that is not known."""
    if changed is None:
        return None
    places = (ledger.place(feed, iri) for iri in changed)
    return frozenset((place - 1) // paging.PAGE + 1 for place in places if place)


def _keep_listings(
    site: Site,
    feed: str,
    shelf: Shelf,
    ledger: Ledger,
    known: tuple[Mapping[str, Entry], frozenset[int] | None],
) -> Iterator[Listing]:
    """Takes over the pages of datasets that are as they were; tells the others."""
    entries, touched = known
    pages = max(1, -(-ledger.places(feed) // paging.PAGE))
    for number in range(1, pages + 1):
        last = number * paging.PAGE
        # The last ones lead to the next page, or no more; so did the last one of the live release.
        led = shelf.before(paging.path(feed, number + 1, paging.SYNTAXES[0])) is not None
        if touched is not None and led and number < pages - 1 and number not in touched:
            names = [paging.path(feed, number, s) for s in paging.SYNTAXES]
            if all(map(shelf.keep_unread, names)):
                continue
        live = ledger.members(feed, last - paging.PAGE, last)
        found = tuple(_member(site, feed, entries[iri]) for iri in live if iri in entries)
        frame = paging.tell_catalogue(site, number, found)
        keys = [one.key for one in found]
        key = _key((program(), feed, number, number < pages, frame, keys))
        paths = {s: paging.path(feed, number, s) for s in paging.SYNTAXES}
        if not all(shelf.keep(one, key) for one in paths.values()):
            shelf.expect(paths.values(), key)
            before = {s: old for s, one in paths.items() if (old := shelf.before(one))}
            page = paging.Page(feed, number, found, more=number < pages)
            yield Listing(page, paths, before)


def _member(site: Site, feed: str, entry: Entry) -> paging.Member:
    told = payload.tell(site, entry)
    base = site.catalogue.base_iri
    inputs = (program(), base, feed, entry.iri, entry.slug, entry.digest, sorted(told.items()))
    return paging.Member(entry.iri, entry.slug, told, _key(inputs))


def _write(job: Job, piece: Events | Listing) -> dict[str, str]:
    """Writes a page in each syntax; tells the bugs that its events met, by IRI."""
    bugs: dict[str, str] = {}
    written = _events(job, piece, bugs) if isinstance(piece, Events) else _listing(job, piece)
    for syntax, content in written.items():
        job.shelf.put(piece.paths[syntax], content)
    return bugs


def _events(job: Job, piece: Events, bugs: dict[str, str]) -> dict[str, bytes]:
    ledger, feed = job.ledger, piece.feed

    def make(one: Announcement) -> bytes:
        about = (one.iri, one.slug)
        return payload.describe(job.site, feed, about, ledger.described(one), one.told)

    def describe(one: Announcement) -> bytes:
        traces = [""]
        given = None if one.iri in job.unfit else attempt(partial(make, one), traces)
        if given is None:
            bugs[one.iri] = traces[-1]
        # What cannot be told is not on the page.
        return given or b""

    events = ledger.between(feed, piece.first, piece.last)
    earlier = ledger.between(feed, piece.first - 1, piece.first)
    page = (piece.number, events, earlier[-1] if earlier else None)
    return stream.write(job.site, feed, page, describe)


def _listing(job: Job, piece: Listing) -> dict[str, bytes]:
    before = {syntax: one.read_bytes() for syntax, one in piece.before.items()}

    def fetch(iris: Sequence[str]) -> list[bytes]:
        return [entry.canonical for entry in expect_whole(job.ledger.fetch(iris))]

    whole = before if len(before) == len(piece.paths) else {}
    return paging.write(job.site, piece.page, whole, fetch)


def _write_log(site: Site, feed: str, shelf: Shelf, ledger: Ledger) -> None:
    count, base = ledger.count(feed), site.catalogue.base_iri
    ends = []
    for number in range(1, -(-count // log.PAGE) + 1):
        first = (number - 1) * log.PAGE
        last = min(first + log.PAGE, count)
        end = ledger.between(feed, last - 1, last)[0]
        ends.append(stamp(end.published.isoformat()))
        key = _key((_LAYOUT, base, feed, first, last, _mark(end)))
        if not shelf.keep(log.path(feed, number), key):
            events = ledger.between(feed, first, last)
            shelf.write(log.path(feed, number), key, log.write(base, events))
    content = log.write_index(count, ends)
    shelf.write(log.path(feed, log.INDEX), _key(content), content)


def _mark(event: Announcement) -> tuple[object, ...]:
    """What tells an event from another of the same number."""
    return event.published, event.iri, event.version, event.digest


def _key(inputs: object) -> str:
    return hashlib.sha256(repr(inputs).encode()).hexdigest()[:32]
