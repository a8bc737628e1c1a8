"""Yearly checks over HTTP: the page behind a mailed link, and the feed of what is due.

Opening the page attests nothing, so that what scans mail does not; the button on it does, without
JavaScript.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from heapq import nsmallest
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from red_catalog.ehds.reviews import Calendar, Standing, calendar
from red_catalog.model import Entry, Holder
from red_catalog.publish.data import feeds
from red_catalog.publish.dataset.problems import Explain, count_blocking
from red_catalog.publish.lists.cards import card
from red_catalog.publish.record.withholding import open_entry
from red_catalog.publish.web.site import page, site
from red_catalog.register.attestations import Attestation
from red_catalog.register.desk import Desk
from red_catalog.register.ingest import Refused
from red_catalog.serve.holders.counter import Counter
from red_catalog.serve.holders.turning_away import refusal_of
from red_catalog.serve.request.bodies import read_body
from red_catalog.serve.request.clients import Allowance, client_of
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.threads import Threads

_LETTER: Final = 500  # characters of a link's end
_FORM: Final = 2000  # bytes of the form behind the button
_DUE: Final = 200  # checks in a feed, the longest overdue first
_FEEDS: Final = 30  # a minute and client
_PRIVATE: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class Checks:
    """Answers on what the register has. `changed` is called after each attestation.

    `explain`: what gives the problems that pages tell.
    """

    def __init__(
        self, counter: Counter, changed: Callable[[], None], explain: Explain, threads: Threads
    ) -> None:
        self.counter = counter
        self._threads = threads
        self.explain = explain
        self.changed = changed
        self.site = site(counter.config)
        self._allowance = Allowance(_FEEDS)
        self._heirs = counter.config.heirs

    def routes(self) -> list[Route]:
        """The routes, under the path of the base IRI."""
        base = self.counter.config.catalogue.base_path
        return [
            route
            for code, folder in (("fr", ""), ("en", "en/"))
            for path in [f"{base}{folder}attest/{{letter}}"]
            for route in (
                Route(path, self._threads.admitting(self._show(code)), methods=["GET"]),
                Route(path, self._threads.admitting(self._confirm(code)), methods=["POST"]),
                Route(f"{base}{folder}holder/{{holder}}/checks.atom", self._feed(code),
                      methods=["GET"]),
            )
        ]  # fmt: skip

    def _show(self, code: str) -> Callable[[Request], Any]:
        async def show(request: Request) -> Response:
            found = await self._open(request)
            if isinstance(found, Refused):
                return await self._page(
                    request, code, status=refusal_of(found).status, refused=found
                )
            return await self._page(request, code, entry=found)

        return show

    def _confirm(self, code: str) -> Callable[[Request], Any]:
        async def confirm(request: Request) -> Response:
            sealed = request.path_params["letter"][:_LETTER]
            form = dict(parse_qsl((await read_body(request, _FORM)).decode("utf-8", "replace")))
            now = self.counter.clock()
            digest = form.get("digest", "")
            done = await self.counter.work(
                lambda desk: desk.attest_by_link(
                    sealed, digest, now, self._heirs, self.counter.told()
                )
            )
            if isinstance(done, Refused):
                changed = await self._open(request) if done is Refused.CHANGED else None
                entry = changed if isinstance(changed, Entry) else None
                return await self._page(
                    request, code, status=refusal_of(done).status, refused=done, entry=entry
                )
            self.changed()
            return await self._page(request, code, done=done, entry=await self._entry(done.iri))

        return confirm

    async def _open(self, request: Request) -> Entry | Refused:
        """The dataset that a link is for."""
        sealed, now = request.path_params["letter"][:_LETTER], self.counter.clock()

        def look(desk: Desk) -> Entry | Refused:
            letter = desk.open_letter(sealed, now, self._heirs, self.counter.told())
            if isinstance(letter, Refused):
                return letter
            return desk.register.entry(letter.slug) or Refused.UNKNOWN

        return await self.counter.work(look)

    async def _entry(self, iri: str) -> Entry | None:
        return await self.counter.work(lambda desk: desk.register.entry(iri))

    async def _page(
        self, request: Request, code: str, status: int = 200, *, entry: Entry | None = None,
        done: Attestation | None = None, refused: Refused | None = None,
    ) -> Response:  # fmt: skip
        mirror = f"attest/{quote(request.path_params['letter'][:_LETTER])}"

        def write() -> bytes:
            opened = open_entry(entry)[0] if entry else None
            return page(
                self.site, code, "attest.html", "attest.html",
                entry=opened, card=card(opened) if opened else None, done=done,
                blocking=count_blocking(opened, self.explain) if opened else 0,
                refused=refusal_of(refused).message[code] if refused else None, mirror=mirror,
            )  # fmt: skip

        written = await self._threads.work(request, write)
        return Response(written, status, _PRIVATE, "text/html; charset=utf-8")

    def _feed(self, code: str) -> Callable[[Request], Any]:
        async def feed(request: Request) -> Response:
            wanted = request.path_params["holder"]
            holder = self.site.holders.get(wanted)
            if holder is None:
                raise Refusal(404, "Ce détenteur est inconnu.", "This holder is unknown.")
            self._allowance.take(client_of(request))
            now = self.counter.clock()
            due = await self.counter.read(lambda desk: self._find_due(desk, wanted, now.date()))
            content = await run_in_threadpool(self._write_feed, holder, due, now, code)
            headers = {"Cache-Control": "no-cache"}
            return Response(content, 200, headers, "application/atom+xml; charset=utf-8")

        return feed

    def _find_due(self, desk: Desk, holder: str, today: date) -> list[tuple[Entry, Calendar]]:
        """The datasets of a holder whose check is due, the longest overdue first.

        Of these alone the descriptions are read: all others would take seconds.
        """
        if holder in self.counter.config.exempt:
            return []
        points = [(calendar(one.since), one.iri) for one in desk.register.checkpoints(holder)]
        late = [(d.overdue, iri, d) for d, iri in points if d.standing(today) != Standing.CURRENT]
        found = ((desk.register.entry(iri), days) for _, iri, days in nsmallest(_DUE, late))
        return [(entry, days) for entry, days in found if entry]

    def _write_feed(
        self, holder: Holder, found: Sequence[tuple[Entry, Calendar]], now: datetime, code: str
    ) -> bytes:
        due = [(card(open_entry(one)[0]), days.due, days.overdue) for one, days in found]
        return feeds.checks(self.site, holder, due, now, code)
