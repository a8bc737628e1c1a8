"""What an answer says of its own time."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from starlette.requests import Request

from red_catalog.serve.oai.endpoint import OaiEndpoint
from red_catalog.serve.threads import Threads
from red_catalog.store.stamps import stamp
from tests.publish import records


def test_an_answer_is_no_later_than_the_release_that_it_tells_of(tmp_path: Path) -> None:
    """Whoever goes on from there hears of what was switched to meanwhile."""
    taken: list[str] = []

    def take() -> None:
        taken.append(stamp(datetime.now(UTC)))
        time.sleep(1.1)

    pages: Any = SimpleNamespace(require_release=take)
    index: Any = lambda _: None  # noqa: E731
    endpoint = OaiEndpoint(records.config(tmp_path).catalogue, pages, index, Threads(4))
    scope = {"type": "http", "method": "GET", "query_string": b"verb=Nothing"}
    answer = bytes(asyncio.run(endpoint.handle(Request(scope))).body).decode()
    assert answer.split("<responseDate>")[1][:20] <= taken[0]
