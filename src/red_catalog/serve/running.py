"""Running the web server."""

import logging
import os
import resource
import signal
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from red_catalog import parents
from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.http import check_secrets
from red_catalog.publish.dataset.problems import Explain
from red_catalog.serve.app import create_app
from red_catalog.serve.connections import HEAD_BYTES, Connection
from red_catalog.serve.holders.counter import Clock, now
from red_catalog.serve.records import LOG
from red_catalog.serve.releases import Releases

GRACE = 30  # seconds that requests under way are given when the server is stopped
_FILES = 65_536


def serve(config: Config, explain: Explain, host: str, port: int, processes: int = 1) -> None:
    """Serves the live release until interrupted. Raises RedError where it cannot start.

    `explain`: what gives the problems that pages tell.
    """
    if config.sparql.remote:
        # Every query would fail, and each of several processes begin again and again.
        check_secrets(config.target(config.sparql.remote).place())
    if Releases(config.public).current() is None:
        raise RedError(f"There is no release in {config.public} yet: run `red-catalog run` first.")
    _open_many_files()
    with listen(host, port) as listener:
        if processes > 1:
            _serve_beside(config, explain, listener, processes)
            return
        if config.serve.access_log:
            _log_to_stderr()
        server = make_server(config, explain)
        _end_on_hangup(server)
        # The server's own way: it lets answers end before it does.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        server.run(sockets=[listener])


def make_server(config: Config, explain: Explain, clock: Clock = now) -> uvicorn.Server:
    """The server, not started."""
    return uvicorn.Server(_settings(create_app(config, explain, clock=clock)))


def _end_on_hangup(server: uvicorn.Server) -> None:
    """A terminal that is closed ends the server as SIGTERM does; nohup keeps it."""
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, server.handle_exit)


def _serve_beside(
    config: Config, explain: Explain, listener: socket.socket, processes: int
) -> None:
    """Several processes on one socket; one that dies is replaced."""
    with TemporaryDirectory(prefix="red-catalog-") as folder:
        settings = _settings(partial(_build, config, explain, Path(folder)), processes)
        Multiprocess(settings, sockets=[listener]).run()


def _settings(app: Starlette | Callable[[], Starlette], processes: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=processes > 1,
        workers=processes,
        loop="asyncio",
        http=Connection,
        ws="none",
        lifespan="on",
        access_log=False,  # addresses are personal data
        log_level="warning",
        server_header=False,
        forwarded_allow_ips=_proxies(),
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )


def _proxies() -> list[str]:
    """Whose X-Forwarded-For is believed: this machine's, and what FORWARDED_ALLOW_IPS names."""
    named = os.environ.get("FORWARDED_ALLOW_IPS", "").split(",")
    # The third is what a socket of both kinds calls the first.
    return ["127.0.0.1", "::1", "::ffff:127.0.0.1", *filter(None, map(str.strip, named))]


def _build(config: Config, explain: Explain, shared: Path) -> Starlette:
    """The application, in the process that serves it."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # it is for the parent
    parents.follow(signal.SIGTERM)  # else it would keep the port
    if config.serve.access_log:
        _log_to_stderr()
    return create_app(config, explain, shared)


def _log_to_stderr() -> None:
    """A line of JSON a request."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def _open_many_files() -> None:
    """As many as the system permits: each connection is one, and 1,024 are soon gone."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises RedError for a port that is taken or not permitted."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise RedError(f"The address {host} cannot be used: {error.strerror}.") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise RedError(
            f"Port {port} of {host} cannot be used ({error.strerror}): choose another with --port."
        ) from None
    return listener
