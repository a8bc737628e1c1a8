"""`/api/check`: the report on a description that is sent, pasted or found at an address.

Nothing of it is kept.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from red_catalog.config import Config
from red_catalog.http import Http, drop_settings, user_agent
from red_catalog.model import OWN_PROFILE, UNNAMED, Document, Unreadable
from red_catalog.publish.web.site import Site, site
from red_catalog.serve.examining import Examiners, Given
from red_catalog.serve.refused import write_page
from red_catalog.serve.reported import write_report
from red_catalog.serve.request.accept import choose, choose_language
from red_catalog.serve.request.bodies import named_type, read_body
from red_catalog.serve.request.clients import Allowance, client_of
from red_catalog.serve.request.forms import FORMS, Bounds, Upload, receive_form
from red_catalog.serve.request.headers import permit_style
from red_catalog.serve.request.parameters import read, unknown
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.request.sent import SENT, take
from red_catalog.validation import profiles
from red_catalog.validation.documents import DEFAULT_PROFILE, source_of
from red_catalog.workbook.reading import is_table

OUTPUTS: Final = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "sarif": "application/sarif+json",
    "junit": "application/xml",
}
_FIELDS: Final = ("profile", "lang", "output", "url", "text", "file")
URL: Final = 2000  # characters of an address
_URL_SECONDS: Final = 20.0
# Addresses at once, of all and of one client: slow sites must not take the threads of the others.
_FETCHED: Final = 4
_EACH: Final = 2
SHEETS: Final = 6  # files of CSV in a declaration: the sheets of the template, each as one
_PAGE: Final = ("check.html", "Check a description")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked, and how the report is wanted."""

    given: Given
    profile: str | None
    lang: str
    output: str
    beside: bool
    part: bool  # of a page of the site, whose form was sent


class Check:
    """Answers with reports, so many a minute for each client."""

    def __init__(self, config: Config, examiners: Examiners) -> None:
        self.config = config
        self.examiners = examiners
        self.limit = config.serve.check_bytes
        self._allowance = Allowance(config.serve.checks_per_minute)
        self._fetching: Counter[str] = Counter()

    async def handle(self, request: Request) -> Response:
        """The report on what the request holds. Raises Refusal for what cannot be checked."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        if request.method != "POST":
            raise Refusal(
                405,
                "Envoyez le document par POST.",
                "Send the document by POST.",
                headers={"Allow": _PREFLIGHT["Allow"]},
            )
        values: dict[str, Any] = {n: v[0] for n, v in read(request, _FIELDS[:3]).items()}
        try:
            return await self._answer(request, values)
        except Refusal as refusal:
            if values.get("output") != "html" or not _is_form(request):
                raise
            asked = values.get("lang")
            return await run_in_threadpool(write_page, request, refusal, self._site, asked, _PAGE)

    async def _answer(self, request: Request, values: dict[str, Any]) -> Response:
        self._allowance.take(client_of(request))
        asked = await self._read(request, values)
        wanted = {
            "profiles": [asked.profile or DEFAULT_PROFILE], "beside": asked.beside,
            "lang": asked.lang, "output": asked.output, "part": asked.part,
        }  # fmt: skip
        report = await self.examiners.ask(asked.given, wanted, client_of(request))
        headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
        if asked.part:
            report = await run_in_threadpool(write_report, self._site, asked.lang, report)
            headers["X-Robots-Tag"] = "noindex"
        elif asked.output == "html":
            headers["Content-Security-Policy"] = permit_style(report)
        return Response(report, headers=headers | {"Content-Type": OUTPUTS[asked.output]})

    async def _read(self, request: Request, values: dict[str, Any]) -> Asked:
        """What is asked. `values` come from the address, and get those of the form."""
        kind, whole = named_type(request.headers.get("content-type"))
        asked = self._choose(request, values)
        if form := _is_form(request):
            await self._read_form(request, values)
            given = await self._find(values, client_of(request))
            asked = self._choose(request, values)
        elif kind in SENT:
            given = _together([Document(UNNAMED, await read_body(request, self.limit), whole)])
        else:
            listed = ", ".join((*SENT, *FORMS))
            raise Refusal(
                415, f"Envoyez : {listed}.", f"Send: {listed}.", headers={"Accept-Post": listed}
            )
        own = OWN_PROFILE in self.config.validation.profiles
        part = form and asked[2] == "html"
        return Asked(given, *asked, beside=own and asked[0] is None, part=part)

    @cached_property
    def _site(self) -> Site:
        return site(self.config)

    def _choose(self, request: Request, values: Mapping[str, Any]) -> tuple[str | None, str, str]:
        """Profile, language and form of the report. Raises Refusal for what there is not."""
        return self._profile(values), _lang(request, values), _output(request, values)

    async def _read_form(self, request: Request, values: dict[str, Any]) -> None:
        """Adds the fields of the form, which count before what the address says."""
        sent = await receive_form(request, Bounds(self.limit, fields=10, files=SHEETS))
        # A file may bear any name, and one without a file name comes as text.
        files = [v for n, v in sent if n == "file" or isinstance(v, Upload)]
        texts = [(n, v) for n, v in sent if n != "file" and isinstance(v, str)]
        values |= {name: text for name, text in texts if text}
        for name, _ in sent:
            if name not in _FIELDS:
                raise unknown(name, _FIELDS)
        if len(dict(texts)) < len(texts):
            raise Refusal(400, "Donnez chaque champ une seule fois.", "Give each field once.")
        values["file"] = [_document(taken) for one in files if (taken := take(one))]

    async def _find(self, values: Mapping[str, Any], client: str) -> Given:
        """The document of a form: its files, its text, or what its address gives."""
        given = {name: values[name] for name in ("file", "text", "url") if values.get(name)}
        if len(given) > 1:
            raise Refusal(
                400,
                "Donnez ou un fichier, ou un texte, ou une adresse, et videz les autres champs.",
                "Give a file or a text or an address, and empty the other fields.",
            )
        if len(given.get("url", "")) > URL:
            raise Refusal(
                400,
                f"Donnez une adresse de {URL} caractères au plus, ou le document lui-même.",
                f"Give an address of {URL} characters at most, or the document itself.",
            )
        if "url" in given:
            with self._turn(client):
                found = await run_in_threadpool(self._fetch, given["url"])
                return found if isinstance(found, Unreadable) else _together([found])
        if not given:
            raise Refusal(
                400,
                "Il n'y a rien à vérifier : envoyez un fichier, un texte ou une adresse.",
                "There is nothing to check: send a file, a text or an address.",
            )
        return _together(given.get("file") or [_document(given["text"])])

    @contextmanager
    def _turn(self, client: str) -> Iterator[None]:
        """Counts an address that is being read. Raises Refusal (503) beyond the bounds."""
        if self._fetching.total() >= _FETCHED or self._fetching[client] >= _EACH:
            raise _all_slow()
        self._fetching[client] += 1
        try:
            yield
        finally:
            self._fetching[client] -= 1
            if not self._fetching[client]:
                del self._fetching[client]

    def _fetch(self, url: str) -> Document | Unreadable:
        limits = replace(
            self.config.limits, document_bytes=self.limit, document_seconds=_URL_SECONDS
        )
        agent = user_agent(self.config.catalogue.contact)
        with (
            TemporaryDirectory() as folder,
            Http(Path(folder), agent, limits, sleep=lambda _: None) as http,
        ):
            found = http.get(url, source_of(url))
        return drop_settings(found, "visit") if isinstance(found, Unreadable) else found.document

    def _profile(self, values: Mapping[str, Any]) -> str | None:
        """The profile that is named, None for the usual one with our own checks beside it."""
        known = profiles.names(self.config.shapes)
        wanted = values.get("profile")
        if wanted is not None and wanted not in known:
            listed = ", ".join(known)
            raise Refusal(
                400,
                f"Ce profil n'existe pas ; profils connus : {listed}.",
                f"There is no such profile; known profiles: {listed}.",
            )
        return wanted


def _is_form(request: Request) -> bool:
    return named_type(request.headers.get("content-type"))[0] in FORMS


def _document(given: Document | str) -> Document:
    """What a field holds."""
    if isinstance(given, Document):
        return given
    return Document(UNNAMED, given.encode("utf-8", "replace"))


def _together(documents: Sequence[Document]) -> Document | Sequence[Document]:
    """One document of RDF, or spreadsheets. Raises Refusal for several of anything else."""
    if all(map(is_table, documents)):
        return documents
    if len(documents) > 1:
        raise Refusal(
            400,
            "Envoyez un seul document, ou les fichiers CSV d'une même déclaration.",
            "Send one document, or the CSV files of one declaration.",
        )
    return documents[0]


_PREFLIGHT: Final = {
    "Allow": "POST, OPTIONS",
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def _lang(request: Request, values: Mapping[str, Any]) -> str:
    given = values.get("lang")
    if given not in {None, "fr", "en"}:
        raise Refusal(400, "Donnez à lang la valeur fr ou en.", "Give lang the value fr or en.")
    return given or choose_language(request.headers.get("accept-language")) or "fr"


def _output(request: Request, values: Mapping[str, Any]) -> str:
    given = values.get("output")
    if given is None:
        kinds = {kind.partition(";")[0]: name for name, kind in OUTPUTS.items()}
        chosen = choose(request.headers.get("accept"), [*kinds, "application/problem+json"])
        given = kinds.get(chosen or "", "json") if chosen else None
    if given not in OUTPUTS:
        listed = ", ".join(OUTPUTS)
        status = 406 if "output" not in values else 400
        raise Refusal(
            status, f"Le rapport existe en : {listed}.", f"The report exists as: {listed}."
        )
    return str(given)


def _all_slow() -> Refusal:
    return Refusal(
        503,
        "D'autres adresses sont en cours de lecture : réessayez dans un instant, ou envoyez le"
        " document.",
        "Other addresses are being read: try again in a moment, or send the document.",
        headers={"Retry-After": "20"},
    )
