"""Starting the server."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from red_catalog.errors import RedError
from red_catalog.pipeline.explaining import explain_for
from red_catalog.serve.running import listen, make_server, serve
from tests.http.loopback import free_port
from tests.serve.test_processes import status


def test_no_release(make_place: Callable[..., Any]) -> None:
    """Without a release the operator is told what to run."""
    config = make_place().config
    with pytest.raises(RedError, match=r"run `red-catalog run` first\.$"):
        serve(config, explain_for(config), "127.0.0.1", 0)


def test_taken_port() -> None:
    """A port in use is named, with what to do."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RedError, match=rf"^Port {port} .* choose another with --port\.$"):
            listen("127.0.0.1", port)


def test_a_proxy_elsewhere_is_believed_where_it_is_named(
    make_place: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """FORWARDED_ALLOW_IPS adds to this machine's addresses, which stay; nobody else is believed."""
    own = ["127.0.0.1", "::1", "::ffff:127.0.0.1"]
    config = make_place().config
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    assert make_server(config, explain_for(config)).config.forwarded_allow_ips == own
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "172.28.0.10, 10.0.0.0/24,")
    named = ["172.28.0.10", "10.0.0.0/24"]
    assert make_server(config, explain_for(config)).config.forwarded_allow_ips == [*own, *named]


def test_a_hangup_lets_answers_under_way_end(make_place: Callable[..., Any]) -> None:
    """A terminal that is closed, or a SIGHUP by habit, ends the server as SIGTERM does."""
    place = make_place()
    place.publish()
    port = free_port()
    command = [sys.executable, "-m", "red_catalog", "serve", "--port", str(port)]
    # Tests that run in the background may have been told to ignore it, and programs inherit that.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=place.root, stderr=subprocess.DEVNULL)
    signal.signal(signal.SIGHUP, before)
    try:
        while status(f"http://127.0.0.1:{port}/ready") != 200:
            assert process.poll() is None
            time.sleep(0.1)
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n")
            line.sendall(b"Content-Type: application/sparql-query\r\n\r\nASK")
            time.sleep(0.2)
            process.send_signal(signal.SIGHUP)
            time.sleep(0.5)
            line.sendall(b" {}")
            assert line.recv(12) == b"HTTP/1.1 200"
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
