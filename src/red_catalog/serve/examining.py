"""Examiners in processes of their own: started when first needed, killed when they overrun."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any, Final

from red_catalog.config import Config
from red_catalog.model import Document, Unreadable
from red_catalog.serve import frames
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.seldom import Seldom
from red_catalog.serve.turns import Turns

SECONDS: Final = 30.0
AT_ONCE: Final = 2
_WAITING: Final = 5  # requests of one client
_READING: Final = 20.0
_TELLING: Final = 60.0  # seconds after which the log says again that none starts
_LOG = logging.getLogger(__name__)


Given = Document | Unreadable | Sequence[Document]
"""What is to be checked: a document of RDF, or the spreadsheets of one declaration."""


class Examiners:
    """At most AT_ONCE processes that check documents, one of them for each client."""

    def __init__(self, config: Config, seconds: float = SECONDS) -> None:
        limits = replace(
            config.limits,
            document_bytes=min(config.limits.document_bytes, config.serve.check_bytes),
            document_seconds=min(config.limits.document_seconds, _READING),
        )
        self._command = (
            sys.executable, "-m", "red_catalog.serve.examiner",
            json.dumps(asdict(limits)), str(config.shapes),
        )  # fmt: skip
        self._seconds = seconds
        self._turns = Turns(AT_ONCE, _WAITING)
        self._idle: list[asyncio.subprocess.Process] = []
        self._telling = Seldom(_TELLING)

    async def ask(self, given: Given, wanted: Mapping[str, Any], client: str) -> bytes:
        """The report on what is given. Raises Refusal where it takes too long or too much."""
        asked, content = _ask(given)
        try:
            async with self._turns.take(client, self._seconds):
                return await self._ask({**asked, **wanted}, content)
        except TimeoutError:
            raise _busy() from None

    async def close(self) -> None:
        """Ends the examiners."""
        while self._idle:
            await _end(self._idle.pop())

    async def _ask(self, asked: Mapping[str, Any], content: bytes) -> bytes:
        process = self._idle.pop() if self._idle else None
        if process is None or process.returncode is not None:
            process = await self._begin()
        sound = False
        try:
            async with asyncio.timeout(self._seconds):
                kind, answer = await _exchange(process, asked, content)
            sound = True
        except TimeoutError:
            raise _too_long(self._seconds) from None
        except (asyncio.IncompleteReadError, OSError):
            raise _too_much() from None
        finally:
            if sound:
                self._idle.append(process)
            else:
                await asyncio.shield(_end(process))
        if kind == frames.LONG:
            raise _too_much()
        if kind == frames.TROUBLE:
            told = answer.decode()
            raise Refusal(400, told, told)
        return answer

    async def _begin(self) -> asyncio.subprocess.Process:
        """An examiner that is ready. Raises Refusal (503) where none starts."""
        try:
            return await self._start()
        except OSError as error:  # TimeoutError is one
            if self._telling.is_time():
                why = str(error) or f"it was not ready after {self._seconds:g} s"
                _LOG.error("No examiner starts: %s.", why)
            raise _unable() from None

    async def _start(self) -> asyncio.subprocess.Process:
        wanted = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL")
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,  # until it is ready
            env={name: os.environ[name] for name in wanted if name in os.environ},
            start_new_session=True,  # Ctrl-C is for the server, which then stops them
        )
        assert process.stdout
        try:
            async with asyncio.timeout(self._seconds):
                try:
                    await frames.receive_frame(process.stdout)
                except asyncio.IncompleteReadError:
                    raise OSError(await _last_words(process)) from None
        except BaseException:
            await asyncio.shield(_end(process))
            raise
        return process


def _ask(given: Given) -> tuple[dict[str, Any], bytes]:
    """What is given, as the examiner reads it: what to know of it, and its content."""
    if isinstance(given, Unreadable):
        problem = given.problem
        plain = asdict(replace(problem, message=dict(problem.message), fix=dict(problem.fix)))
        return {"unreadable": (given.location, plain)}, b""
    if isinstance(given, Document):
        return {"rdf": (given.location, given.media_type)}, given.content
    told = [(one.location, one.media_type, len(one.content)) for one in given]
    return {"sheets": told}, b"".join(one.content for one in given)


async def _exchange(
    process: asyncio.subprocess.Process, asked: Mapping[str, Any], content: bytes
) -> tuple[int, bytes]:
    assert process.stdin
    assert process.stdout
    head = json.dumps(asked).encode()
    whole = len(head).to_bytes(4, "big") + head + content
    process.stdin.write(frames.pack_frame(frames.QUESTION, whole))
    await process.stdin.drain()
    return await frames.receive_frame(process.stdout)


async def _last_words(process: asyncio.subprocess.Process) -> str:
    assert process.stderr
    said = (await process.stderr.read()).decode("utf-8", "replace").strip()
    return said.rpartition("\n")[2].rstrip(". ") or f"it ended with {await process.wait()}"


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.close()
    with suppress(OSError):
        await process.stdin.wait_closed()
    await process.wait()
    for pipe in (process.stdout, process.stderr):
        while await pipe.read(65_536):
            pass  # only at its end does the pipe close itself


def _busy() -> Refusal:
    return Refusal(
        503,
        "D'autres vérifications sont en cours : réessayez dans un instant.",
        "Other checks are going on: try again in a moment.",
        headers={"Retry-After": "10"},
    )


def _unable() -> Refusal:
    return Refusal(
        503,
        "Les vérifications ne peuvent pas commencer pour le moment : réessayez plus tard.",
        "Checks cannot begin at the moment: try again later.",
        headers={"Retry-After": "60"},
    )


def _too_long(seconds: float) -> Refusal:
    return Refusal(
        504,
        f"La vérification dépasse {seconds:g} s : envoyez moins de jeux de données à la fois.",
        f"The check takes over {seconds:g} s: send fewer datasets at once.",
    )


def _too_much() -> Refusal:
    return Refusal(
        503,
        "La vérification demande trop de mémoire, ou le rapport serait trop long : envoyez moins "
        "de jeux de données à la fois.",
        "The check needs too much memory, or the report would be too long: send fewer datasets at "
        "once.",
    )
