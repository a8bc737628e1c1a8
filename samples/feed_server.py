"""Serves the paged feed of the sample holders: python samples/feed_server.py [FOLDER]."""  # noqa: INP001

import hashlib
import socket
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

HOST: Final = "127.0.0.1"
PORT: Final = 8765
MEDIA_TYPES: Final = {
    ".ttl": "text/turtle; charset=utf-8",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
}
_PLAIN: Final = "text/plain; charset=utf-8"


def make_server(folder: Path, listener: socket.socket) -> ThreadingHTTPServer:
    """A server of the RDF files that lie in this folder, on a socket that listens already.

    The files are read once, when the server is made.
    """
    found = {f"/{p.name}": p for p in sorted(folder.iterdir()) if p.suffix in MEDIA_TYPES}
    pages = {name: (path.read_bytes(), MEDIA_TYPES[path.suffix]) for name, path in found.items()}

    class Pages(BaseHTTPRequestHandler):
        """Answers GET and HEAD; a known ETag is answered 304."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """The page, 304 or 404."""
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            """As GET, without the body."""
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            page = pages.get(urlsplit(self.path).path)
            if page is None:
                self._send(HTTPStatus.NOT_FOUND, b"No such page.\n", _PLAIN, with_body=with_body)
                return
            content, media_type = page
            etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            known = [t.strip() for t in self.headers.get("If-None-Match", "").split(",")]
            if etag in known or "*" in known:
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.send_header("ETag", etag)
                self.end_headers()
                return
            self._send(HTTPStatus.OK, content, media_type, etag, with_body=with_body)

        def _send(
            self,
            status: HTTPStatus,
            content: bytes,
            media_type: str,
            etag: str | None = None,
            *,
            with_body: bool,
        ) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            if etag:
                self.send_header("ETag", etag)
                self.send_header("Cache-Control", "no-cache")
            self.end_headers()
            if with_body:
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing: the harvest's own report lists the requests."""

    server = ThreadingHTTPServer((HOST, 0), Pages, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_address = listener.getsockname()
    return server


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "feed"
    with make_server(folder, socket.create_server((HOST, PORT))) as server:
        sys.stderr.write(f"http://{HOST}:{PORT}/page-1.ttl (Ctrl+C stops)\n")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stderr.write("\n")
