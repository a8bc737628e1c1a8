"""`/declare/form`: a dataset described in a form, checked, kept as Turtle, handed in with a key.

Nothing is kept here: what was filled in travels with the page.
"""

import json
import re
from dataclasses import replace
from functools import cached_property
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from red_catalog.config import Config, declared_folder
from red_catalog.ehds import categories, terms
from red_catalog.harvesters.spreadsheet.choices import labels, offered
from red_catalog.harvesters.spreadsheet.fields import known, parted, parts
from red_catalog.harvesters.spreadsheet.forms import Mistake, own_name, read_form
from red_catalog.model import OWN_PROFILE, UNNAMED, Document, Source, Text
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import Site, page, site
from red_catalog.rdf.writing import serialise
from red_catalog.register.tokens import Token
from red_catalog.serve.examining import Examiners
from red_catalog.serve.holders.ingest import Ingest
from red_catalog.serve.outcome import Outcome
from red_catalog.serve.request.bodies import named_type
from red_catalog.serve.request.clients import Allowance, client_of
from red_catalog.serve.request.forms import FORMS, Bounds, receive_form
from red_catalog.serve.request.refusal import Refusal
from red_catalog.validation.documents import DEFAULT_PROFILE

PATH: Final = "declare/form"
_BYTES: Final = 1_000_000
_FIELDS: Final = 2_000
_ACTIONS: Final = ("check", "turtle", "submit")
_UNTITLED: Final = {
    "fr": "Donnez au moins un titre, puis déposez de nouveau.",
    "en": "Give a title at least, then hand in again.",
}
_UNASKED: Final = {
    "fr": "« Vérifier » ne dépose rien : saisissez de nouveau votre clé, puis pressez « Déposer ».",
    "en": "“Check” hands nothing in: type your key again, then press “Hand in”.",
}
_PROVISIONAL: Final[Text] = {
    "fr": "L'adresse {space}... est provisoire : le catalogue n'en accepte pas de dépôt.\n"
    "Remplacez-la par une adresse à vous, ou enregistrez ce fichier avec votre clé.",
    "en": "The address {space}... is provisional: the catalogue takes nothing in under it.\n"
    "Replace it by one of your own, or keep this file with your key.",
}
# What is sent besides the fields: the button, the key, and when the browser kept its draft.
_BESIDES: Final = frozenset({"do", "key", "draft"})
_NO_STORE: Final = {"Cache-Control": "no-store"}
# Lists up to this length are boxes to tick where several may be chosen.
_TICKED: Final = 20

Values = dict[str, list[str]]


class Declare:
    """Answers with the form, empty or as it was sent with what is to be said of it."""

    def __init__(self, config: Config, examiners: Examiners, ingest: Ingest) -> None:
        self.config = config
        self.examiners = examiners
        self.ingest = ingest
        self._allowance = Allowance(config.serve.checks_per_minute)

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
            return await self._show(code, self._beginning(code), None)
        self._allowance.take(client_of(request))
        values = await _read(request)
        action = (values.pop("do", None) or ["check"])[0]
        key = (values.pop("key", None) or [""])[0].strip()
        if action not in _ACTIONS:
            raise Refusal(400, "Action inconnue.", "Unknown action.")
        permitted = owner = None
        try:
            if action == "submit":
                permitted = await self._permit(request, key)
                owner = permitted[0].holder
            elif action == "turtle" and key:
                owner = (await self.ingest.counter.identify(request, key)).holder
        except Refusal as refusal:
            refused = refusal.message[code]
            outcome = await self._judge(values, code, None, client_of(request))
            told = _refused(outcome, refused, of_key=refusal.status in {401, 403})
            return await self._show(code, values, told, refusal.status)
        outcome = await self._judge(values, code, owner, client_of(request))
        if action == "turtle" and outcome.turtle:
            return _download(values, outcome.turtle)
        if permitted:
            return await self._hand_in(permitted, values, outcome, code)
        if key and action == "check":  # as Enter in its field does, where no script runs
            outcome = _refused(outcome, _UNASKED[code], of_key=True)
        return await self._show(code, values, outcome)

    async def _permit(self, request: Request, key: str) -> tuple[Token, Source]:
        if not key:
            raise Refusal(
                401,
                "Aucune clé n'a été donnée : saisissez la vôtre.",
                "No key was given: type yours.",
            )
        return await self.ingest.permit_hand_in(request, key)

    async def _hand_in(
        self, permitted: tuple[Token, Source], values: Values, outcome: Outcome, code: str
    ) -> Response:
        if not outcome.turtle:
            return await self._show(code, values, _refused(outcome, _UNTITLED[code]), 422)
        name = own_name(values)
        document = Document(UNNAMED, outcome.turtle.encode(), "text/turtle")
        try:
            handed = await self.ingest.hand_in(permitted, document, name, code)
        except Refusal as refusal:
            told = _refused(outcome, refusal.message[code], of_key=refusal.status == 401)
            return await self._show(code, values, told, refusal.status)
        outcome = Outcome(outcome.mistakes, outcome.report, outcome.turtle, handed)
        return await self._show(code, values, outcome)

    async def _judge(self, values: Values, code: str, owner: str | None, client: str) -> Outcome:
        """What the form says as Turtle, its mistakes, and the report on it.

        `owner`: the holder whose dataset it is, None where that is not known.
        """
        base = self.config.catalogue.base_iri
        spaces = await self._former_space(owner, values) or self._spaces(owner)
        filled = await run_in_threadpool(read_form, values, spaces, code)
        mistakes: dict[str | None, list[Mistake]] = {}
        for one in filled.mistakes:
            mistakes.setdefault(one.field, []).append(one)
        if filled.content is None:
            return Outcome(mistakes, None, "", None)
        turtle = serialise(terms.localise(filled.content, base), "ttl")
        if owner is None:
            turtle = self._tell_provisional(turtle.decode(), code).encode() + turtle
        wanted = {
            "profiles": [DEFAULT_PROFILE], "lang": code, "output": "json",
            "beside": OWN_PROFILE in self.config.validation.profiles,
        }  # fmt: skip
        given = Document(UNNAMED, turtle, "text/turtle")
        report = json.loads(await self.examiners.ask(given, wanted, client))
        datasets = report["datasets"]
        return Outcome(mistakes, datasets[0] if datasets else None, turtle.decode(), None)

    async def _former_space(self, owner: str | None, values: Values) -> tuple[str, ...]:
        """The folder of a former id, where the holder's dataset of this name has its address."""
        known = next((h for h in self.config.holders if h.id == owner), None)
        name = own_name(values)
        if known is None or name is None or not known.former:
            return ()
        holders = (known.id, *known.former)
        found = await self.ingest.counter.work(lambda desk: desk.named(holders, name))
        base = self.config.catalogue.base_iri
        folders = (declared_folder(base, one) for one in known.former)
        return tuple(one for one in folders if found and found.iri.startswith(one))

    def _spaces(self, owner: str | None) -> tuple[str, ...]:
        """What the dataset's address begins with, where none is given: nobody's without an owner.

        What is handed in under such a one is refused.
        """
        base = self.config.catalogue.base_iri
        known = next((h for h in self.config.holders if h.id == owner), None)
        if known is None:
            return (declared_folder(base),)
        return known.namespaces or (declared_folder(base, known.id),)

    def _tell_provisional(self, turtle: str, code: str) -> str:
        """What stands at the head of a file whose dataset has an address of nobody's."""
        (space,) = self._spaces(None)
        if not re.search(f"<{re.escape(space)}[^/>]*>", turtle):
            return ""
        told = _PROVISIONAL[code].format(space=space)
        return "".join(f"# {line}\n" for line in told.splitlines())

    async def _show(
        self, code: str, values: Values, outcome: Outcome | None, status: int = 200
    ) -> Response:
        written = await run_in_threadpool(self._write, code, values, outcome)
        return HTMLResponse(written, status, _NO_STORE)

    def _write(self, code: str, values: Values, outcome: Outcome | None) -> bytes:
        above = ((language(code).gettext("Declare datasets"), "declare.html"),)
        return page(
            self._site, code, "declare-form.html", PATH, above,
            parts=parts(), values=values, outcome=outcome, choices=offered, labels=labels,
            fields=known(), parted=parted(), ticked=_TICKED, asked=outcome is not None,
            letter=categories.letter,
        )  # fmt: skip

    @cached_property
    def _site(self) -> Site:
        return site(self.config)

    def _beginning(self, code: str) -> Values:
        """What an empty form has in it already."""
        about = self.config.catalogue
        return {
            "datasets.0.legislation": [EHDS_LEGISLATION],
            "datasets.0.theme": [f"{EU_AUTHORITY}data-theme/HEAL"],
            "contacts.2.name": [about.hdab[code]] if about.hdab[code] else [],
            "contacts.2.page": [about.portal] if about.portal else [],
        }


async def _read(request: Request) -> Values:
    """The fields of the form. Raises Refusal for what is none."""
    if named_type(request.headers.get("content-type"))[0] not in FORMS:
        return {}
    fields = known()
    values: Values = {}
    for name, value in await receive_form(request, Bounds(_BYTES, _FIELDS)):
        if isinstance(value, str) and (name in fields or name in _BESIDES):
            values.setdefault(name, []).append(value)
    return values


def _refused(outcome: Outcome, sentence: str, *, of_key: bool = False) -> Outcome:
    return replace(outcome, handed=None, refused=sentence, of_key=of_key)


def _download(values: Values, turtle: str) -> Response:
    """The description as a file to keep."""
    name = (
        re.sub(r"[^A-Za-z0-9._-]+", "-", own_name(values) or "").strip("-.")[:80] or "description"
    )
    headers = {**_NO_STORE, "Content-Disposition": f'attachment; filename="{name}.ttl"'}
    return Response(turtle, headers=headers | {"Content-Type": "text/turtle; charset=utf-8"})
