"""A form that was sent, read within bounds and beside the event loop.

Of its Content-Type only the boundary counts: text is UTF-8. In some of the encodings that a client
could name, reading takes a time that grows with the square of the length.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from red_catalog.serve.request.bodies import named_type, read_body
from red_catalog.serve.request.refusal import Refusal

MULTIPART: Final = "multipart/form-data"
FORMS: Final = (MULTIPART, "application/x-www-form-urlencoded")
ENCODED: Final = 262_144  # bytes of a form in one line, each of which may have to be decoded
_ROOM: Final = 65_536  # for the heads of the fields, and for those that are short
_HEADER: Final = 500  # characters of a Content-Type: splitting it takes the square of its length
_BOUNDARY: Final = re.compile(r"[\w'()+,./:=? -]{1,70}", re.ASCII)  # RFC 2046, 5.1.1


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a form; its name is empty where none was chosen."""

    name: str
    media_type: str | None
    content: bytes


Fields = list[tuple[str, str | Upload]]
Work = Callable[[Callable[[], Fields]], Awaitable[Fields]]
"""What takes a form apart beside the event loop."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a form may hold: bytes of all its content, fields, files."""

    size: int
    fields: int
    files: int = 0


async def receive_form(request: Request, bounds: Bounds, work: Work = run_in_threadpool) -> Fields:
    """The fields in their order. Raises Refusal for what is too large or no form."""
    header = request.headers.get("content-type", "")
    if named_type(header)[0] != MULTIPART:
        body = await _read_encoded(request, bounds.size)
        return await work(lambda: _split(body, bounds))
    boundary = _find_boundary(header)
    if boundary is None:
        raise _unreadable(bounds)
    body = await read_body(request, bounds.size + _ROOM, bounds.size)
    return await work(lambda: asyncio.run(_take_apart(body, boundary, bounds)))


async def _read_encoded(request: Request, size: int) -> bytes:
    try:
        return await read_body(request, min(size + _ROOM, ENCODED), size)
    except Refusal as refusal:
        if refusal.status != 413 or size <= ENCODED:
            raise
        raise Refusal(
            413,
            f"Un formulaire de ce type va jusqu'à {ENCODED} octets : envoyez-le en {MULTIPART}, ou"
            " raccourcissez-le.",
            f"A form of this type takes up to {ENCODED} bytes: send it as {MULTIPART}, or shorten"
            " it.",
            headers=refusal.headers,
        ) from None


def _split(body: bytes, bounds: Bounds) -> Fields:
    text = body.decode("utf-8", "replace")
    try:
        return [*parse_qsl(text, keep_blank_values=True, max_num_fields=bounds.fields)]
    except ValueError:
        raise _unreadable(bounds) from None


async def _take_apart(body: bytes, boundary: str, bounds: Bounds) -> Fields:
    async def stream() -> AsyncGenerator[bytes]:
        yield body

    parser = MultiPartParser(
        Headers({"content-type": f'{MULTIPART}; boundary="{boundary}"'}), stream(),
        max_files=bounds.files, max_fields=bounds.fields, max_part_size=len(body),
    )  # fmt: skip
    parser.spool_max_size = len(body) + 1  # it is in memory already
    try:
        items = (await parser.parse()).multi_items()
    except MultiPartException:
        raise _unreadable(bounds) from None
    return [(name, await _take(value)) for name, value in items]


async def _take(value: str | UploadFile) -> str | Upload:
    if isinstance(value, str):
        return value
    content = await value.read()
    await value.close()
    return Upload(value.filename or "", value.content_type, content)


def _find_boundary(header: str) -> str | None:
    if len(header) > _HEADER:
        return None
    head = Message()
    head["Content-Type"] = header
    boundary = head.get_boundary() or ""
    return boundary if _BOUNDARY.fullmatch(boundary) else None


def _unreadable(bounds: Bounds) -> Refusal:
    return Refusal(
        400,
        "Le formulaire ne peut pas être lu : il doit être complet, de"
        f" {bounds.fields} champs nommés au plus (fichiers : {bounds.files} au plus).",
        "The form cannot be read: it must be whole, of"
        f" {bounds.fields} named fields at most (files: {bounds.files} at most).",
    )
