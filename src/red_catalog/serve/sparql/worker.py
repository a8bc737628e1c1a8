"""One SPARQL worker: `python -m red_catalog.serve.sparql.worker SNAPSHOT MEMORY SECONDS`.

With `/dev/null` as the snapshot it only reads queries, and runs none.
Reads questions as frames from standard input and writes answers to standard output. It is made
to be killed: the engine can be neither interrupted nor bounded from within.
"""

import json
import math
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from red_catalog.serve import frames
from red_catalog.serve.sparql.confinement import limit_resources, seal_network

if TYPE_CHECKING:  # the engine is loaded once the network is sealed
    from red_catalog.store.answer import Answer

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SMALL = 65_536  # bytes of an answer that goes in one frame
_GRACE = 5  # seconds after which a worker ends itself, should the server no longer be there


def main() -> None:
    """Serves questions until standard input ends."""
    folder, memory, seconds = sys.argv[1:]
    sealed = seal_network()  # before the engine is loaded: it starts threads
    from red_catalog.store.answer import Question, answer, read  # noqa: PLC0415
    from red_catalog.store.embedded import open_read_only  # noqa: PLC0415

    snapshot = None if folder == os.devnull else open_read_only(Path(folder))
    limit_resources(int(memory))
    frames.fall_silent()
    questions, out = sys.stdin.buffer, sys.stdout.buffer
    _send(out, frames.READY, {"sealed": sealed})
    while frame := frames.read_frame(questions):
        signal.alarm(math.ceil(float(seconds)) + _GRACE)
        try:
            question = Question(**json.loads(frame[1]))
            found = answer(snapshot, question) if snapshot else read(question)
        except MemoryError:
            _send(out, frames.TROUBLE, {"code": "memory"})
            return
        except Exception as error:  # noqa: BLE001 (the query's fault: told to the client)
            _send(out, frames.TROUBLE, _explain(error))
        else:
            _send_answer(out, found)
        signal.alarm(0)


def _send_answer(out: BinaryIO, found: "Answer") -> None:
    size = len(found.content)
    head = _told({"size": size, "truncated": found.truncated})
    if size <= _SMALL:
        frames.write_frame(out, frames.WHOLE, head + b"\n" + found.content)
        out.flush()
        return
    frames.write_frame(out, frames.HEAD, head)
    for piece in found.pieces():
        frames.write_frame(out, frames.DATA, piece)
    _send(out, frames.END, {})


def _send(out: BinaryIO, kind: int, content: dict[str, object]) -> None:
    frames.write_frame(out, kind, _told(content))
    out.flush()


def _told(content: dict[str, object]) -> bytes:
    """A message, with the seconds that this process has worked so far."""
    return json.dumps({**content, "worked": time.process_time()}).encode()


def _explain(error: Exception) -> dict[str, object]:
    place = _PLACE.match(str(error))
    if isinstance(error, SyntaxError) and place:
        line, column, detail = place.groups()
        return {"code": "syntax", "line": int(line), "column": int(column), "detail": detail}
    code = "syntax" if isinstance(error, SyntaxError) else "evaluation"
    return {"code": code, "detail": str(error)}


if __name__ == "__main__":
    main()
