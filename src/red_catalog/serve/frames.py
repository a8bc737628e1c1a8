"""Length-prefixed frames between the server and a worker: one byte of kind, four of length."""

import os
import struct
import sys
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:  # workers start without it, and start often
    import asyncio

READY, WHOLE, HEAD, DATA, END, TROUBLE, QUESTION, LONG = b"RWHDETQL"
"""`WHOLE`: a small answer in one frame, what `HEAD` says and its content on the lines below;
`LONG`: instead of an answer that is longer than may be sent."""
_HEADER = struct.Struct(">BI")


def write_frame(stream: BinaryIO, kind: int, content: bytes | memoryview = b"") -> None:
    """Writes one frame to a blocking stream."""
    stream.write(_HEADER.pack(kind, len(content)))
    stream.write(content)


def pack_frame(kind: int, content: bytes) -> bytes:
    """One frame as bytes."""
    return _HEADER.pack(kind, len(content)) + content


def read_frame(stream: BinaryIO) -> tuple[int, bytes] | None:
    """Reads one frame from a blocking stream; None at its end."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    kind, length = _HEADER.unpack(header)
    return kind, stream.read(length)


async def receive_frame(stream: "asyncio.StreamReader") -> tuple[int, bytes]:
    """Reads one frame. Raises asyncio.IncompleteReadError where the stream ends."""
    kind, length = _HEADER.unpack(await stream.readexactly(_HEADER.size))
    return kind, await stream.readexactly(length)


def fall_silent() -> None:
    """Nobody reads standard error from now on: it must not fill up."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
