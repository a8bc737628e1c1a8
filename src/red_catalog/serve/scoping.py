"""`/scope.html` with answers: which duties apply. Without answers, it is the release's own page."""

from datetime import date
from functools import cached_property

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from red_catalog.config import Config
from red_catalog.ehds.scope import ORGANISATION, WHO, Situation, known_codes
from red_catalog.publish.pages import scoping
from red_catalog.publish.web.site import Site, page, site
from red_catalog.serve.pages import Pages
from red_catalog.serve.threads import Threads

PATH = "scope.html"
_ASKED = frozenset(
    {"who", "category", "since", "unpublished", "unregulated", "public", "trusted"}
)  # fmt: skip


class Scoping:
    """Answers the questions of the page; nothing of it is kept."""

    def __init__(self, config: Config, pages: Pages, threads: Threads) -> None:
        self.config = config
        self.pages = pages
        self._threads = threads

    def routes(self) -> list[Route]:
        """The page in each language, under the path of the base IRI."""
        base = self.config.catalogue.base_path
        return [
            Route(f"{base}{path}", self.answer, methods=["GET"]) for path in (PATH, f"en/{PATH}")
        ]

    async def answer(self, request: Request) -> Response:
        """The page with what the answers come to."""
        path = request.url.path.removeprefix(self.config.catalogue.base_path)
        # An address may come with marks of others, as of a newsletter: these answer nothing.
        if not _ASKED & request.query_params.keys():
            request.path_params["path"] = path
            return await self.pages.get(request)
        code = "en" if path.startswith("en/") else "fr"
        situation = read(request)
        with self._threads.admit(request):
            written = await self._threads.work(request, lambda: self._write(code, situation))
        return HTMLResponse(written, headers={"Cache-Control": "no-store"})

    def _write(self, code: str, situation: Situation) -> bytes:
        return page(self._site, code, PATH, PATH, **scoping.view(situation))

    @cached_property
    def _site(self) -> Site:
        return site(self.config)


def read(request: Request) -> Situation:
    """What was answered; what is no answer counts as none."""
    given = request.query_params
    try:
        since = date.fromisoformat(given.get("since", ""))
    except ValueError:
        since = None
    who = given.get("who", ORGANISATION)
    return Situation(
        who=who if who in WHO else ORGANISATION,
        codes=known_codes(given.getlist("category")),
        since=since,
        published="unpublished" not in given,
        regulated="unregulated" not in given,
        public_funding="public" in given,
        trusted="trusted" in given,
    )
