"""Checks whose process does not start, and reports that are too long."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from red_catalog import config
from red_catalog.model import Document, Source
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.serve import examining
from red_catalog.serve.examining import Examiners
from red_catalog.serve.holders import foreseeing
from red_catalog.serve.request.refusal import Refusal

GIVEN = Document("a.ttl", b"", "text/turtle")
WANTED: dict[str, Any] = {
    "beside": [], "profiles": ["healthdcat-ap-8"], "output": "json", "lang": "fr",
}  # fmt: skip


@pytest.fixture
def examiners(tmp_path: Path) -> Examiners:
    """Those of a new catalogue."""
    initialise(tmp_path)
    return Examiners(config.load(tmp_path / "red.toml"))


def refuse(examiners: Examiners, given: Document = GIVEN) -> Refusal:
    """What is answered to who has a document checked."""

    async def ask() -> None:
        try:
            await examiners.ask(given, WANTED, "198.51.100.1")
        finally:
            await examiners.close()

    with pytest.raises(Refusal) as raised:
        asyncio.run(ask())
    return raised.value


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("/missing/python",), "No such file or directory"),
        (("/bin/sh", "-c", "echo Traceback >&2; echo Errno 12. >&2; exit 1"), ": Errno 12."),
        (("/bin/sh", "-c", "exit 7"), "it ended with 7."),
        (("/bin/sleep", "60"), "it was not ready after 0.2 s."),
    ],
)
def test_where_none_starts_the_log_says_why_and_who_asks_is_told(
    examiners: Examiners, command: tuple[str, ...], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A 503 with when to come again, each time; the log tells it once a minute."""
    examiners._command = command  # type: ignore[assignment]
    examiners._seconds = 0.2 if command[0] == "/bin/sleep" else 30
    with caplog.at_level(logging.ERROR, "red_catalog.serve.examining"):
        refused = refuse(examiners)
        refuse(examiners)
    assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
    assert refused.message["fr"].startswith("Les vérifications ne peuvent pas commencer")
    (told,) = caplog.messages
    assert told.startswith("No examiner starts: ")
    assert said in told


def test_a_report_longer_than_a_server_can_keep_is_refused(examiners: Examiners) -> None:
    """Some kilobytes of datasets that lack everything would make a report of megabytes."""
    lines = "".join(
        f"<https://chu-lille.exemple.fr/jeu/{n}> a <http://www.w3.org/ns/dcat#Dataset> .\n"
        for n in range(400)
    )
    refused = refuse(examiners, Document("a.ttl", lines.encode(), "text/turtle"))
    assert refused.status == 503
    assert "le rapport serait trop long" in refused.message["fr"]


@pytest.mark.parametrize("trouble", [TimeoutError(), OSError()])
def test_one_description_that_is_too_much_is_the_fault_of_who_hands_it_in(
    examiners: Examiners, monkeypatch: pytest.MonkeyPatch, trouble: OSError
) -> None:
    """A 413 that says to make it lighter: neither to send fewer, nor to come again."""

    async def overrun(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(examining, "_exchange", overrun)
    source = Source("depot", "chu-lille", "ingest", "")

    async def ask() -> None:
        try:
            given = foreseeing.Given(source, GIVEN, None)
            await foreseeing._ask(examiners, given, WANTED)
        finally:
            await examiners.close()

    with pytest.raises(Refusal) as raised:
        asyncio.run(ask())
    assert raised.value.status == 413
    assert "allégez-la" in raised.value.message["fr"]
