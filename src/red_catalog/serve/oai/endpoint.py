"""`/oai`: a request of OAI-PMH in, an XML document out."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl
from xml.sax.saxutils import quoteattr

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from red_catalog.config import Catalogue
from red_catalog.serve.oai.dublin_core import clean, printable
from red_catalog.serve.oai.repository import ARGUMENTS, Repository
from red_catalog.serve.oai.selection import OaiError
from red_catalog.serve.pages import Pages
from red_catalog.serve.releases import Release
from red_catalog.serve.request.bodies import read_body
from red_catalog.serve.threads import Threads
from red_catalog.store.searching import Index
from red_catalog.store.stamps import stamp

_BODY: Final = 8192
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/'
    ' http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
)


class OaiEndpoint:
    """Answers each request from one release. Errors of the protocol are answers too."""

    def __init__(
        self,
        catalogue: Catalogue,
        pages: Pages,
        index: Callable[[Release], Index],
        threads: Threads,
    ) -> None:
        self.catalogue = catalogue
        self.pages = pages
        self.threads = threads
        self.index = index

    def routes(self) -> list[Route]:
        """The route, under the path of the base IRI."""
        return [Route(f"{self.catalogue.base_path}oai", self.handle, methods=["GET", "POST"])]

    async def handle(self, request: Request) -> Response:
        """Answers one request."""
        query = request.scope["query_string"]
        if request.method == "POST":
            query = await read_body(request, _BODY)
        content = await self.threads.work(request, lambda: self._answer(query))
        headers = {"Cache-Control": "no-cache"}
        return Response(content, media_type="text/xml; charset=utf-8", headers=headers)

    def _answer(self, query: bytes) -> str:
        # Not later than what is answered, for harvesters go on from there.
        now = stamp(datetime.now(UTC))
        release = self.pages.require_release()
        repository = Repository(self.catalogue, release, self.index(release))
        told: Mapping[str, str] = {}
        try:
            verb, arguments = read_arguments(query)
            told = {"verb": verb, **arguments}
            content = repository.answer(verb, arguments)
        except OaiError as error:
            if error.code in {"badVerb", "badArgument"}:
                told = {}
            content = f'<error code="{error.code}">{clean(str(error))}</error>'
        attributes = "".join(f" {n}={quoteattr(printable(v))}" for n, v in told.items())
        base = f"{clean(self.catalogue.base_iri)}oai"
        return (
            f"{_HEAD}<responseDate>{now}</responseDate>"
            f"<request{attributes}>{base}</request>{content}</OAI-PMH>\n"
        )


def read_arguments(query: bytes) -> tuple[str, dict[str, str]]:
    """The verb and its arguments. Raises OaiError for what the protocol does not allow."""
    try:
        pairs = parse_qsl(
            query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError:
        raise OaiError("badArgument", "The request is not UTF-8, or too long.") from None
    given = dict(pairs)
    verb = given.pop("verb", "")
    if verb not in ARGUMENTS or [name for name, _ in pairs].count("verb") > 1:
        raise OaiError("badVerb", f"Give one verb of: {', '.join(ARGUMENTS)}.")
    if len(given) < len(pairs) - 1:
        raise OaiError("badArgument", "An argument is given twice.")
    needed, possible = ARGUMENTS[verb]
    if "resumptionToken" in given and verb.startswith("List") and verb != "ListMetadataFormats":
        if len(given) > 1:
            raise OaiError("badArgument", "resumptionToken stands alone.")
        if verb == "ListSets":
            raise OaiError("badResumptionToken", "ListSets gives no tokens.")
        return verb, given
    for name in given.keys() - {*needed, *possible}:
        raise OaiError("badArgument", f"{verb} has no argument {name!a}.")
    for name in needed:
        if not given.get(name):
            raise OaiError("badArgument", f"{verb} needs {name}.")
    return verb, given
