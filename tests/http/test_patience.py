"""How long the door lets one source keep it."""

import time
from collections.abc import Callable
from dataclasses import replace

from red_catalog.http import Fetched, Http
from red_catalog.model import Unreadable
from tests.http.loopback import Handler, Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]


def test_a_source_that_had_its_time_gets_no_more(serve: Serve, door: Doors) -> None:
    """Nothing more is asked for it; other sources, and the same one later, get what they ask."""
    site = serve({"/p1": answer(b"<a> <b> <c> .")})
    one, http = site.source("/p1"), door()
    with http.within(one, 1.0):
        assert isinstance(http.get(site.url("/p1"), one), Fetched)
        time.sleep(1.0)
        late = http.get(site.url("/p1"), one)
        assert isinstance(late, Unreadable)
        assert late.problem.code == "source-slow"
        assert isinstance(http.get(site.url("/p1"), replace(one, id="chu-nantes")), Fetched)
    assert isinstance(http.get(site.url("/p1"), one), Fetched)
    assert site.paths() == ["/p1"] * 3


def test_the_document_under_way_ends_with_the_time_of_its_source(serve: Serve, door: Doors) -> None:
    """A last page that drips does not get its own deadline on top, and is told as what it is."""

    def drip(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            handler.wfile.write(b"X")
            time.sleep(0.05)

    site = serve({"/p1": drip})
    one, http = site.source("/p1"), door()
    began = time.monotonic()
    with http.within(one, 0.5):
        found = http.get(site.url("/p1"), one)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "source-slow"
    assert "0.5 s" in found.problem.message["en"]
    assert time.monotonic() - began < 4
