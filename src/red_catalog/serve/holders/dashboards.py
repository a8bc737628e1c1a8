"""Dashboards under a key: as a page, as JSON and as CSV. Nothing of them is public or kept."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from red_catalog.errors import RedError
from red_catalog.model import Text
from red_catalog.publish.dataset.problems import Explain
from red_catalog.publish.pages import effects, evidence
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import page, site
from red_catalog.publish.web.tables import write_csv
from red_catalog.publish.web.wording import STANDING
from red_catalog.register.desk import Desk
from red_catalog.register.tokens import BODY, Token
from red_catalog.serve.holders import boards
from red_catalog.serve.holders.counter import Counter
from red_catalog.serve.holders.remembering import Remembering
from red_catalog.serve.pages import Pages
from red_catalog.serve.request import parameters
from red_catalog.serve.request.accept import choose, choose_language
from red_catalog.serve.request.bodies import read_body
from red_catalog.serve.request.headers import permit_style
from red_catalog.serve.request.refusal import KINDS, Refusal
from red_catalog.serve.threads import Threads

_FORM: Final = 2000  # bytes of the form
_OF_THE_KEY: Final = frozenset({401, 403})
_PRIVATE: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
OUTPUTS: Final = ("html", "json", "csv", "late", "evidence", "evidence-csv")
_CSV: Final = "text/csv; charset=utf-8"
Plain = dict[str, Any]


class Dashboards:
    """Answers on the live release's figures and on the register."""

    def __init__(self, counter: Counter, pages: Pages, explain: Explain, threads: Threads) -> None:
        self.counter = counter
        self._threads = threads
        self.explain = Remembering(explain)
        self.pages = pages
        self.site = site(counter.config)

    def routes(self) -> list[Route]:
        """The routes, under the path of the base IRI."""
        base = self.counter.config.catalogue.base_path
        pages = {code: self._threads.admitting(partial(self._page, code)) for code in ("fr", "en")}
        return [
            Route(f"{base}dashboard", pages["fr"], methods=["POST"]),
            Route(f"{base}en/dashboard", pages["en"], methods=["POST"]),
            Route(f"{base}api/dashboard", self._api, methods=["GET"]),
        ]

    async def _page(self, code: str, request: Request) -> Response:
        """The page of whoever's key was typed; for people, why there is none is a page as well."""
        try:
            body = (await read_body(request, _FORM)).decode("utf-8", "replace")
            form = dict(parse_qsl(body))
            key = form.get("key", "").strip()
            token = await self.counter.permit(request, "read", key)
            return await self._answer(request, token, form.get("output", "html"), code, key)
        except Refusal as refusal:
            if choose(request.headers.get("accept"), [*KINDS, "text/html"]) != "text/html":
                raise
            written = await self._threads.work(request, partial(self._refuse, code, refusal))
            headers = {**refusal.headers, **_PRIVATE, "Vary": "Accept"}
            return Response(written, refusal.status, headers, "text/html; charset=utf-8")

    def _refuse(self, code: str, refusal: Refusal) -> bytes:
        return page(
            self.site, code, "dashboard-refused.html", "dashboard", mirror="duties.html",
            refused=refusal.message[code], wrong=refusal.status in _OF_THE_KEY,
        )  # fmt: skip

    async def _api(self, request: Request) -> Response:
        token = await self.counter.permit(request, "read")
        asked = parameters.read(request, ("output", "holder"))
        code = choose_language(request.headers.get("accept-language")) or "fr"
        return await self._answer(request, token, asked.get("output", ["json"])[0], code)

    async def _answer(
        self, request: Request, token: Token, output: str, code: str, key: str = ""
    ) -> Response:
        if output not in OUTPUTS or (output == "html" and not key):
            listed = ", ".join(OUTPUTS[1:])
            raise Refusal(
                400,
                f"Donnez à output l'une de ces valeurs : {listed}.",
                f"Give output one of these values: {listed}.",
            )
        whose = self._whose(request, token)
        if output.startswith("evidence"):
            return await self._evidence(whose, output, code)
        board = await self.counter.read(self._look(whose, code))
        if output == "json":
            return JSONResponse(board, headers=_PRIVATE)
        if output == "csv" and whose is None:
            return _file(_holders_csv(board, code), "holders.csv", _CSV)
        if output == "csv":
            return _file(_effects_csv(board, code), "corrections.csv", _CSV)
        if output == "late":
            return _file(_late_csv(board), "checks.csv", _CSV)
        written = await self._threads.work(
            request,
            lambda: page(
                self.site, code, "dashboard.html", "dashboard", board=board, key=key,
                mirror="duties.html",
                day_of=date.fromisoformat, standings=STANDING, tell=partial(_tell, code=code),
            ),
        )  # fmt: skip
        return Response(written, 200, _PRIVATE, "text/html; charset=utf-8")

    def _whose(self, request: Request, token: Token) -> str | None:
        """Whose dashboard is asked for: None for all. A holder sees its own alone."""
        asked = request.query_params.get("holder")
        if token.holder != BODY:
            if asked not in {None, token.holder}:
                raise Refusal(
                    403, "Cette clé est d'un autre détenteur.", "This key is another holder's."
                )
            return token.holder
        try:
            return self.counter.config.holder(asked).id if asked else None
        except RedError:
            raise Refusal(404, "Ce détenteur est inconnu.", "This holder is unknown.") from None

    def _look(self, whose: str | None, code: str) -> Callable[[Desk], Plain]:
        config, today = self.counter.config, self.counter.clock().date()
        if whose is not None:
            return lambda desk: boards.of_holder(
                config, desk.register, self.explain, whose, today, code
            )
        release = self.pages.require_release()
        file = release.site / "duties.json"
        if not file.is_file():
            raise Refusal(
                503, "Publiez le catalogue de nouveau : cette version n'a pas de chiffres.",
                "Publish the catalogue again: this release has no figures.",
            )  # fmt: skip
        figures = json.loads(file.read_text("utf-8"))
        return lambda desk: boards.of_body(config, desk.register, figures, today, code)

    async def _evidence(self, whose: str | None, output: str, code: str) -> Response:
        now = self.counter.clock()
        former = {one.id: one.former for one in self.counter.config.holders}
        mine = {whose, *former.get(whose or "", ())}

        def look(desk: Desk) -> bytes:
            register = desk.register
            given = [a for a in register.attestations() if whose is None or a.holder in mine]
            entries = {iri: register.entry(iri) for iri in {a.iri for a in given}}
            found = [
                evidence.prove(a.fields(), entries[a.iri], register.kept(a.iri, a.version), code)
                for a in given
            ]
            if output == "evidence-csv":
                return evidence.csv(self.site, found, code)
            broken = register.first_broken_attestation()
            return evidence.html(self.site, found, now, broken, code)

        content = await self.counter.read(look)
        if output == "evidence-csv":
            return _file(content, "evidence.csv", _CSV)
        headers = {**_PRIVATE, "Content-Security-Policy": permit_style(content)}
        return Response(content, 200, headers, "text/html; charset=utf-8")


def _tell(one: Plain, code: str) -> str:
    return effects.tell(one["datasets"], one["would_conform"], code)


def _file(content: bytes, name: str, kind: str) -> Response:
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, 200, headers, kind)


def _late_csv(board: Plain) -> bytes:
    """A row for each check that is due."""
    columns = ("id", "iri", "holder", "title", "standing", "since", "due", "overdue",
               "changed_since", "reminded")  # fmt: skip
    return write_csv(columns, [[one[name] for name in columns] for one in board["late"]])


def _effects_csv(board: Plain, code: str) -> bytes:
    """A row for each kind of problem, what frees most datasets first."""
    columns = ("severity", "property", "name", "message", "fix", "datasets", "would_conform", "ids")

    def said(text: Text | None) -> str:
        return language(code).pick(text) if text else ""

    rows = [
        (one["severity"], one["property"] or "", said(one["name"]), said(one["message"]),
         said(one["fix"]), one["datasets"], one["would_conform"], " ".join(one["ids"]))
        for one in board["effects"]
    ]  # fmt: skip
    return write_csv(columns, rows)


def _holders_csv(board: Plain, code: str) -> bytes:
    """A row for each holder."""
    columns = ("id", "name", "kind", "state", "email", "datasets", "conformant",
               "lacking_2029", "lacking_2031", "attested", "due", "overdue")  # fmt: skip
    rows = [
        (one["id"], one["name"][code], one["kind"], one["state"], one["email"] or "",
         one["datasets"], one["conformant"], *(o["lacking"] for o in one["outlook"]),
         one["attested"], one["checks"]["due"], one["checks"]["overdue"])
        for one in board["holders"]
    ]  # fmt: skip
    return write_csv(columns, rows)
