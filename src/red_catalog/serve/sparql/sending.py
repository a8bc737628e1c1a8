"""Answers on their way to their readers."""

from collections.abc import Mapping
from contextlib import ExitStack

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from red_catalog.serve.sparql.worker_process import Spooled


class SpoolResponse(Response):
    """An answer sent piece by piece from its spool, at the pace of its reader."""

    def __init__(self, spooled: Spooled, headers: Mapping[str, str], held: ExitStack) -> None:
        super().__init__(headers={**headers, "Content-Length": str(spooled.size)})
        self.spooled = spooled
        self.held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Sends the answer, closes the spool and lets go of what was held for it."""
        with self.held, self.spooled.content as content:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            while scope["method"] != "HEAD" and (piece := content.read(65_536)):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
