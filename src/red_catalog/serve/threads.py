"""Work beside the event loop has turns, so that no client keeps the others, or pages, waiting."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from red_catalog.serve.request.clients import client_of
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.turns import Turns

WAITING: Final = 20  # requests of one client
_SECONDS: Final = 30.0  # that a piece of work waits for its turn
Answer = TypeVar("Answer")
Handle = Callable[[Request], Awaitable[Response]]


class Threads:
    """At most `at_once` pieces of work at once, one of them for each client.

    Each waits for its turn so many `seconds`; None where all requests are admitted first.
    """

    def __init__(self, at_once: int, seconds: float | None = _SECONDS) -> None:
        self._turns = Turns(at_once, WAITING)
        self._seconds = seconds
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def admit(self, request: Request) -> Iterator[None]:
        """Lets in a request whose work comes in pieces, so that none is begun and then refused.

        Raises Refusal (503) where so many of its client are under way already.
        """
        client = client_of(request)
        if self._under_way[client] >= WAITING:
            raise _busy()
        self._under_way[client] += 1
        try:
            yield
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]

    def admitting(self, handle: Handle) -> Handle:
        """What handles requests, once they are let in."""

        async def admitted(request: Request) -> Response:
            with self.admit(request):
                return await handle(request)

        return admitted

    async def work(self, request: Request, work: Callable[[], Answer]) -> Answer:
        """What comes of some work. Raises Refusal (503) where its turn does not come in time."""
        async with AsyncExitStack() as turn:
            try:
                await turn.enter_async_context(self._turns.take(client_of(request), self._seconds))
            except TimeoutError:
                raise _busy() from None
            return await run_in_threadpool(work)


def _busy() -> Refusal:
    return Refusal(
        503,
        "Trop de vos demandes sont en cours : réessayez dans un instant.",
        "Too many of your requests are going on: try again in a moment.",
        headers={"Retry-After": "5"},
    )
