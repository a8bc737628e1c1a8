"""Turns at what few may have at once."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from red_catalog.serve.turns import Turns


def test_who_asks_for_much_is_in_nobodys_way() -> None:
    """A client that has its turn waits for the next, while another one gets its own at once."""

    async def try_it() -> None:
        turns = Turns(2, 3)
        async with turns.take("198.51.100.1", 1):
            more = [asyncio.create_task(_hold(turns, "198.51.100.1")) for _ in range(3)]
            await asyncio.sleep(0)
            async with turns.take("198.51.100.2", 0.5):
                assert not any(one.done() for one in more)
        await asyncio.gather(*more)

    asyncio.run(try_it())


def test_too_many_that_wait_are_refused_at_once() -> None:
    """Beyond its measure of waiting requests a client is not let in to wait; later it is."""

    async def try_it() -> None:
        turns = Turns(2, 0)
        async with turns.take("198.51.100.1", 1):
            with pytest.raises(TimeoutError):
                await _hold(turns, "198.51.100.1")
        await _hold(turns, "198.51.100.1")

    asyncio.run(try_it())


def test_a_turn_that_does_not_come_in_time_is_given_up() -> None:
    """Where all turns are taken, who waits too long gives up, and nothing stays taken."""

    async def try_it() -> None:
        turns = Turns(1, 3)
        async with turns.take("198.51.100.1", 1):
            with pytest.raises(TimeoutError):
                await _hold(turns, "198.51.100.2", 0.05)
        async with AsyncExitStack() as held:
            await held.enter_async_context(turns.take("198.51.100.2", 1))

    asyncio.run(try_it())


async def _hold(turns: Turns, client: str, seconds: float = 5) -> None:
    async with turns.take(client, seconds):
        await asyncio.sleep(0)
