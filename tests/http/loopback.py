"""Real servers on the loopback address."""

import http.server
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from red_catalog.model import Source

Handler = http.server.BaseHTTPRequestHandler
Route = Callable[[Handler], None]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@dataclass
class Site:
    """A server with its routes, and what was asked of it."""

    routes: dict[str, Route]
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    port: int = 0
    server: http.server.HTTPServer | None = None
    log: Path | None = None

    @property
    def host(self) -> str:
        """What `allow_hosts` calls it."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return f"http://{self.host}{path}"

    def source(self, path: str, **facts: object) -> Source:
        """A source at this path, allowed to lead to this server."""
        known = {"allow_hosts": (self.host,), **facts}
        return Source("chu-lille", "chu-lille", "dcat", self.url(path), **known)  # type: ignore[arg-type]

    def paths(self) -> list[str]:
        """The documents asked for, without the robots.txt that comes first."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        """Stops the server."""
        assert self.server is not None
        self.server.shutdown()
        self.server.server_close()


def start(routes: dict[str, Route]) -> Site:
    """A server with these routes, in threads of this process."""
    site = Site(routes)

    class Answering(Handler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # as servers have it: an answer's end waits for nobody

        def do_GET(self) -> None:  # noqa: N802  # the name that http.server calls
            site.asked.append((self.path, dict(self.headers)))
            try:
                site.routes.get(self.path, _absent)(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """A connection that the harvester broke is no error of the test."""

    site.server = Server(("127.0.0.1", 0), Answering)
    site.port = site.server.server_port
    threading.Thread(target=site.server.serve_forever, args=(0.05,), daemon=True).start()
    return site


def answer(body: bytes, code: int = 200, /, **headers: str) -> Route:
    """A route that gives the same whole answer each time.

    `Content_Type` stands for Content-Type; a header given wins.
    """
    known = {"Content_Type": "text/turtle", "Content_Length": str(len(body)), **headers}

    def route(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in known.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return route


def _absent(handler: Handler) -> None:
    answer(b"no", 404)(handler)
