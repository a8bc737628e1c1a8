"""The counter of the register, while another process writes in it."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.register.desk import Desk
from red_catalog.register.migrations import MIGRATIONS
from red_catalog.register.pen import writing
from red_catalog.serve.holders.counter import Counter
from red_catalog.serve.request.refusal import Refusal

NOW = datetime(2029, 3, 26, 12, tzinfo=UTC)


def test_who_comes_while_the_register_is_written_is_asked_to_come_again(tmp_path: Path) -> None:
    """A client is told to try again (503), not that the server is broken."""
    initialise(tmp_path)
    settings = config.load(tmp_path / "red.toml")

    async def knock() -> None:
        counter = Counter(settings)
        try:
            await counter.work(lambda desk: desk._db.execute("PRAGMA busy_timeout = 1"))
            with Desk.open(settings.register) as other, writing(other._db):
                await counter.work(lambda desk: desk.create_token("body", ("read",), None, NOW))
        finally:
            await counter.close()

    with pytest.raises(Refusal, match="try again") as raised:
        asyncio.run(knock())
    assert (raised.value.status, raised.value.headers["Retry-After"]) == (503, "30")


def test_no_key_waits_for_what_reads_much(tmp_path: Path) -> None:
    """A dashboard of thousands of datasets takes seconds; hand-ins go on meanwhile."""
    initialise(tmp_path)
    end = threading.Event()

    async def knock() -> list[object]:
        counter = Counter(config.load(tmp_path / "red.toml"))
        reading = asyncio.create_task(counter.read(lambda _: end.wait(30)))
        try:
            async with asyncio.timeout(20):
                created = await counter.work(
                    lambda desk: desk.create_token("body", ("read",), None, NOW)
                )
            end.set()
            assert await reading
            return [await counter.read(lambda desk: desk.tokens()), [created[0]]]
        finally:
            end.set()
            await counter.close()

    read, written = asyncio.run(knock())
    assert read == written


def test_what_was_written_into_a_register_that_was_moved_is_not_confirmed(tmp_path: Path) -> None:
    """Whoever hands something in while a backup is restored is asked to come again (503)."""
    initialise(tmp_path)
    settings = config.load(tmp_path / "red.toml")

    def move(desk: Desk) -> str:
        settings.register.rename(tmp_path / "aside.db")
        return desk.create_token("body", ("read",), None, NOW)[1]

    async def knock() -> None:
        counter = Counter(settings)
        try:
            await counter.work(move)
        finally:
            await counter.close()

    with pytest.raises(Refusal, match="is not in its place") as raised:
        asyncio.run(knock())
    assert raised.value.status == 503


def test_a_register_that_a_newer_program_has_changed_is_left_alone(tmp_path: Path) -> None:
    """A server that still runs after an upgrade answers keys with 503, and writes nothing."""
    initialise(tmp_path)
    settings = config.load(tmp_path / "red.toml")

    async def knock() -> None:
        counter = Counter(settings)
        try:
            await counter.work(lambda desk: desk.tokens())
            with Desk.open(settings.register) as other:
                other._db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
            await counter.work(lambda desk: desk.create_token("body", ("read",), None, NOW))
        finally:
            await counter.close()

    with pytest.raises(Refusal, match="try again later") as raised:
        asyncio.run(knock())
    assert raised.value.status == 503


def test_a_register_of_no_use_is_told_once_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever comes with a key is told to come later (503); nothing went wrong inside."""
    initialise(tmp_path)
    settings = config.load(tmp_path / "red.toml")
    settings.register.parent.mkdir(parents=True, exist_ok=True)
    settings.register.write_bytes(b"PK" * 4096)

    async def knock() -> list[Refusal]:
        counter, refused = Counter(settings), []
        for _ in range(2):
            with pytest.raises(Refusal) as raised:
                await counter.work(lambda desk: desk.tokens())
            refused.append(raised.value)
        await counter.close()
        return refused

    assert [(one.status, "try again later" in str(one)) for one in asyncio.run(knock())] == [
        (503, True), (503, True)
    ]  # fmt: skip
    (record,) = caplog.records
    assert str(settings.register) in record.getMessage()
