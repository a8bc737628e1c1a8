"""Running the web server."""

import logging
import socket

import uvicorn

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.serve.app import create_app
from red_catalog.serve.records import LOG
from red_catalog.serve.releases import Releases

GRACE = 30  # seconds that requests under way are given when the server is stopped
HEAD_BYTES = 131_072  # a query in a URL may take three bytes for each of its own


def serve(config: Config, host: str, port: int) -> None:
    """Serves the live release until interrupted. Raises RedError where it cannot start."""
    if Releases(config.public).current() is None:
        raise RedError(f"There is no release in {config.public} yet: run `red-catalog run` first.")
    if config.serve.access_log:
        _log_to_stderr()
    with listen(host, port) as listener:
        make_server(config).run(sockets=[listener])


def _log_to_stderr() -> None:
    """A line of JSON a request."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def make_server(config: Config) -> uvicorn.Server:
    """The server, not started. Trusts X-Forwarded-For of a proxy on this machine only."""
    return uvicorn.Server(
        uvicorn.Config(
            create_app(config),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="on",
            access_log=False,  # addresses are personal data
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            h11_max_incomplete_event_size=HEAD_BYTES,
        )
    )


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
