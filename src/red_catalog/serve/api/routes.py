"""The addresses of the read interface."""

from collections.abc import Awaitable, Callable
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from red_catalog.config import Catalogue
from red_catalog.serve.api import datasets, listings
from red_catalog.serve.api.answers import send_json
from red_catalog.serve.api.description import describe
from red_catalog.serve.pages import Pages
from red_catalog.serve.releases import Release
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.threads import Threads
from red_catalog.store.index import INDEX
from red_catalog.store.searching import Index

Answer = Callable[[Request, Index, Release], Response]


class Api:
    """Answers from the index of the live release; each answer comes from one release only."""

    def __init__(self, catalogue: Catalogue, pages: Pages, threads: Threads) -> None:
        self.catalogue = catalogue
        self.pages = pages
        self.threads = threads
        self._lock = Lock()
        self._index: tuple[Release, Index] | None = None

    def routes(self) -> list[Route]:
        """The routes, under the path of the base IRI."""
        base, iri = self.catalogue.base_path, self.catalogue.base_iri
        answers: dict[str, Answer] = {
            "datasets": lambda request, index, _: datasets.search(request, iri, index),
            "datasets/{id}": lambda request, index, release: datasets.get(
                request, index, release, self.catalogue
            ),
            "holders": lambda request, index, _: listings.holders(request, index),
            "duties": listings.duties,
            "changes": lambda request, index, release: listings.changes(
                request, iri, release, index
            ),
            "openapi.json": lambda request, index, _: send_json(
                request, index, describe(self.catalogue), {}
            ),
        }
        return [
            Route(f"{base}api/{path}", self._handle(answer), methods=["GET"])
            for path, answer in answers.items()
        ]

    def index(self, release: Release) -> Index:
        """The index of a release, read once. Raises Refusal where it has none."""
        with self._lock:
            if self._index is None or self._index[0] is not release:
                path = release.folder / INDEX
                if not path.is_file():
                    raise Refusal(
                        503,
                        "Cette version du catalogue n'a pas d'index : publiez-la de nouveau.",
                        "This release of the catalogue has no index: publish it again.",
                        headers={"Retry-After": "60"},
                    )
                self._index = release, Index(path)
            return self._index[1]

    def _handle(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        def work(request: Request) -> Response:
            release = self.pages.require_release()
            return answer(request, self.index(release), release)

        async def handle(request: Request) -> Response:
            return await self.threads.work(request, lambda: work(request))

        return handle
