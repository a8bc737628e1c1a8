"""Writing the feeds of a release: what changed, and the rest taken over from the live one."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from red_catalog import __version__
from red_catalog.model import FEEDS, Announcement, Entry
from red_catalog.publish.description import describe_catalogue_itself
from red_catalog.publish.federation import log, paging, payload, stream
from red_catalog.publish.federation.payload import stamp
from red_catalog.publish.federation.shelf import Shelf
from red_catalog.publish.site import Site
from red_catalog.rdf.jsonld import CONTEXT, context

# Counts up when the pages of events are written in another way: those of before stay as they
# were read, so that it should not.
_LAYOUT: Final = 1


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the register keeps what was made public."""

    count: Callable[[str], int]
    places: Callable[[str], int]
    between: Callable[[str, int, int], Sequence[Announcement]]
    placed: Callable[[str, int, int], Sequence[Announcement]]
    described: Callable[[Announcement], bytes]
    fetch: Callable[[Iterable[str]], Sequence[Entry]]


def fill(
    site: Site, release: Path, before: Path | None, entries: Mapping[str, Entry], ledger: Ledger
) -> int:
    """Writes the feeds into a prepared release; tells how many files were not taken over.

    `before`: the live release's folder. `entries`: the register's, by IRI,
    which may lack their descriptions.
    """
    shelf = Shelf(release, before)
    written = context()
    shelf.write(f"ns/{CONTEXT}", _key(written), written)
    for feed in FEEDS:
        _write_events(site, feed, shelf, ledger)
        _write_pages(site, feed, shelf, ledger, entries)
        _write_log(site, feed, shelf, ledger)
    shelf.close()
    return shelf.written


def _write_events(site: Site, feed: str, shelf: Shelf, ledger: Ledger) -> None:
    count = ledger.count(feed)
    base = site.catalogue.base_iri

    def describe(one: Announcement) -> bytes:
        return payload.describe(site, feed, (one.iri, one.slug), ledger.described(one), one.told)

    # The last page is never full: what fills it makes a page of its own, and another latest.
    for number in range(1, count // stream.PAGE + 2):
        first = (number - 1) * stream.PAGE
        last = min(first + stream.PAGE, count)
        whole = last - first == stream.PAGE
        name = number if whole else stream.LATEST
        # A full page holds the same for ever; only another address would make it another.
        key = _key((_LAYOUT, base, feed, first, last if not whole else ""))
        paths = {s: stream.path(feed, name, s) for s in stream.SYNTAXES}
        if all(shelf.keep(one, key) for one in paths.values()):
            continue
        events = ledger.between(feed, first, last)
        earlier = ledger.between(feed, first - 1, first)
        page = (number, events, earlier[-1] if earlier else None)
        for syntax, content in stream.write(site, feed, page, describe).items():
            shelf.write(paths[syntax], key, content)


def _write_pages(
    site: Site, feed: str, shelf: Shelf, ledger: Ledger, entries: Mapping[str, Entry]
) -> None:
    pages = max(1, -(-ledger.places(feed) // paging.PAGE))
    for number in range(1, pages + 1):
        last = number * paging.PAGE
        live = ledger.placed(feed, last - paging.PAGE, last)
        found = [entries[one.iri] for one in live]
        told = [payload.tell(site, entry) for entry in found]
        frame = describe_catalogue_itself(site, {one["holder"] for one in told})
        members = [(e.iri, e.slug, e.digest, sorted(t.items()))
                   for e, t in zip(found, told, strict=True)]  # fmt: skip
        key = _key((__version__, feed, number, number < pages, frame, members))
        paths = {s: paging.path(feed, number, s) for s in paging.SYNTAXES}
        if all(shelf.keep(one, key) for one in paths.values()):
            continue
        whole = ledger.fetch(e.iri for e in found)
        given = [((e.iri, e.slug), e.canonical, t) for e, t in zip(whole, told, strict=True)]
        written = paging.write(site, feed, number, more=number < pages, members=given)
        for syntax, content in written.items():
            shelf.write(paths[syntax], key, content)


def _write_log(site: Site, feed: str, shelf: Shelf, ledger: Ledger) -> None:
    count, base = ledger.count(feed), site.catalogue.base_iri
    ends = []
    for number in range(1, -(-count // log.PAGE) + 1):
        first = (number - 1) * log.PAGE
        last = min(first + log.PAGE, count)
        ends.append(stamp(ledger.between(feed, last - 1, last)[0].published.isoformat()))
        key = _key((_LAYOUT, base, feed, first, last))
        if not shelf.keep(log.path(feed, number), key):
            events = ledger.between(feed, first, last)
            shelf.write(log.path(feed, number), key, log.write(base, events))
    content = log.write_index(count, ends)
    shelf.write(log.path(feed, log.INDEX), _key(content), content)


def _key(inputs: object) -> str:
    return hashlib.sha256(repr(inputs).encode()).hexdigest()[:32]
