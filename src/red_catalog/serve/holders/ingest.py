"""Where holders hand descriptions in, by key: `/ingest/…` and `/api-keys/whoami`.

Addresses, bodies and answers are those of the Health Data Hub's catalogue, so that what exports
to it can point here unchanged; answers tell more.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from red_catalog.config import declared_folder
from red_catalog.ehds.reviews import calendar
from red_catalog.model import UNNAMED, Document, Source
from red_catalog.rdf import syntax
from red_catalog.register.attestations import Attestation
from red_catalog.register.desk import Who
from red_catalog.register.ingest import Handed, Refused
from red_catalog.register.tokens import BODY, Token
from red_catalog.serve.examining import Examiners
from red_catalog.serve.holders.counter import Counter
from red_catalog.serve.holders.foreseeing import Given, examine, hides_more, sentence_of
from red_catalog.serve.holders.turning_away import TURNED_AWAY, refusal_at, refusal_of
from red_catalog.serve.request.accept import choose_language
from red_catalog.serve.request.bodies import named_type, read_body
from red_catalog.serve.request.refusal import Refusal

_NAME: Final = 500  # characters of a holder's name for a dataset
_POINTS: Final = 3  # reasons of a refusal that are told
_OTHERS: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


class Ingest:
    """Takes descriptions in. `changed` is called after each that was taken in or back."""

    def __init__(self, counter: Counter, examiners: Examiners, changed: Callable[[], None]) -> None:
        self.config = counter.config
        self.counter = counter
        self.examiners = examiners
        self.changed = changed

    def routes(self) -> list[Route]:
        """The routes, under the path of the base IRI."""
        base = self.config.catalogue.base_path
        routes = [
            Route(f"{base}api-keys/whoami", self._answer(self.whoami), methods=["GET"]),
            Route(f"{base}ingest/datasets", self._answer(self.post), methods=["POST"]),
            Route(f"{base}ingest/datasets/origin", self._answer(self.put), methods=["PUT"]),
            Route(f"{base}ingest/attestations", self._answer(self.attest),
                  methods=["POST", "PUT"]),
            Route(f"{base}ingest/datasets/{{id:path}}", self._answer(self.delete),
                  methods=["DELETE"]),
        ]  # fmt: skip
        others = self._answer(partial(self.turn_away, routes))
        folders = (f"{base}{folder}/{{path:path}}" for folder in ("api-keys", "ingest"))
        return [
            *routes,
            *(Route(one, others, methods=_OTHERS, name=TURNED_AWAY) for one in folders),
        ]

    async def turn_away(self, routes: Sequence[Route], request: Request) -> Response:
        """Whatever else is asked for here is told in the form of this interface."""
        raise refusal_at(routes, request.scope["path"])

    async def whoami(self, request: Request) -> Response:
        """Whose key this is, and what it may."""
        token = await self.counter.identify(request)
        body = token.holder == BODY
        name = self.config.catalogue.hdab if body else self.config.holder(token.holder).name
        return _json(
            {
                "id": token.id,
                "name": name[_lang(request)],
                "holder": None if body else token.holder,
                "scopes": list(token.scopes),
                "created": token.created.isoformat(),
                "expires": token.expires and token.expires.isoformat(),
            }
        )

    async def post(self, request: Request) -> Response:
        """Takes one description in."""
        return await self._take_in(request, None)

    async def put(self, request: Request) -> Response:
        """Takes one description in under the holder's own name for it."""
        name = request.query_params.get("originalId", "")
        if not 0 < len(name) <= _NAME:
            raise Refusal(
                400,
                f"Donnez originalId, {_NAME} caractères au plus.",
                f"Give originalId, {_NAME} characters at most.",
            )
        return await self._take_in(request, name)

    async def delete(self, request: Request) -> Response:
        """Takes a description back: its page says so from the next release on."""
        token = await self.counter.permit(request, "delete")
        name = request.path_params["id"]
        former = self.config.holder(token.holder).former
        found = await self.counter.work(
            lambda desk: desk.take_back(token, name, self.counter.clock(), former)
        )
        if isinstance(found, Refused):
            raise refusal_of(found)
        self.changed()
        return _json({"status": "deleted", "id": name})

    async def attest(self, request: Request) -> Response:
        """Notes that the holder checked a description: `dataset`, and `digest` of the version."""
        token = await self.counter.permit(request, "attest")
        name = request.query_params.get("dataset", "")
        if not 0 < len(name) <= _NAME:
            raise Refusal(
                400,
                f"Donnez dataset : son IRI ou votre nom pour lui, {_NAME} caractères au plus.",
                f"Give dataset: its IRI or your name for it, {_NAME} characters at most.",
            )
        digest = request.query_params.get("digest") or None
        who = Who(token.holder, token.id, "ingest", self.config.holder(token.holder).former)
        found = await self.counter.work(
            lambda desk: desk.attest(who, name, self.counter.clock(), digest, self.counter.told())
        )
        if isinstance(found, Refused):
            raise refusal_of(found)
        self.changed()
        return _json(tell_attestation(found))

    async def _take_in(self, request: Request, name: str | None) -> Response:
        token, source = await self.permit_hand_in(request, None)
        document = await self._body(request)
        return _json(await self.hand_in((token, source), document, name, _lang(request)))

    async def permit_hand_in(self, request: Request, key: str | None) -> tuple[Token, Source]:
        """Who hands in, and where to. Raises Refusal (401, 403).

        `key`: where it did not come in the header.
        """
        if key == "":
            raise Refusal(
                401,
                "Aucune clé n'a été donnée : saisissez la vôtre.",
                "No key was given: type yours.",
            )
        token = await self.counter.permit(request, "write", key)
        source = self.config.ingest_source(token.holder)
        if source is None:
            raise Refusal(
                403,
                "Ce catalogue n'attend pas de dépôts de ce détenteur : demandez à son opérateur.",
                "This catalogue expects nothing from this holder: ask its operator.",
            )
        return token, source

    async def hand_in(
        self, permitted: tuple[Token, Source], document: Document, name: str | None, lang: str,
        agreed: Collection[str] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Takes one dataset in: Turtle, kept in UTF-8. Raises Refusal where it cannot.

        `lang`: what is found in the description is told in this language. `agreed`: the digests
        of what may be replaced (409 for anything else), None for all.
        """
        token, source = permitted
        if len(name or "") > _NAME:
            raise Refusal(
                400,
                f"L'identifiant est trop long : donnez-en un de {_NAME} caractères au plus.",
                f"The identifier is too long: give one of {_NAME} characters at most.",
            )
        given = Given(source, document, name)
        checked = await examine(self.counter, self.examiners, given, lang)
        iri = str(checked["iri"])
        await self._check_namespace(source, iri)
        # Who can be asked has the points before their eyes, at their fields.
        await self._check_gate(given, checked, lang, told=_POINTS if agreed is None else 0)
        content = await run_in_threadpool(self._decode, document)
        now = self.counter.clock()
        kept = await self.counter.work(
            lambda desk: desk.hand_in(token, source, (iri, content), now, name, agreed)
        )
        if isinstance(kept, Refused):
            raise refusal_of(kept)
        self.changed()
        return {"id": name if name is not None else kept.id, **_told(kept, checked)}

    async def _body(self, request: Request) -> Document:
        kind, whole = named_type(request.headers.get("content-type"))
        if kind != "text/turtle":
            raise Refusal(
                415,
                "Envoyez la description en Turtle (Content-Type : text/turtle).",
                "Send the description as Turtle (Content-Type: text/turtle).",
            )
        content = await read_body(request, self.config.serve.check_bytes)
        if not content.strip():
            raise Refusal(400, "Le document est vide.", "The document is empty.")
        return Document(UNNAMED, content, whole)

    def _decode(self, document: Document) -> bytes:
        """What was sent, in UTF-8; the report says already that it can be read."""
        most = self.config.limits.document_bytes
        decoded = syntax.decode(document.content, document.media_type, "document", None, most)
        return decoded.content

    async def _check_namespace(self, source: Source, iri: str) -> None:
        namespace = source.foreign_namespace(iri)
        if namespace:
            had = await self.counter.work(lambda desk: desk.has(source, iri))
            namespace = source.foreign_namespace(iri, had=had)
        if not namespace:
            return
        fr, en = "", ""
        if namespace == source.declared:
            folder = declared_folder(self.config.catalogue.base_iri, source.holder)
            mine = next(iter(source.namespaces), folder)
            fr, en = f" Les vôtres commencent par {mine}.", f" Yours begin with {mine}."
        raise Refusal(
            403,
            f"Les identifiants {namespace}… sont réservés à d'autres.{fr}",
            f"The identifiers {namespace}… are reserved for others.{en}",
        )

    async def _check_gate(
        self, given: Given, checked: Mapping[str, Any], lang: str, *, told: int
    ) -> None:
        """Raises Refusal where the catalogue is strict. `told`: how many of the reasons are."""
        blocking = [p for p in checked["problems"] if p["severity"] == "violation"]
        if not blocking or self.config.publication.gate != "strict":
            return
        if await hides_more(self.counter, given, str(checked["iri"])):
            return  # at the harvest, too
        fr = f"Points bloquants : {len(blocking)} ; ce catalogue ne publie pas cette description."
        en = f"Blocking points: {len(blocking)}; this catalogue does not publish this description."
        points = [sentence_of(p, lang) for p in blocking[:told]]
        raise Refusal(422, " ".join((fr, *points)), " ".join((en, *points)))

    def _answer(self, handle: Callable[[Request], Any]) -> Callable[[Request], Any]:
        """The handler with refusals written as this interface's clients expect."""

        async def answer(request: Request) -> Response:
            try:
                response: Response = await handle(request)
            except Refusal as refusal:
                told = {"detail": refusal.message[_lang(request)]}
                headers = {"Cache-Control": "no-store", **refusal.headers}
                return JSONResponse(told, refusal.status, headers)
            return response

        return answer


def tell_attestation(one: Attestation) -> dict[str, Any]:
    """What was attested, and when that is due again."""
    days = calendar(one.moment.date())
    return {
        "status": "attested",
        "iri": one.iri,
        "version": one.version,
        "digest": f"sha256:{one.digest}",
        "moment": one.moment.isoformat(),
        "due": days.due.isoformat(),
        "overdue": days.overdue.isoformat(),
    }


def _told(kept: Handed, checked: Mapping[str, Any]) -> dict[str, Any]:
    wanted = ("access_rights", "verdict", "problems", "findings", "others", "minimum_elements",
              "mqa", "repaired")  # fmt: skip
    replaced = {"replaced": kept.replaced} if kept.replaced else {}
    hidden = {"private": True} if checked.get("private") else {}
    told = {name: checked[name] for name in wanted}
    return {"iri": kept.iri, "uuid": kept.id, **replaced, **hidden, **told}


def _lang(request: Request) -> str:
    return choose_language(request.headers.get("accept-language")) or "fr"


def _json(value: Any) -> Response:
    return JSONResponse(value, headers={"Cache-Control": "no-store", "Vary": "Accept-Language"})
