"""The web application on a folder of releases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from red_catalog.config import Config
from red_catalog.publish.dataset.problems import Explain
from red_catalog.serve.api.routes import Api
from red_catalog.serve.blank import Blank
from red_catalog.serve.check import Check
from red_catalog.serve.declaring import Declare
from red_catalog.serve.examining import Examiners
from red_catalog.serve.holders.counter import Clock, Counter, now
from red_catalog.serve.holders.dashboards import Dashboards
from red_catalog.serve.holders.ingest import Ingest
from red_catalog.serve.holders.reviewing import Checks
from red_catalog.serve.holders.turning_away import TURNED_AWAY
from red_catalog.serve.oai.endpoint import OaiEndpoint
from red_catalog.serve.operations import Operations
from red_catalog.serve.pages import Pages
from red_catalog.serve.records import Records, WithRecords
from red_catalog.serve.releases import Releases
from red_catalog.serve.republishing import Republisher
from red_catalog.serve.request.headers import (
    ALWAYS,
    WithCompression,
    WithHeaders,
    WithJoinedLines,
    WithOneLength,
    WithPaths,
)
from red_catalog.serve.request.refusal import Refusal, write_refusal
from red_catalog.serve.scoping import Scoping
from red_catalog.serve.sharing import Counts
from red_catalog.serve.sparql.protocol import Endpoint
from red_catalog.serve.sparql.remote import RemoteStore
from red_catalog.serve.sparql.switch import Switch
from red_catalog.serve.threads import Threads

# Answers at once, of the threads that pages are read by, too: from the index, which waits for the
# disk as well, and written anew, each of which takes the processor from all else.
_READING: Final = 4
_WRITING: Final = 2
_EVERY_METHOD = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]


def create_app(
    config: Config, explain: Explain, shared: Path | None = None, clock: Clock = now
) -> Starlette:
    """The catalogue's pages, data and SPARQL endpoint, under the path of its base IRI.

    `explain`: what gives the problems that pages tell; `shared`: a folder for what several
    server processes tell as one.
    """
    parts = _Parts(config, explain, shared, clock)
    base = config.catalogue.base_path
    app = Starlette(
        routes=parts.routes(base),
        middleware=[
            Middleware(WithPaths),
            Middleware(WithRecords, records=parts.records, base=base),
            Middleware(WithHeaders),
            Middleware(WithJoinedLines),
            Middleware(WithOneLength),
            Middleware(WithCompression),
        ],
        exception_handlers={
            Refusal: _refuse,
            HTTPException: _refuse_route,
            ClientDisconnect: _note_leaving,
            500: _fail,
        },
        lifespan=parts.running,
    )
    app.router.redirect_slashes = False
    app.state.switch = parts.switch
    return app


class _Parts:
    """All that answers, each given what it needs of the others."""

    def __init__(self, config: Config, explain: Explain, shared: Path | None, clock: Clock) -> None:
        releases = Releases(config.public)
        named = config.sparql.remote
        remote = RemoteStore(config, config.target(named)) if named else None
        self.records = Records()
        self.switch = Switch(releases, config.sparql, remote)
        self._counts = Counts(self.records, self.switch.workers, shared)
        # Each two of their own: no check by a stranger keeps a hand-in waiting.
        strangers, holders = self._examiners = Examiners(config), Examiners(config)
        self._republisher = Republisher(config)
        self._counter = Counter(config, clock)
        self._pages = pages = Pages(releases, config.catalogue)
        self._endpoint = Endpoint(config, self.switch, pages)
        self._check = Check(config, strangers)
        reading, writing = Threads(_READING), Threads(_WRITING, seconds=None)
        api = Api(config.catalogue, pages, reading)
        ingest = Ingest(self._counter, holders, self._republisher.note)
        self._others = (
            api,
            ingest,
            Checks(self._counter, self._republisher.note, explain, writing),
            Dashboards(self._counter, pages, explain, writing),
            Declare(config, strangers, ingest, writing, shared),
            Blank(config.catalogue),
            Scoping(config, pages, writing),
            OaiEndpoint(config.catalogue, pages, api.index, reading),
        )
        self._operations = Operations(
            releases, self.switch, self._counts, config.serve.metrics_from
        )

    @asynccontextmanager
    async def running(self, _: Starlette) -> AsyncIterator[None]:
        """While the server runs, so does what works beside it."""
        await self.switch.start()
        await self._republisher.start()
        await self._counts.start()
        try:
            yield
        finally:
            await self._counts.stop()
            await self._republisher.stop()
            await self._counter.close()
            for one in self._examiners:
                await one.close()
            await self.switch.stop()

    def routes(self, base: str) -> list[BaseRoute]:
        """Who answers what below a path: the first that fits."""
        return [
            *self._operations.routes(base),
            *self._operations.routes("/"),  # probes know nothing of the base IRI
            Route(base + "sparql", self._endpoint.handle, methods=_EVERY_METHOD),
            Route(base + "sparql/", self._endpoint.handle, methods=_EVERY_METHOD),
            Route(base + "api/check", self._check.handle, methods=_EVERY_METHOD),
            *(route for part in self._others for route in part.routes()),
            Route(base + "api/{path:path}", _unknown),
            Route(base + "resource", self._pages.find_resource, methods=["GET"]),
            Route(base + "{path:path}", self._pages.get, methods=["GET"]),
            Route(base + "{path:path}", _options, methods=["OPTIONS"]),
        ]


async def _unknown(_: Request) -> Response:
    raise Refusal(404, "Cette adresse n'existe pas.", "There is no such address.")


async def _options(request: Request) -> Response:
    path = request.scope["path"]
    routes = [one for one in request.app.routes if isinstance(one, Route)]
    first = next(one for one in routes if one.path_regex.match(path))
    if first.name == TURNED_AWAY:
        answer: Response = await first.endpoint(request)
        return answer
    taken = {m for one in routes if one.path == first.path for m in one.methods or ()}
    allowed = ", ".join(sorted({*taken, "OPTIONS"}))
    return Response(
        status_code=204,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-Modified-Since, "
            "If-None-Match, Range",
            "Access-Control-Max-Age": "86400",
        },
    )


async def _refuse(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return _write(request, refusal)


async def _refuse_route(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "GET, HEAD")
        fr, en = f"Cette adresse admet : {allowed}.", f"This address takes: {allowed}."
        refusal = Refusal(405, fr, en, headers=error.headers)
    else:
        refusal = Refusal(error.status_code, "Cette page n'existe pas.", "There is no such page.")
    return _write(request, refusal)


async def _note_leaving(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it; the log does


async def _fail(request: Request, _: Exception) -> Response:
    fr = "Une erreur s'est produite de notre côté ; elle est notée dans le journal."
    en = "Something went wrong on our side; it is in the log."
    answer = _write(request, Refusal(500, fr, en))
    answer.headers.update(ALWAYS)  # it passes by what adds them
    return answer


def _write(request: Request, refusal: Refusal) -> Response:
    """The refusal as programs want it under /api/, as people do elsewhere."""
    return write_refusal(request, refusal, as_json="/api/" in request.scope["path"])
