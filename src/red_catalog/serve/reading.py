"""Who reads the index has a turn at it, so that no client keeps the others, or pages, waiting."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from red_catalog.serve.request.clients import client_of
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.turns import Turns

AT_ONCE: Final = 4  # of the threads that pages are read by, too
WAITING: Final = 20  # requests of one client
_SECONDS: Final = 30.0
Answer = TypeVar("Answer")


class Readers:
    """At most AT_ONCE answers are made from the index at once, one of them for each client."""

    def __init__(self) -> None:
        self._turns = Turns(AT_ONCE, WAITING)

    async def read(self, request: Request, work: Callable[[], Answer]) -> Answer:
        """What comes of some work. Raises Refusal (503) where its turn does not come in time."""
        async with AsyncExitStack() as turn:
            try:
                await turn.enter_async_context(self._turns.take(client_of(request), _SECONDS))
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
