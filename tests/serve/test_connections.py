"""What clients may do with a connection, on raw sockets."""

import re
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from red_catalog.serve import connections


def converse(client: Any, *pieces: bytes, wait: float = 15.0, source: str = "") -> bytes:
    """Sends pieces from this machine, or one of its addresses; reads to the connection's end."""
    address = urlsplit(client.url)
    to = (address.hostname or "", address.port or 0)
    with socket.create_connection(to, wait, source_address=(source, 0)) as line:
        for piece in pieces:
            line.sendall(piece)
        found = b""
        try:
            while piece := line.recv(65_536):
                found += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return found


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little patience."""
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "READ_SECONDS"):
        monkeypatch.setattr(connections, name, 0.5)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "piece",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK",
        b"POST /api/check HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\n<a> <",
    ],
)
def test_a_request_that_does_not_come_is_ended(client: Any, piece: bytes) -> None:
    """A head or body that stops half-way is a 408 with what to do, and the connection ends."""
    said = converse(client, piece)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"try again" in said


@pytest.mark.usefixtures("quick")
def test_who_reads_nothing_is_cut_off(client: Any) -> None:
    """A client that asks for much and takes none of it does not keep its answer."""
    table = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(REPLACE(STR(?a),'.','123456') AS ?j)"
    table += "BIND(CONCAT(?j,?j,?j,?j,?j,?j,?j,?j) AS ?k) BIND(CONCAT(?k,?k,?k) AS ?l) } LIMIT 500"
    expect_cut(client, table)


@pytest.mark.usefixtures("quick")
def test_who_leaves_the_end_of_an_answer_is_cut_off(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is a client that takes no more than what is nearly all of its answer."""
    made = connections.Connection.connection_made

    def make(self: connections.Connection, transport: Any) -> None:
        # The system has little room, so that the end of a short answer stays with us.
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        made(self, transport)

    monkeypatch.setattr(connections.Connection, "connection_made", make)
    query = "SELECT ?b { BIND('%s' AS ?a) BIND(CONCAT(?a,?a,?a,?a) AS ?b) }" % ("à" * 5_000)
    assert 40_000 < len(client.ask(query, "text/csv").content) < 60_000
    expect_cut(client, query)


def expect_cut(client: Any, query: str) -> None:
    """The connection of who asks this and reads nothing is ended."""
    address = urlsplit(client.url)
    content = query.encode()
    head = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    request = f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect((address.hostname, address.port))
        line.sendall(request)
        time.sleep(0.2)
        deadline = time.monotonic() + 20
        while not _is_cut(line) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert _is_cut(line)


def _is_cut(line: socket.socket) -> bool:
    try:
        line.send(b" ")
    except OSError:
        return True
    return False


def test_slow_but_steady_clients_are_served(client: Any) -> None:
    """A request in small pieces is answered."""
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    said = converse(client, *(request[i : i + 7] for i in range(0, len(request), 7)))
    assert said.startswith(b"HTTP/1.1 200 ")


def test_a_head_over_the_limit_is_told(client: Any) -> None:
    """Too long an address or header is a 431 that says how to send it instead."""
    for head in (b"GET /?" + b"x" * 200_000, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 200_000):
        said = converse(client, head)
        assert said.startswith(b"HTTP/1.1 431 ")
        assert b"send the query by POST" in said


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: a\r\nX\x00Y: 1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nabcde",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\nASK{}\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
        b"\r\n0\r\n\r\nGET /api/holders HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
@pytest.mark.usefixtures("quick")
def test_no_request_is_smuggled(client: Any, request_: bytes) -> None:
    """What two servers might read differently is refused, and nothing after it is answered."""
    said = converse(client, request_)
    assert said[:12] in {b"HTTP/1.1 400", b"HTTP/1.1 408", b"HTTP/1.1 501"}
    assert len(re.findall(rb"HTTP/1\.1 \d", said)) == 1


def test_an_unannounced_body_over_the_limit_is_not_read_on(client: Any) -> None:
    """A body in chunks is refused once it is over the limit, not at its end."""
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    chunk = b"4000\r\n" + b"x" * 16_384 + b"\r\n"
    said = converse(client, head + b"Transfer-Encoding: chunked\r\n\r\n", chunk, chunk)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"shorten it" in said


def test_one_connection_too_many_is_told(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many connections, the next is a 503 that says when to come back."""
    monkeypatch.setattr(connections, "MOST", 0)
    said = converse(client, b"")
    assert said.startswith(b"HTTP/1.1 503 ")
    assert b"in a moment" in said


def test_one_client_has_so_many_connections(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One address does not take all connections; those that are closed count no more."""
    asked = b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    monkeypatch.setattr(connections, "OF_ONE", 1)
    address = urlsplit(client.url)
    to, source = (address.hostname or "", address.port or 0), "127.0.0.2"
    with socket.create_connection(to, 15, source_address=(source, 0)):
        assert converse(client, asked, source=source).startswith(b"HTTP/1.1 503 ")
        assert converse(client, asked, source="127.0.0.3").startswith(b"HTTP/1.1 200 ")
    deadline = time.monotonic() + 10
    while not converse(client, asked, source=source).startswith(b"HTTP/1.1 200 "):
        assert time.monotonic() < deadline
    monkeypatch.setattr(connections, "OF_ONE", 0)
    assert converse(client, asked).startswith(b"HTTP/1.1 200 ")  # a proxy speaks for many


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"http://red.exemple.fr/health", b"200"),
        (b"HTTPS://red.exemple.fr:443/health?size=1", b"200"),
        (b"http://red.exemple.fr", b"200"),
        (b"http://red.exemple.fr/api/jeu%20inconnu", b"404"),
        (b"http:///health", b"404"),
        (b"/http://red.exemple.fr/health", b"404"),
    ],
)
def test_a_whole_address_is_a_target(client: Any, target: bytes, status: bytes) -> None:
    """What old proxies send in place of a path is answered as the path is (RFC 9112, 3.2.2)."""
    said = converse(client, b"GET " + target + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 " + status + b" ")


def test_leaving_in_the_middle_of_a_body_is_no_error(
    client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Who leaves while sending is no fault of the server's."""
    address = urlsplit(client.url)
    with socket.create_connection((address.hostname or "", address.port or 0), 5) as line:
        line.sendall(
            b"POST /api/check HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\n"
            b"Content-Length: 1000\r\n\r\n<a>"
        )
        time.sleep(0.2)
    deadline = time.monotonic() + 10
    while b'kind="api",method="POST",status="499"' not in client.get("metrics").content:
        assert time.monotonic() < deadline
    assert "Traceback" not in caplog.text
