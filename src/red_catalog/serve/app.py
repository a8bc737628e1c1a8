"""The web application on a folder of releases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from red_catalog.config import Config
from red_catalog.serve.api.routes import Api
from red_catalog.serve.check import Check
from red_catalog.serve.counter import Clock, Counter, now
from red_catalog.serve.dashboards import Dashboards
from red_catalog.serve.declaring import Declare
from red_catalog.serve.examining import Examiners
from red_catalog.serve.headers import WithCompression, WithHeaders, WithOneLength
from red_catalog.serve.ingest import Ingest
from red_catalog.serve.oai.endpoint import OaiEndpoint
from red_catalog.serve.operations import Operations
from red_catalog.serve.pages import Pages
from red_catalog.serve.records import Records, WithRecords
from red_catalog.serve.refusal import Refusal, write_refusal
from red_catalog.serve.releases import Releases
from red_catalog.serve.remote import RemoteStore
from red_catalog.serve.republishing import Republisher
from red_catalog.serve.reviewing import Checks
from red_catalog.serve.scoping import Scoping
from red_catalog.serve.sharing import Counts
from red_catalog.serve.sparql import Endpoint
from red_catalog.serve.switch import Switch

_EVERY_METHOD = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]


def create_app(config: Config, shared: Path | None = None, clock: Clock = now) -> Starlette:
    """The catalogue's pages, data and SPARQL endpoint, under the path of its base IRI.

    `shared`: a folder for the counts of several server processes.
    """
    base = config.catalogue.base_path
    releases = Releases(config.public)
    named = config.sparql.remote
    remote = RemoteStore(config, config.target(named)) if named else None
    switch = Switch(releases, config.sparql, remote)
    pages = Pages(releases, config.catalogue)
    endpoint = Endpoint(config, switch, pages)
    api = Api(config.catalogue, pages)
    examiners = Examiners(config)
    check = Check(config, examiners)
    republisher = Republisher(config)
    records = Records()
    counts = Counts(records, switch.workers, shared)
    operations = Operations(releases, switch, counts, config.serve.metrics_from)
    counter = Counter(config, clock)
    ingest = Ingest(counter, examiners, republisher.note)
    checks = Checks(counter, republisher.note)
    dashboards = Dashboards(counter, pages)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await switch.start()
        await republisher.start()
        await counts.start()
        try:
            yield
        finally:
            await counts.stop()
            await republisher.stop()
            await counter.close()
            await examiners.close()
            await switch.stop()

    app = Starlette(
        routes=[
            *operations.routes(base),
            Route(base + "sparql", endpoint.handle, methods=_EVERY_METHOD),
            Route(base + "sparql/", endpoint.handle, methods=_EVERY_METHOD),
            Route(base + "api/check", check.handle, methods=_EVERY_METHOD),
            *api.routes(),
            *ingest.routes(),
            *checks.routes(),
            *dashboards.routes(),
            *Declare(config, examiners, ingest).routes(),
            *Scoping(config, pages).routes(),
            *OaiEndpoint(config.catalogue, pages, api.index).routes(),
            Route(base + "api/{path:path}", _unknown),
            Route(base + "resource", pages.find_resource, methods=["GET"]),
            Route(base + "{path:path}", pages.get, methods=["GET"]),
            Route(base + "{path:path}", _options, methods=["OPTIONS"]),
        ],
        middleware=[
            Middleware(WithRecords, records=records, base=base),
            Middleware(WithHeaders),
            Middleware(WithOneLength),
            Middleware(WithCompression),
        ],
        exception_handlers={
            Refusal: _refuse,
            HTTPException: _refuse_route,
            ClientDisconnect: _note_leaving,
            500: _fail,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.switch = switch
    return app


async def _unknown(_: Request) -> Response:
    raise Refusal(404, "Cette adresse n'existe pas.", "There is no such address.")


async def _options(_: Request) -> Response:
    allowed = "GET, HEAD, OPTIONS"
    return Response(
        status_code=204,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, Range",
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
    return _write(request, Refusal(500, fr, en))


def _write(request: Request, refusal: Refusal) -> Response:
    """The refusal as programs want it under /api/, as people do elsewhere."""
    return write_refusal(request, refusal, as_json="/api/" in request.scope["path"])
