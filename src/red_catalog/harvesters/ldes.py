"""DCAT-AP Feeds: the events of a Linked Data Event Stream, whole or since the last time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from red_catalog.harvesters.description import leave_out
from red_catalog.harvesters.ldes_page import Event, Page, read_page
from red_catalog.harvesters.options import check_options
from red_catalog.harvesters.telling import refuse, tell
from red_catalog.http import Http, unreadable
from red_catalog.model import Bookmark, Defect, Document, Gone, Source, Unreadable
from red_catalog.rdf.reading import read_graphs

OPTIONS: Final[tuple[str, ...]] = ()
MAX_PAGES: Final = 10_000
_ACCEPT: Final = {
    "Accept": "application/trig, application/n-quads;q=0.9, application/ld+json;q=0.8, "
    "text/turtle;q=0.7, */*;q=0.1"
}
# Clocks differ. What is dated later is a mistake: nothing is new after it for years.
_AHEAD: Final = timedelta(days=1)
# A page that the feed has dropped, as LDES has it.
_DROPPED: Final = unreadable("", "status", status=410).problem.message

Item = Document | Unreadable | Gone | Bookmark


@dataclass(slots=True)
class _Progress:
    """How far a reading has come. `closed`: pages that never change, and where they lead.

    `ends`: the date of the last event on each of those read now. `met`: whether an event of the
    moment where the last reading ended was seen again. `forgets`: the feed drops what is old.
    """

    feed: str
    since: datetime | None
    closed: dict[str, list[str]]
    latest: dict[str, Event] = field(default_factory=dict)
    last: datetime | None = None
    ends: dict[str, datetime] = field(default_factory=dict)
    met: bool = False
    forgets: bool = False
    defects: list[Defect] = field(default_factory=list)


def harvest(source: Source, http: Http) -> Iterator[Item]:
    """The latest description of each dataset of the feed, or of those changed since."""
    check_options(source, OPTIONS)
    progress = _resume(source)
    problem = _walk(source, http, progress)
    if problem is None and progress.since is not None and not progress.met:
        # The stream has lost the event where we stopped: it is another, at the same address.
        progress = _Progress(source.location, None, {})
        problem = _walk(source, http, progress)
    if problem is not None:
        yield problem
        return
    if not (progress.last or progress.latest or progress.defects):
        yield refuse(source.location, "ldes-no-events")
        return
    ordered = sorted(progress.latest.values(), key=lambda one: (one.published, one.name))
    for event in ordered:
        yield _give(event)
    resumed = progress.since is not None
    if progress.forgets and not resumed:
        progress.defects.append(tell("ldes-forgets"))
    if progress.defects:
        yield leave_out(source.location, *progress.defects)
    if progress.last is not None:
        yield Bookmark(_write(progress), partial=resumed or progress.forgets)


def _resume(source: Source) -> _Progress:
    """Where the last harvest ended; from the start where the bookmark is not one of ours."""
    try:
        kept = json.loads(source.bookmark or "{}")
        since = datetime.fromisoformat(kept["published"])
        if kept["feed"] == source.location and since.tzinfo and not _is_ahead(since):
            closed = {str(page): [*map(str, to)] for page, to in kept["closed"].items()}
            return _Progress(source.location, since, closed, last=since)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return _Progress(source.location, None, {})


def _write(progress: _Progress) -> str:
    last = progress.last
    assert last is not None
    # The page with the last event is read again, whatever it says, to find that event there.
    closed = {p: to for p, to in progress.closed.items() if progress.ends.get(p) != last}
    told = {"feed": progress.feed, "published": last.isoformat(), "closed": closed}
    return json.dumps(told, sort_keys=True)


def _walk(source: Source, http: Http, progress: _Progress) -> Unreadable | None:
    """Reads every page that may hold something new; gives what stops it, if anything does."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(source.location, ())]
    seen: set[str] = set()
    while waiting:
        url, path = waiting.pop()
        if url in path:
            return unreadable(path[-1], "paging-loop", page=len(path))
        if url in seen:
            continue
        if len(seen) >= MAX_PAGES:
            return unreadable(url, "too-many-pages", limit=MAX_PAGES)
        seen.add(url)
        onward = progress.closed.get(url)
        if onward is None:
            page = _fetch(url, source, http, progress.since, entry=not path)
            if isinstance(page, Unreadable):
                return page
            _take(url, page, progress)
            onward = list(page.onward)
        waiting += [(one, (*path, url)) for one in reversed(onward)]
    return None


def _take(url: str, page: Page, progress: _Progress) -> None:
    if page.immutable:
        progress.closed[url] = list(page.onward)
        dates = [one.published for one in page.events if not _is_ahead(one.published)]
        progress.ends |= {url: max(dates)} if dates else {}
    progress.forgets |= page.forgets
    progress.defects += [one for one in page.defects if one not in progress.defects]
    for event in page.events:
        if not _is_ahead(event.published):
            progress.last = max(progress.last or event.published, event.published)
            progress.met |= event.published == progress.since
        if progress.since is not None and event.published < progress.since:
            continue
        known = progress.latest.get(event.target)
        if known is None or _rank(event) > _rank(known):
            progress.latest[event.target] = event


def _is_ahead(moment: datetime) -> bool:
    return moment > now() + _AHEAD


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def _rank(event: Event) -> tuple[datetime, bool, str]:
    """At one instant a deletion comes last."""
    return event.published, event.statements is None, event.name


def _give(event: Event) -> Document | Gone:
    if event.statements is None:
        return Gone(event.target)
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in event.statements)
    return Document(event.name, lines.encode(), "application/n-triples")


def _fetch(
    url: str, source: Source, http: Http, since: datetime | None, *, entry: bool
) -> Page | Unreadable:
    fetched = http.get(url, source, _ACCEPT)
    if isinstance(fetched, Unreadable):
        dropped = not entry and fetched.problem.message == _DROPPED
        return Page((), (), immutable=False, defects=(), forgets=True) if dropped else fetched
    graphs = read_graphs(fetched.document, source, http.limits)
    if isinstance(graphs, Unreadable):
        return graphs
    return read_page(graphs, fetched.document, since, entry=entry)
