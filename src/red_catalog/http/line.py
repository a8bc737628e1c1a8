"""The connections of one thread to one source: checked addresses, one deadline."""

import socket
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.poolmanager import ProxyManager

from red_catalog.http.access import authorities, proxy
from red_catalog.http.defects import Refused
from red_catalog.http.guard import Resolve, check_address, resolve_within, server_of
from red_catalog.model import Source


class Line:
    """What one thread uses to reach one source. Nothing crosses from one to another.

    Neither a session nor its environment takes part: no cookie, no .netrc, no proxy, no
    redirect other than those the door decides.
    """

    def __init__(self, source: Source, find: Resolve) -> None:
        self._source = source
        self._find = find
        self._verify = authorities(source) or True
        self._adapter = _Adapter(self)
        self._proxy = proxy(source)
        self._proxy_server = _server(self._proxy) if self._proxy else None
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._end = 0.0
        self.expired = False

    def close(self) -> None:
        """Closes every connection, also those in use."""
        self._break()
        self._adapter.close()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Breaks whatever is connected after so many seconds, and says `expired`.

        Read timeouts start again at each byte, so that only a shut socket ends a slow drip.
        """
        self.expired = seconds <= 0
        self._end = time.monotonic() + seconds
        timer = threading.Timer(max(seconds, 0), self._break)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def get(self, request: requests.PreparedRequest) -> requests.Response:
        """The answer's headers; its body is still to be read."""
        proxies = {}
        if self._proxy:
            self._check_behind_proxy(request.url or "")
            proxies = {"http": self._proxy, "https": self._proxy}
        return self._adapter.send(
            request, stream=True, timeout=self._left(), verify=self._verify, proxies=proxies
        )

    def open(self, host: str, port: int) -> socket.socket:
        """A socket to a checked address of this host: resolved once, so it cannot change."""
        addresses = resolve_within(self._find, host, port, self._left())
        for address in addresses:
            self._check(address, host, port)
        for address in addresses:
            with suppress(OSError):
                opened = socket.create_connection((address, port), self._left())
                return self._check_peer(opened, host, port)
        raise ConnectionRefusedError(f"no address of {host} accepts a connection")

    def watch(self, opened: socket.socket | None) -> None:
        """Puts a socket under the deadline."""
        if opened is not None:
            self._sockets.add(opened)

    def _check_peer(self, opened: socket.socket, host: str, port: int) -> socket.socket:
        try:
            self._check(opened.getpeername()[0], host, port)
        except BaseException:
            opened.close()
            raise
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.watch(opened)
        return opened

    def _check(self, address: str, host: str, port: int) -> None:
        # The operator named the proxy: it may well stand at a private address.
        if (host, port) != self._proxy_server:
            check_address(address, host, port, self._source)

    def _check_behind_proxy(self, url: str) -> None:
        """Refuses a server that is known here to be private; the proxy connects to it."""
        server = server_of(url)
        try:
            addresses = resolve_within(self._find, server.host, server.port, self._left())
        except Refused:
            return  # behind a proxy, public names often cannot be resolved
        for address in addresses:
            check_address(address, server.host, server.port, self._source)

    def _left(self) -> float:
        return max(self._end - time.monotonic(), 0.001)

    def _break(self) -> None:
        self.expired = True
        for opened in list(self._sockets):
            with suppress(OSError):
                # The plain method: that of a TLS socket would turn it into a clear one.
                socket.socket.shutdown(opened, socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Connects through the line's own sockets, whatever the pool."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__()

    def init_poolmanager(
        self,
        connections: int,
        maxsize: int,
        block: bool = False,  # noqa: FBT001, FBT002  # the inherited signature
        **options: Any,
    ) -> None:
        """Makes the pools, of connections that the line opens."""
        super().init_poolmanager(connections, maxsize, block, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._line)

    def proxy_manager_for(self, proxy: str, **options: Any) -> ProxyManager:
        """The pools behind a proxy, of connections that the line opens."""
        manager: ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = dict(_pools(self._line))
        return manager


def _pools(line: Line) -> Mapping[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(line, self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(line, self)

        def connect(self) -> None:
            super().connect()
            line.watch(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _server(proxy: str) -> tuple[str, int]:
    parts = urlsplit(proxy)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _connect(line: Line, connection: HTTPConnection) -> socket.socket:
    try:
        return line.open(connection.host, connection.port or connection.default_port)
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error
