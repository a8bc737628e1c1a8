"""Turns at what few may have at once: one for each client, so that nobody takes them all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Own:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    count: int = 0


class Turns:
    """`at_once` turns in all; a client has one, and so many requests `waiting` for it."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._waiting = waiting
        self._own: dict[str, _Own] = {}

    @asynccontextmanager
    async def take(self, client: str, seconds: float | None) -> AsyncIterator[None]:
        """Raises TimeoutError where the turn does not come in time, or too many wait for it."""
        own = self._own.setdefault(client, _Own())
        if own.count > self._waiting:
            raise TimeoutError
        own.count += 1
        try:
            async with AsyncExitStack() as turn:
                async with asyncio.timeout(seconds):
                    # Its own first: who waits for that is in nobody's way.
                    await turn.enter_async_context(own.lock)
                    await turn.enter_async_context(self._slots)
                yield
        finally:
            own.count -= 1
            if not own.count:
                del self._own[client]
