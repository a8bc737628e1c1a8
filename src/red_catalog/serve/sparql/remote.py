"""SPARQL from a remote store instead of the release's own: the same guards stand before it."""

import asyncio
import io
import logging
import os
import re
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from red_catalog.config import Config
from red_catalog.http import Answer, Sender, Unsent, user_agent
from red_catalog.model import Target
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sparql.extensions import refuse_extensions
from red_catalog.serve.sparql.failures import busy, too_large, too_long
from red_catalog.serve.sparql.formats import TABLES
from red_catalog.serve.sparql.pool import Pool
from red_catalog.serve.sparql.worker_process import Spooled, StartError
from red_catalog.store.answer import Question
from red_catalog.store.relaying import UnreadableError, relay
from red_catalog.targets.answers import quote

_TABLES: Final = frozenset(written for written, _ in TABLES.values())
_JSON: Final = "application/sparql-results+json"
_FORM: Final = "application/x-www-form-urlencoded"
# Virtuoso says so with a 500, as it does of conversions that fail and of what it cannot compile.
_LATE: Final = re.compile(r"S1T00|timed? ?out", re.IGNORECASE)
_PART: Final = "S1TAT"  # with a 200: what was found until then
_FAULTY: Final = re.compile(r"Virtuoso (?:22|37|42)\w{3} Error")
_LOG: Final = logging.getLogger(__name__)


class RemoteStore:
    """What stands in the place of the pool of workers."""

    def __init__(self, config: Config, target: Target) -> None:
        self.limits = config.sparql
        self.snapshot = f"remote:{target.id}"
        self._grammar = Pool(Path(os.devnull), replace(config.sparql, workers=1))
        self._target = target
        self._agent = user_agent(config.catalogue.contact)
        self._turns = asyncio.Semaphore(config.sparql.workers)

    @property
    def is_ready(self) -> bool:
        """Whether queries can be read."""
        return self._grammar.is_ready

    @property
    def is_sealed(self) -> bool:
        """Whether those that read queries cannot reach the network."""
        return self._grammar.is_sealed

    @property
    def replaced(self) -> int:
        """How many of those that read queries were replaced."""
        return self._grammar.replaced

    def processes(self) -> list[int]:
        """The processes that read queries."""
        return self._grammar.processes()

    async def start(self) -> None:
        """Starts what reads queries."""
        try:
            await self._grammar.start()
        except StartError as error:  # it is tried again
            _LOG.error("No SPARQL query can be read: %s.", error)

    async def close(self) -> None:
        """Waits for the queries that are read, then ends what reads them."""
        await self._grammar.close()

    async def ask(self, question: Mapping[str, Any]) -> Spooled:
        """The store's answer to one question. Raises Refusal where there is none.

        What goes there has been read as SPARQL 1.1: stores have other things in their languages.
        """
        refuse_extensions(question["query"])
        (await self._grammar.ask(question)).content.close()
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._turns.acquire()
        except TimeoutError:
            raise busy() from None
        try:
            return await _to_the_end(asyncio.to_thread(self._ask, question))
        finally:
            self._turns.release()

    def _ask(self, question: Mapping[str, Any]) -> Spooled:
        form = [("query", question["query"])]
        for name, key in (("default-graph-uri", "default_graphs"),
                          ("named-graph-uri", "named_graphs")):  # fmt: skip
            form += [(name, one) for one in question[key] or ()]
        table = question["media_type"] in _TABLES
        headers = {"Content-Type": _FORM, "Accept": _JSON if table else "application/n-triples"}
        seconds, most = self.limits.seconds, 2 * question["size"]
        with Sender(self._target.place(), self._agent, seconds=seconds, most=most,
                    sleep=lambda _: None) as sender:  # fmt: skip
            url = self._target.options["query"]
            answer = sender.send("POST", url, headers, urlencode(form).encode())
        if isinstance(answer, Unsent) or answer.status != 200:
            raise self._explain(answer)
        if answer.headers.get("X-SQL-State", "").strip() == _PART:
            raise too_long(None)
        try:
            found = relay(answer.content, _within(Question(**question), answer), table=table)
        except UnreadableError:
            raise _unwell("Réponse illisible.", "Unreadable answer.") from None
        return Spooled(io.BytesIO(found.content), len(found.content), found.truncated)

    def _explain(self, answer: Answer | Unsent) -> Refusal:
        """Why there is no answer: the store's words are told of a query's faults, else logged."""
        if isinstance(answer, Unsent):
            if answer.code == "deadline":
                return too_long(self.limits.seconds)
            if answer.code == "too-large":
                return too_large()
            _LOG.warning("The store %s: %s", self._target.id, answer.reason["en"])
            return _unwell(answer.reason["fr"], answer.reason["en"])
        told = quote(answer.content)
        if answer.status >= 500 and _LATE.search(told):
            return too_long(None)
        if answer.status == 400 or _FAULTY.match(told):
            return Refusal(400, f"Requête refusée : {told}", f"Query refused: {told}")
        _LOG.warning("The store %s answers %d: %s", self._target.id, answer.status, told)
        return _unwell(f"Réponse {answer.status}.", f"Answer {answer.status}.")


def _within(question: Question, answer: Answer) -> Question:
    """The question, for less than the rows after which the store cut its answer, if it did."""
    most = answer.headers.get("X-SPARQL-MaxRows", "").strip()
    if not (most.isascii() and most.isdecimal()):
        return question
    return replace(question, rows=min(question.rows, max(int(most) - 1, 0)))


async def _to_the_end(asking: Coroutine[None, None, Spooled]) -> Spooled:
    """The answer; where the client leaves, its turn is kept until the store has been left, too.

    The store still works for it: else whoever asks and leaves has it work without bound.
    """
    thread = asyncio.ensure_future(asking)
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        with suppress(Refusal):
            await thread
        raise


def _unwell(fr: str, en: str) -> Refusal:
    return Refusal(
        502,
        f"Le service SPARQL ne répond pas comme il faut. {fr}",
        f"The SPARQL service does not answer as it should. {en}",
        headers={"Retry-After": "30"},
    )
