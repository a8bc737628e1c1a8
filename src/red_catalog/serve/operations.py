"""What operators and their programs ask: `health`, `ready`, `metrics`."""

import ipaddress
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from red_catalog.serve.records import gauge
from red_catalog.serve.releases import Releases
from red_catalog.serve.request.clients import read_address
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sharing import Counts
from red_catalog.serve.sparql.switch import Switch

_PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"
_UNCACHED: Final = {"Cache-Control": "no-store"}


class Operations:
    """Answers about the server itself."""

    def __init__(
        self, releases: Releases, switch: Switch, counts: Counts, watchers: Sequence[str]
    ) -> None:
        self.releases = releases
        self.switch = switch
        self.counts = counts
        self.watchers = [ipaddress.ip_network(one) for one in watchers]

    def routes(self, base: str) -> list[Route]:
        """The routes under a path."""
        return [
            Route(f"{base}health", self.health),
            Route(f"{base}ready", self.ready),
            Route(f"{base}metrics", self.metrics),
        ]

    async def health(self, _: Request) -> Response:
        """Whether the process answers."""
        return PlainTextResponse("ok\n", headers=_UNCACHED)

    async def ready(self, _: Request) -> Response:
        """Whether pages and queries can be answered."""
        if self._is_ready():
            return PlainTextResponse("ready\n", headers=_UNCACHED)
        return PlainTextResponse("not ready\n", 503, headers=_UNCACHED)

    async def metrics(self, request: Request) -> Response:
        """The counts, for the addresses that may have them."""
        if not self._may_watch(request):
            raise Refusal(404, "Cette page n'existe pas.", "There is no such page.")
        release = self.releases.current()
        records, (up, replaced) = self.counts.total()
        lines = records.write()
        lines += gauge("ready", "Whether pages and queries are answered.", self._is_ready())
        lines += gauge("sparql_workers", "SPARQL workers that are up.", up)
        lines += gauge("sparql_workers_replaced", "Workers ended on this release.", replaced)
        if release is not None:
            lines += gauge("datasets", "Datasets of the live release.", len(release.slugs))
            label = f'{{release="{release.folder.name}"}}'
            lines += gauge("release_info", "The live release.", 1, label)
        return Response("\n".join(lines) + "\n", headers=_UNCACHED, media_type=_PROMETHEUS)

    def _is_ready(self) -> bool:
        return self.switch.is_ready and self.releases.current() is not None

    def _may_watch(self, request: Request) -> bool:
        try:
            address = read_address(request.client.host if request.client else "")
        except ValueError:
            return False
        return any(address in network for network in self.watchers)
