"""Connections that nobody can hold open: uvicorn's, with bounds on time and number.

A head, a body and the taking of an answer each have their time; who sends or reads a byte now
and then (slowloris) is cut off. A refusal below HTTP is a sentence too.
"""

import asyncio
import sys
from collections import Counter
from typing import ClassVar, Final

import h11
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol

from red_catalog.serve.request.clients import name_client

HEAD_SECONDS: Final = 15.0  # from the opening, or the first byte after an answer
BODY_SECONDS: Final = 60.0
READ_SECONDS: Final = 60.0  # in which a client must take what the system has no more room for
MOST: Final = 4_000  # at once
OF_ONE: Final = 500  # of one client, save for proxies that are believed
HEAD_BYTES: Final = 131_072  # a query in a URL may take three bytes for each of its own
_BROKEN: Final = (
    400,
    "La requête n'est pas du HTTP/1.1 correct.",
    "The request is not correct HTTP/1.1.",
)
_TOO_LONG: Final = (
    431,
    f"L'adresse et les en-têtes dépassent {HEAD_BYTES} octets : envoyez la requête par POST.",
    f"Address and headers are over {HEAD_BYTES} bytes: send the query by POST.",
)
_LATE: Final = (
    408,
    "La requête n'est pas arrivée à temps : recommencez.",
    "The request did not arrive in time: try again.",
)
_FULL: Final = (
    503,
    "Trop de connexions sont ouvertes : réessayez dans un instant.",
    "Too many connections are open: try again in a moment.",
)
_REASONS: Final = {400: "Bad Request", 408: "Request Timeout", 503: "Service Unavailable",
                   431: "Request Header Fields Too Large"}  # fmt: skip


class Connection(H11Protocol):
    """One connection; what it waits for of its client has a time."""

    _timer: asyncio.TimerHandle | None = None
    _awaited: object = None
    _reading: asyncio.TimerHandle | None = None
    _open: ClassVar[Counter[str]] = Counter()
    _counted: str | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Waits for a head, or refuses one connection too many."""
        super().connection_made(transport)
        # Else the last 64 KB of an answer would wait for their reader for ever.
        transport.set_write_buffer_limits(high=0)
        if self._is_beyond() or len(self.connections) > MOST:
            self._refuse(*_FULL)
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Takes in bytes, and waits for what is still to come."""
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits for nothing any more."""
        self._stop()
        self._uncount()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client has much to read: it gets some time for it."""
        super().pause_writing()
        self._reading = self._reading or self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has read."""
        if self._reading:
            self._reading.cancel()
            self._reading = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Refuses what is not HTTP, or has too long a head."""
        error = sys.exception()
        long = isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431
        self._refuse(*(_TOO_LONG if long else _BROKEN))

    def _is_beyond(self) -> bool:
        """Counts the connection for its client; tells whether that has too many."""
        host, app = self.client[0] if self.client else "", self.config.loaded_app
        if isinstance(app, ProxyHeadersMiddleware) and host in app.trusted_hosts:
            return False  # it speaks for many
        self._counted = name_client(host)
        self._open[self._counted] += 1
        return self._open[self._counted] > OF_ONE

    def _uncount(self) -> None:
        if self._counted is not None:
            self._open[self._counted] -= 1
            if not self._open[self._counted]:
                del self._open[self._counted]
            self._counted = None

    def _wait(self) -> None:
        state = self.conn.their_state
        if state is self._awaited:
            return
        self._stop()
        seconds = {h11.IDLE: HEAD_SECONDS, h11.SEND_BODY: BODY_SECONDS}.get(state)
        if seconds and not self.transport.is_closing():
            self._awaited = state
            self._timer = self.loop.call_later(seconds, self._give_up)

    def _stop(self) -> None:
        self._awaited = None
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        if self.conn.their_state is not self._awaited or self.transport.is_closing():
            return
        self._refuse(*_LATE)

    def _refuse(self, status: int, fr: str, en: str) -> None:
        """Says why and closes; only closes where an answer has begun."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            body = f"{fr}\n{en}\n".encode()
            head = (
                f"HTTP/1.1 {status} {_REASONS[status]}\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        self.transport.close()
