"""`/declare/form`: a dataset described in a form, checked, kept as Turtle, handed in with a key.

Nothing is kept here: what was filled in travels with the page.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from red_catalog.config import Config
from red_catalog.ehds import categories, terms
from red_catalog.harvesters.spreadsheet.choices import labels, offered, options
from red_catalog.harvesters.spreadsheet.fields import known, parted, parts, tongues
from red_catalog.harvesters.spreadsheet.forms import Mistake, own_name, read_form
from red_catalog.model import OWN_PROFILE, UNNAMED, Document, Source
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY
from red_catalog.publish.web.languages import CODES, language
from red_catalog.publish.web.site import Site, page, site
from red_catalog.rdf.writing import serialise
from red_catalog.register.tokens import Token
from red_catalog.serve.examining import Examiners
from red_catalog.serve.filled import DRAFT, RESUMING, Sent, Values, receive
from red_catalog.serve.holders.ingest import Ingest
from red_catalog.serve.keeping import add, said
from red_catalog.serve.outcome import Outcome
from red_catalog.serve.receipts import Receipts
from red_catalog.serve.refused import write_page
from red_catalog.serve.replacing import compare
from red_catalog.serve.request.clients import Allowance, client_of
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.resuming import resume
from red_catalog.serve.spaces import Spaces, tell_provisional
from red_catalog.serve.threads import Threads
from red_catalog.validation.documents import DEFAULT_PROFILE

PATH: Final = "declare/form"
_FORM: Final = (PATH, "Describe a dataset")
_HANDED: Final = "handed"  # what asks for what came of a hand-in
_UNTITLED: Final = {
    "fr": "Donnez au moins un titre, puis déposez de nouveau.",
    "en": "Give a title at least, then hand in again.",
}
_UNASKED: Final = {
    "fr": "« Vérifier » ne dépose rien : saisissez de nouveau votre clé, puis pressez « Déposer ».",
    "en": "“Check” hands nothing in: type your key again, then press “Hand in”.",
}
_FORGOTTEN: Final = {
    "fr": "Le catalogue ne garde plus la réponse à ce dépôt : pour voir ce qui est déposé,"
    " reprenez-le dans le formulaire avec son identifiant et votre clé.",
    "en": "The catalogue no longer keeps the answer to this hand-in: to see what is handed in, take"
    " it up again in the form with its identifier and your key.",
}
_NO_STORE: Final = {"Cache-Control": "no-store"}
# Lists up to this length are boxes to tick where several may be chosen.
_TICKED: Final = 20


class Declare:
    """Answers with the form, empty or as it was sent with what is to be said of it."""

    def __init__(
        self, config: Config, examiners: Examiners, ingest: Ingest, threads: Threads,
        shared: Path | None = None,
    ) -> None:  # fmt: skip
        self.config = config
        self._threads = threads
        self.examiners = examiners
        self.ingest = ingest
        self._allowance = Allowance(config.serve.checks_per_minute)
        self._receipts = Receipts(shared)
        self._spaces = Spaces(config, ingest.counter)

    def routes(self) -> list[Route]:
        """The form in each language, under the path of the base IRI."""
        base = self.config.catalogue.base_path
        return [
            Route(f"{base}{PATH}", self.french, methods=["GET", "POST"]),
            Route(f"{base}en/{PATH}", self.english, methods=["GET", "POST"]),
        ]

    async def french(self, request: Request) -> Response:
        """The form in French."""
        return await self._answer(request, "fr")

    async def english(self, request: Request) -> Response:
        """The form in English."""
        return await self._answer(request, "en")

    async def _answer(self, request: Request, code: str) -> Response:
        if request.method != "POST":
            return await self._open(request, code)
        with self._threads.admit(request):
            return await self._take(request, code)

    async def _take(self, request: Request, code: str) -> Response:
        try:
            sent = await receive(request, lambda work: self._threads.work(request, work))
        except Refusal as refusal:  # its values cannot be read, so that Back alone has them
            return await run_in_threadpool(write_page, request, refusal, self._site, code, _FORM)
        try:
            self._allowance.take(client_of(request))
            if sent.action in RESUMING:
                return await self._resume(request, sent)
            return await self._do(request, sent, code)
        except Refusal as refusal:
            told = _refused(Outcome({}, None, ""), refusal.message[code], sent.action)
            # Who takes something up sends no fields: shown as newest, none would empty the draft.
            values = self._beginning(code) if sent.action in RESUMING else sent.values
            return await self._show(request, code, values, told, refusal)

    async def _open(self, request: Request, code: str) -> Response:
        """The form with what everybody writes, or what came of a hand-in."""
        token = request.query_params.get(_HANDED)
        if token is None:
            empty = await run_in_threadpool(lambda: self._empty)
            return HTMLResponse(empty[code], headers=_NO_STORE)
        written = await run_in_threadpool(self._receipts.find, token)
        if written is None:  # the form would invite to hand in again what was handed in
            refusal = Refusal(404, _FORGOTTEN["fr"], _FORGOTTEN["en"])
            return await run_in_threadpool(write_page, request, refusal, self._site, code, _FORM)
        return HTMLResponse(written, headers=_NO_STORE)

    async def _resume(self, request: Request, sent: Sent) -> Response:
        """The form with what was kept, in the language that it was filled in. Raises Refusal."""
        kept = await resume(self.ingest, self._threads, request, sent)
        stamp = sent.values.get(DRAFT) or [""]
        return await self._show(request, kept.code, kept.values | {DRAFT: stamp}, None)

    async def _do(self, request: Request, sent: Sent, code: str) -> Response:
        permitted = owner = None
        values = sent.values
        try:
            if sent.action == "submit":
                permitted = await self.ingest.permit_hand_in(request, sent.key)
                owner = permitted[0].holder
            elif sent.action == "turtle" and sent.key:
                owner = (await self.ingest.counter.identify(request, sent.key)).holder
        except Refusal as refusal:
            outcome = await self._judge(request, values, code, None)
            of_key = refusal.status in {401, 403}
            told = _refused(outcome, refusal.message[code], sent.action, of_key=of_key)
            return await self._show(request, code, values, told, refusal)
        outcome = await self._judge(request, values, code, owner)
        if sent.action == "turtle" and outcome.turtle:
            return _download(values, add(outcome.turtle, values, code))
        if permitted:
            return await self._hand_in(request, permitted, sent, outcome, code)
        if sent.key and sent.action == "check":  # as Enter in its field does, where no script runs
            outcome = _refused(outcome, _UNASKED[code], of_key=True)
        return await self._show(request, code, values, outcome)

    async def _hand_in(
        self, request: Request, permitted: tuple[Token, Source], sent: Sent, outcome: Outcome,
        code: str,
    ) -> Response:  # fmt: skip
        """Leads to what came of it: that page can be asked for again, and hands nothing in."""
        if not outcome.turtle:
            refusal = Refusal(422, _UNTITLED["fr"], _UNTITLED["en"])
            told = _refused(outcome, refusal.message[code])
            return await self._show(request, code, sent.values, told, refusal)
        name = own_name(sent.values)
        content = add(outcome.turtle, sent.values, code).encode()
        document = Document(UNNAMED, content, "text/turtle")
        iri = str(outcome.report["iri"]) if outcome.report else ""
        standing = await self.ingest.counter.work(
            lambda desk: desk.standing(permitted[1], name, iri)
        )
        # Whichever language it was filled in in: that is all that would change.
        same = [one.digest for one in standing if said(one.content.decode()) == outcome.turtle]
        others = [one for one in standing if one.digest not in same]
        replaced = await self._threads.work(
            request, lambda: [compare(one, outcome.turtle, iri, code) for one in others]
        )
        agreed = (*sent.agreed, *same)
        try:
            handed = await self.ingest.hand_in(permitted, document, name, code, agreed)
        except Refusal as refusal:
            told = _refused(outcome, refusal.message[code], of_key=refusal.status == 401)
            if refusal.status == 409:
                told = replace(told, replaced=replaced)
            return await self._show(request, code, sent.values, told, refusal)
        draft = (sent.values.get(DRAFT) or [""])[0]
        receipt = {"handed": handed, "outcome": outcome, "replaced": replaced, "draft": draft}
        token = await self._threads.work(request, lambda: self._keep_receipt(receipt, code))
        return RedirectResponse(f"?{_HANDED}={token}", 303, _NO_STORE)

    def _keep_receipt(self, receipt: Mapping[str, Any], code: str) -> str:
        written = page(
            self._site, code, "declare-handed.html", PATH, _above(code),
            receipt=receipt, fields=known(), parted=parted(),
        )  # fmt: skip
        return self._receipts.keep(written)

    async def _judge(
        self, request: Request, values: Values, code: str, owner: str | None
    ) -> Outcome:
        """What the form says as Turtle, its mistakes, and the report on it.

        `owner`: the holder whose dataset it is, None where that is not known.
        """
        base = self.config.catalogue.base_iri
        spaces = await self._spaces.of(owner, own_name(values))
        mistakes, turtle = await self._threads.work(
            request, lambda: _describe(values, spaces, code, base)
        )
        if not turtle:
            return Outcome(mistakes, None, "")
        if owner is None:
            turtle = tell_provisional(base, turtle.decode(), code).encode() + turtle
        wanted = {
            "profiles": [DEFAULT_PROFILE], "lang": code, "output": "json",
            "beside": OWN_PROFILE in self.config.validation.profiles,
        }  # fmt: skip
        given = Document(UNNAMED, turtle, "text/turtle")
        examiners = self.examiners if owner is None else self.ingest.examiners
        report = json.loads(await examiners.ask(given, wanted, client_of(request)))
        datasets = report["datasets"]
        return Outcome(mistakes, datasets[0] if datasets else None, turtle.decode())

    async def _show(
        self, request: Request, code: str, values: Values, outcome: Outcome | None,
        refusal: Refusal | None = None,
    ) -> Response:  # fmt: skip
        written = await self._threads.work(request, lambda: self._write(code, values, outcome))
        status, headers = (refusal.status, refusal.headers) if refusal else (200, {})
        return HTMLResponse(written, status, headers | _NO_STORE)

    def _write(self, code: str, values: Values, outcome: Outcome | None) -> bytes:
        # A browser sends the fields that nobody filled in as well.
        given = {name: texts for name, texts in values.items() if any(texts)}
        return page(
            self._site, code, "declare-form.html", PATH, _above(code),
            parts=parts(), values=given, outcome=outcome, choices=offered, labels=labels,
            fields=known(), parted=parted(), ticked=_TICKED, letter=categories.letter,
            options=options, tongues=tongues(code), resumed=outcome is None and DRAFT in values,
        )  # fmt: skip

    @cached_property
    def _site(self) -> Site:
        return site(self.config)

    @cached_property
    def _empty(self) -> Mapping[str, bytes]:
        """The form that everybody begins with, in each language: writing it takes long."""
        return {code: self._write(code, self._beginning(code), None) for code in CODES}

    def _beginning(self, code: str) -> Values:
        """What an empty form has in it already."""
        about = self.config.catalogue
        return {
            "datasets.0.legislation": [EHDS_LEGISLATION],
            "datasets.0.theme": [f"{EU_AUTHORITY}data-theme/HEAL"],
            "contacts.2.name": [about.hdab[code]] if about.hdab[code] else [],
            "contacts.2.page": [about.portal] if about.portal else [],
        }


def _describe(
    values: Values, spaces: tuple[str, ...], code: str, base: str
) -> tuple[dict[str | None, list[Mistake]], bytes]:
    """The mistakes of each field, and what the form says as Turtle: nothing where that is none."""
    filled = read_form(values, spaces, code)
    mistakes: dict[str | None, list[Mistake]] = {}
    for one in filled.mistakes:
        mistakes.setdefault(one.field, []).append(one)
    content = filled.content
    return mistakes, serialise(terms.localise(content, base), "ttl") if content else b""


def _above(code: str) -> tuple[tuple[str, str], ...]:
    """The page that leads to the form, and its address."""
    return ((language(code).gettext("Declare datasets"), "declare.html"),)


def _refused(
    outcome: Outcome, sentence: str, action: str = "submit", *, of_key: bool = False
) -> Outcome:
    return replace(outcome, refused=sentence, action=action, of_key=of_key)


def _download(values: Values, turtle: str) -> Response:
    """The description as a file to keep."""
    name = (
        re.sub(r"[^A-Za-z0-9._-]+", "-", own_name(values) or "").strip("-.")[:80] or "description"
    )
    headers = {**_NO_STORE, "Content-Disposition": f'attachment; filename="{name}.ttl"'}
    return Response(turtle, headers=headers | {"Content-Type": "text/turtle; charset=utf-8"})
