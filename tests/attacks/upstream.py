"""The server that attacks point at: whatever it is asked for was either meant or is a leak."""

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.attacks import manifest

PORT = manifest.invariants().port
HOST = f"127.0.0.1:{PORT}"


@dataclass
class Upstream:
    """What is served by path, and every path that was asked for.

    `anywhere` answers the paths under `root`, as an endpoint with parameters does, where they
    contain `within`.
    """

    served: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    anywhere: tuple[bytes, str] | None = None
    within: str = ""
    root: str = "/"
    asked: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forgets everything, before the next attack."""
        self.served.clear()
        self.anywhere = None
        self.asked.clear()

    def strays(self) -> list[str]:
        """The requests that no test asked for."""
        meant = [path for path in self.asked if path not in {"/robots.txt", *self.served}]
        return [p for p in meant if not (self.anywhere and p.startswith(self.root))]


@contextmanager
def start() -> Iterator[Upstream]:
    """The server at the address that the corpus names."""
    upstream = Upstream()

    class Answering(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # the name that http.server calls
            upstream.asked.append(self.path)
            found = upstream.served.get(self.path)
            if found is None and self.path != "/robots.txt" and upstream.within in self.path:
                found = upstream.anywhere
            body, media_type = found or (b"no", "text/plain")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name that http.server calls

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """A connection that the harvester closed is no error of the test."""

    server = _bind(Server, Answering)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield upstream
    finally:
        server.shutdown()
        server.server_close()


def _bind(
    server: type[http.server.ThreadingHTTPServer], handler: type[http.server.BaseHTTPRequestHandler]
) -> http.server.ThreadingHTTPServer:
    # The address is the corpus's own: another test run may hold it for a while.
    for _ in range(600):
        try:
            with socket.create_server(("127.0.0.1", PORT)):
                pass
            return server(("127.0.0.1", PORT), handler)
        except OSError:
            time.sleep(0.1)
    return server(("127.0.0.1", PORT), handler)
