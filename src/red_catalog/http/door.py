"""The door: one call that gives a document or says why there is none."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Self

from red_catalog.http.access import credentials, name_secret
from red_catalog.http.body import refusal
from red_catalog.http.cache import Cache, Kept
from red_catalog.http.defects import Refused, printable
from red_catalog.http.exchange import Answer, Broken, Budget, ask, prepare
from red_catalog.http.fetched import Declined, Fetched
from red_catalog.http.guard import (
    Resolve,
    Server,
    check_host,
    may_hold_credentials,
    resolve,
)
from red_catalog.http.headers import check_whole, force_type, harmless, redirect, retry_after
from red_catalog.http.line import Line
from red_catalog.http.patience import Patience
from red_catalog.http.robots import AGENT, Robots, parse
from red_catalog.http.traffic import Traffic
from red_catalog.model import Document, Source, Unreadable
from red_catalog.rdf.limits import Limits

ACCEPT: Final = (
    "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, "
    "application/ld+json;q=0.7, */*;q=0.1"
)
_MAX_REDIRECTS: Final = 5
_MAX_WAIT: Final = 60.0
_BACKOFF: Final = (0.5, 2.0)
_ROBOTS_BYTES: Final = 500_000
_ROBOTS_SECONDS: Final = 10.0
_ANSWER_SECONDS: Final = 20.0
_NOT_ASKED: Final = {"robots", "scheme-refused", "host-refused", "address-refused"}
# The server said 200; only the body was not to our taste.
_BODY_REFUSED: Final = {
    "too-large", "truncated", "truncated-gzip", "damaged-gzip", "encoding-refused",
}  # fmt: skip
# These find their own way from page to page, as robots.txt is meant for; the others read what
# their operators were given the address of.
_CRAWLING: Final = {"webpage"}
# Their protocols say in the body what is wrong, whatever the status.
_EXPLAINING: Final = {"ckan", "csw", "oaipmh", "sparql"}
_HEARD: Final = 16_384


class Http:
    """The door of one run. Safe to use from several threads; close it at the end."""

    def __init__(
        self,
        cache: Path,
        agent: str,
        limits: Limits,
        *,
        sleep: Callable[[float], object] | None = None,
        find: Resolve = resolve,
    ) -> None:
        self.limits = limits
        self._cache = Cache(cache)
        self._agent = agent
        self._closed = threading.Event()
        self._sleep = sleep or self._closed.wait
        self._find = find
        self._own = threading.local()
        self._lock = threading.Lock()
        self._lines: list[Line] = []
        self._turns: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}
        self._traffic: dict[str, Traffic] = {}
        self._patience = Patience()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Breaks every connection, and lets none in any more: who waits is refused at once.

        The door can still be asked for its traffic.
        """
        self._closed.set()
        with self._lock:
            lines, self._lines = self._lines, []
            self._own = threading.local()
        for line in lines:
            line.close()

    def get(
        self, url: str, source: Source, headers: Mapping[str, str] | None = None
    ) -> Fetched | Unreadable:
        """The document at this URL, or why there is none.

        `headers` that may prove who we are go to the source's own server only.
        """
        began = time.monotonic()
        try:
            return self._persist(url, source, {"Accept": ACCEPT, **(headers or {})})
        except Refused as refused:
            told = Refused("interrupted") if self._closed.is_set() else None
            told = told or self._patience.refusal(source.id) or refused
            return Unreadable(printable(url), told.problem)
        finally:
            self._count(source, Traffic(seconds=time.monotonic() - began))

    def within(self, source: Source, seconds: float) -> AbstractContextManager[None]:
        """Gives no further document of a source after so many seconds, nor the one under way."""
        return self._patience.lasting(source.id, seconds)

    def answers(self, url: str, source: Source) -> bool | None:
        """Whether this address answers anybody; None where we must not or could not ask.

        The answer's body is not read: asked without reading it, a data file costs nothing.
        """
        budget = Budget(min(_ANSWER_SECONDS, self.limits.document_seconds))
        try:
            for _ in range(_MAX_REDIRECTS + 1):
                url = prepare(url, {}).url or ""
                server = check_host(url, source)
                with self._turn(url, server, source, budget, crawling=True):
                    answer = self._ask(url, source, {}, budget, limit=0)
                onward = redirect(answer)
                if onward is None:
                    return None if answer.status in {429, 503} else answer.status < 400
                url = onward
        except Refused as refused:
            code = refused.problem.code
            return None if code in _NOT_ASKED else code in _BODY_REFUSED
        except Broken:
            return False
        return False

    def forget_others(self, source: str) -> None:
        """Drops the kept answers of a source that it no longer gives, after a whole harvest."""
        self._cache.forget_others(source)

    def traffic(self, source: str | None = None) -> Traffic:
        """What went through so far, for one source or for all."""
        with self._lock:
            if source is not None:
                return self._traffic.get(source, Traffic())
            return sum(self._traffic.values(), Traffic())

    def _persist(self, url: str, source: Source, headers: Mapping[str, str]) -> Fetched | Declined:
        """Follows the URL, trying again where that may help."""
        budget = Budget(min(self.limits.document_seconds, self._patience.left(source.id)))
        waited = 0.0
        for wait in (*_BACKOFF, None):
            status = 0
            try:
                answer, kept = self._follow(url, source, headers, budget)
                if answer.status not in {429, 502, 503, 504}:
                    return self._accept(url, source, headers, answer, kept)
                status = answer.status
                asked = retry_after(answer.headers)
                waited += asked or 0
                if waited > _MAX_WAIT:
                    raise Refused("busy", status=status)
            except Broken as broken:
                asked = None
                if wait is None:
                    raise Refused("unreachable", host=broken) from broken
            if wait is not None:
                with budget.paused():
                    self._sleep(wait if asked is None else asked)
        raise Refused("busy" if status in {429, 503} else "status", status=status)

    def _follow(
        self, url: str, source: Source, headers: Mapping[str, str], budget: Budget
    ) -> tuple[Answer, Kept | None]:
        """The first answer that is no redirect, and what was kept of its URL."""
        for _ in range(_MAX_REDIRECTS + 1):
            url = prepare(url, {}).url or ""
            server = check_host(url, source)
            kept = self._cache.find(source.id, url, headers["Accept"], self.limits.document_bytes)
            sent = harmless(headers, server, source) | (kept.conditions() if kept else {})
            sent |= credentials(source) if may_hold_credentials(server, source) else {}
            with self._turn(url, server, source, budget, crawling=source.kind in _CRAWLING):
                answer = self._ask(url, source, sent, budget, self.limits.document_bytes)
            onward = redirect(answer)
            if onward is None:
                return answer, kept
            url = onward
        raise Refused("redirects", limit=_MAX_REDIRECTS)

    def _accept(
        self,
        url: str,
        source: Source,
        headers: Mapping[str, str],
        answer: Answer,
        kept: Kept | None,
    ) -> Fetched | Declined:
        """The document in an answer, kept for the next run. Raises Refused where there is none."""
        if answer.status == 304 and kept is not None:
            self._count(source, Traffic(unchanged=1))
            media_type, content = force_type(source.format, kept.media_type), kept.content()
            return Fetched(Document(printable(url), content, media_type, answer.url), True)  # noqa: FBT003
        if answer.status == 204:
            raise Refused("no-content")
        declared = answer.headers.get("Content-Type")
        if answer.status != 200:
            refused = Refused("status", status=answer.status, **name_secret(answer.url, source))
            if not answer.content:
                raise refused
            said = Document(printable(url), answer.content, declared, answer.url)
            return Declined(printable(url), refused.problem, answer.status, said)
        check_whole(answer)
        problem = refusal(answer.content, declared, source.format)
        if problem is not None:
            raise Refused(problem.code)
        self._cache.keep(source.id, answer.url, headers["Accept"], answer.headers, answer.content)
        media_type = force_type(source.format, declared)
        return Fetched(Document(printable(url), answer.content, media_type, answer.url))

    @contextmanager
    def _turn(
        self, url: str, server: Server, source: Source, budget: Budget, *, crawling: bool
    ) -> Iterator[None]:
        """Holds the server for one request: one at a time, and no faster than it asks."""
        name = str(server)
        with self._lock:
            turn = self._turns.setdefault(name, threading.Lock())
        with budget.paused():
            turn.acquire()
        try:
            robots = self._rules(server, source, budget)
            if not robots.allows(url, crawling=crawling):
                raise Refused("robots", host=server.host, agent=AGENT)
            due = self._last.get(name, 0.0) + robots.delay - time.monotonic()
            if name in self._last and due > 0:
                with budget.paused():
                    self._sleep(due)
            if late := self._patience.refusal(source.id):
                raise late
            yield
        finally:
            self._last[name] = time.monotonic()
            turn.release()

    def _rules(self, server: Server, source: Source, budget: Budget) -> Robots:
        """The robots.txt of a server, asked once a run; without one, everything goes."""
        name = str(server)
        if name not in self._robots:
            short = Budget(min(_ROBOTS_SECONDS, budget.left() / 3))
            try:
                url = f"{server.origin}/robots.txt"
                for _ in range(_MAX_REDIRECTS + 1):
                    check_host(url, source)
                    answer = self._ask(url, source, {}, short, _ROBOTS_BYTES)
                    onward = redirect(answer)
                    if onward is None:
                        break
                    url = onward
                found = answer.status == 200
                self._robots[name] = parse(answer.content) if found else Robots()
            except (Refused, Broken):
                # If the server is at fault, the document will tell in better words.
                self._robots[name] = Robots()
        return self._robots[name]

    def _ask(
        self, url: str, source: Source, headers: Mapping[str, str], budget: Budget, limit: int
    ) -> Answer:
        if self._closed.is_set():
            raise Refused("interrupted")
        request = prepare(url, {**headers, "User-Agent": self._agent, "Accept-Encoding": "gzip"})
        self._count(source, Traffic(requests=1))
        heard = min(limit, _HEARD) if source.kind in _EXPLAINING else 0
        answer = ask(self._line(source), request, budget, limit, heard=heard)
        self._count(source, Traffic(received=answer.received))
        return answer

    def _line(self, source: Source) -> Line:
        lines: dict[Source, Line] = self._own.__dict__.setdefault("lines", {})
        if source not in lines:
            lines[source] = Line(source, self._find)
            with self._lock:
                self._lines.append(lines[source])
        return lines[source]

    def _count(self, source: Source, more: Traffic) -> None:
        with self._lock:
            self._traffic[source.id] = self._traffic.get(source.id, Traffic()) + more
