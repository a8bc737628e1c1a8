"""The SPARQL 1.1 Protocol, its query side."""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from red_catalog.config import Config
from red_catalog.publish.web.site import site
from red_catalog.serve.files import find_file, has_tag, send_file
from red_catalog.serve.pages import Pages
from red_catalog.serve.refused import write_page
from red_catalog.serve.request.accept import choose
from red_catalog.serve.request.bodies import read_body, too_large
from red_catalog.serve.request.clients import client_of
from red_catalog.serve.request.parameters import page_language
from red_catalog.serve.request.refusal import KINDS, Refusal
from red_catalog.serve.sparql.description import describe_service
from red_catalog.serve.sparql.failures import busy
from red_catalog.serve.sparql.formats import GRAPHS, choose_format
from red_catalog.serve.sparql.pool import Pool
from red_catalog.serve.sparql.query import Query, inspect
from red_catalog.serve.sparql.remote import RemoteStore
from red_catalog.serve.sparql.sending import SpoolResponse
from red_catalog.serve.sparql.switch import Switch
from red_catalog.serve.sparql.worker_process import Spooled

ANSWER_BYTES = 64_000_000
UNSENT_BYTES = 1_000_000_000  # of all answers that clients have not yet taken
_QUICK = 0.1  # seconds within which most answers come
METHODS = "GET, HEAD, POST, OPTIONS"
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_PAGE = ("sparql.html", "Query the catalogue")
_GRAPHS = ("default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: its query and the graphs it names."""

    query: str | None
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format: str | None

    @property
    def has_dataset(self) -> bool:
        """Whether the protocol, and not the query, gives the dataset."""
        return self.default_graphs is not None or self.named_graphs is not None


class Endpoint:
    """Answers SPARQL requests through the pool of the live release."""

    def __init__(self, config: Config, switch: Switch, pages: Pages) -> None:
        self.config = config
        self.limits = config.sparql
        self.iri = config.catalogue.base_iri + "sparql"
        self.switch = switch
        self.pages = pages
        self._clients: Counter[str] = Counter()
        self._unsent = 0
        self._site = site(config)

    async def handle(self, request: Request) -> Response:
        """Answers one request. Raises Refusal, but for people who sent the site's form."""
        try:
            return await self._handle(request)
        except Refusal as refusal:
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            wanted = choose(request.headers.get("accept"), [*KINDS, "text/html"])
            if kind != _FORM or wanted != "text/html":
                raise
            code = getattr(request.state, "lang", None)
            return await run_in_threadpool(write_page, request, refusal, self._site, code, _PAGE)

    async def _handle(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_preflight())
        if request.method not in {"GET", "HEAD", "POST"}:
            raise Refusal(
                405,
                "Interrogez ce service par GET ou POST.",
                "Ask this endpoint by GET or POST.",
                headers={"Allow": METHODS},
            )
        asked = await _read(request, self.limits.query_bytes)
        if asked.query is None:
            return await self._introduce(request)
        size = len(asked.query.encode("utf-8", "surrogatepass"))
        if size > self.limits.query_bytes:
            raise too_large(self.limits.query_bytes)
        return await self._answer(request, asked, inspect(asked.query))

    async def _introduce(self, request: Request) -> Response:
        """A GET without a query: the page for people, the service description for programs."""
        page = find_file(self.pages.require_release().site, "sparql.html")
        kinds = [m for m in GRAPHS if m not in {"text/html", "text/plain", "application/json"}]
        chosen = choose(request.headers.get("accept"), [*kinds, "text/html"])
        if chosen == "text/html" and page:
            return send_file(request, page, headers={"Vary": "Accept"})
        text = describe_service(self.config.catalogue, self.limits)
        asked = Asked(text, None, None, None)
        return await self._answer(request, asked, inspect(text))

    async def _answer(self, request: Request, asked: Asked, query: Query) -> Response:
        accept = request.headers.get("accept")
        media_type, content_type = choose_format(query.form, accept, asked.format)
        pool = self.switch.require_pool()
        # Nobody tells when the content of a remote store changes.
        volatile = query.volatile or isinstance(pool, RemoteStore)
        headers = {
            "Content-Type": content_type,
            "Vary": "Accept",
            "Cache-Control": "no-store" if volatile else "no-cache",
        }
        if not volatile:
            headers["ETag"] = _tag(pool, content_type, asked)
            # Of a POST, 304 would be no answer.
            if request.method in {"GET", "HEAD"} and has_tag(request, headers["ETag"]):
                return Response(status_code=304, headers=headers)
        question = {
            "query": query.text,
            "media_type": media_type,
            "endpoint": self.iri,
            "rows": self.limits.rows,
            "size": ANSWER_BYTES,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "whole": query.form == "DESCRIBE" and not (query.dataset or asked.has_dataset),
        }
        with ExitStack() as held:
            held.enter_context(self._turn(request))
            spooled = await _ask(request, pool, question)
            try:
                held.enter_context(self._room(spooled.size))
            except Refusal:
                spooled.content.close()
                raise
            if spooled.truncated:
                headers |= _truncation(self.limits.rows)
            return SpoolResponse(spooled, headers, held.pop_all())

    @contextmanager
    def _room(self, size: int) -> Iterator[None]:
        """Room for an answer until it is sent. Raises Refusal (503) where slow readers have it."""
        if self._unsent + size > UNSENT_BYTES:
            raise busy()
        self._unsent += size
        try:
            yield
        finally:
            self._unsent -= size

    @contextmanager
    def _turn(self, request: Request) -> Iterator[None]:
        """Counts the answers that one client waits for or reads. Raises Refusal (429) beyond."""
        client = client_of(request)
        if self._clients[client] >= self.limits.per_client:
            raise Refusal(
                429,
                f"Plus de {self.limits.per_client} requêtes à la fois : attendez une réponse.",
                f"More than {self.limits.per_client} queries at once: wait for an answer.",
                headers={"Retry-After": "1"},
            )
        self._clients[client] += 1
        try:
            yield
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]


async def _ask(request: Request, pool: Pool | RemoteStore, question: Mapping[str, Any]) -> Spooled:
    """The answer, unless the client leaves first: then its worker is stopped."""
    asking = asyncio.ensure_future(pool.ask(question))
    waiting: list[asyncio.Future[Any]] = [asking]
    try:
        # Most answers come before it is worth looking whether their clients are still there.
        if not (await asyncio.wait(waiting, timeout=_QUICK))[0]:
            waiting.append(asyncio.ensure_future(_wait_until_gone(request)))
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        raise Refusal(499, "Le client est parti.", "The client has left.")
    finally:
        for task in waiting:
            task.cancel()
            with suppress(asyncio.CancelledError, Refusal):
                await task


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _read(request: Request, limit: int) -> Asked:
    values = _parameters(request.scope["query_string"], "ascii")
    if request.method == "POST":
        kind, _, parameters = request.headers.get("content-type", "").partition(";")
        kind = kind.strip().lower()
        if kind == "application/sparql-update":
            raise _update()
        charset = parameters.lower().replace('"', "").replace(" ", "").partition("charset=")[2]
        if kind not in {_FORM, _QUERY} or charset.split(";")[0] not in {"", "utf-8", "utf8"}:
            raise Refusal(
                415,
                f"Envoyez {_QUERY} ou {_FORM}, en UTF-8.",
                f"Send {_QUERY} or {_FORM}, in UTF-8.",
                headers={"Accept-Post": f"{_QUERY}, {_FORM}"},
            )
        # A form may write each byte of the query as three, and name graphs beside it.
        most = limit if kind == _QUERY else 3 * limit + 16_384
        body = await read_body(request, most, limit)
        values += [("query", _decode(body))] if kind == _QUERY else _parameters(body, "utf-8")
    request.state.lang = page_language(values)
    return _asked(values, need=request.method == "POST")


def _asked(values: list[tuple[str, str]], *, need: bool) -> Asked:
    by_name: dict[str, list[str]] = {}
    for name, value in values:
        by_name.setdefault(name, []).append(value)
    if "update" in by_name:
        raise _update()
    queries = by_name.get("query", [])
    if len(queries) > 1 or (need and not queries):
        raise Refusal(
            400,
            "Donnez exactement une requête (paramètre query).",
            "Give exactly one query (parameter query).",
        )
    default, named = (tuple(by_name[n]) if n in by_name else None for n in _GRAPHS)
    return Asked(queries[0] if queries else None, default, named, by_name.get("format", [None])[0])


def _parameters(encoded: bytes, charset: str) -> list[tuple[str, str]]:
    try:
        text = encoded.decode(charset)
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise _not_utf8() from None


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> Refusal:
    return Refusal(
        400,
        "La requête n'est pas en UTF-8 (ou compte plus de 1\u202f000 paramètres).",
        "The query is not UTF-8 (or has more than 1,000 parameters).",
    )


def _update() -> Refusal:
    return Refusal(
        403,
        "Ce service est en lecture seule : pas de mise à jour.",
        "This endpoint is read-only: no updates.",
    )


def _truncation(rows: int) -> dict[str, str]:
    return {
        "X-Truncated": f"rows={rows}",
        "Warning": f'299 - "Answer cut after at most {rows} rows: use LIMIT and OFFSET"',
    }


def _preflight() -> dict[str, str]:
    return {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }


def _tag(pool: Pool | RemoteStore, content_type: str, asked: Asked) -> str:
    parts = [str(pool.snapshot), content_type, asked.query, asked.default_graphs]
    content = json.dumps([*parts, asked.named_graphs]).encode("utf-8", "surrogatepass")
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
