"""Whether an address answers, asked without receiving what it gives."""

from collections.abc import Callable

import pytest

from red_catalog.http import Http
from tests.http.loopback import Handler, Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]


def endless(handler: Handler) -> None:
    """A file of ten gigabytes that nobody should receive."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(10**10))
    handler.close_connection = True
    handler.end_headers()
    handler.wfile.write(b"0" * 65_536)


def unannounced(handler: Handler) -> None:
    """A file of no announced size that goes on until the connection is cut."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(10_000):
        handler.wfile.write(b"0" * 65_536)


def redirect(place: str) -> Route:
    """A route that leads elsewhere."""
    return answer(b"", 302, Location=place)


@pytest.mark.parametrize(
    ("route", "answers"),
    [
        (answer(b"id;age\n1;42\n"), True),
        (answer(b""), True),
        (answer(b"not gzip", Content_Encoding="gzip"), True),
        (endless, True),
        (unannounced, True),
        (redirect("/autre"), True),
        (redirect("/nulle-part"), False),
        (redirect("/donnees"), False),
        (redirect("http://10.0.0.1/"), None),
        (answer(b"", 401), False),
        (answer(b"", 404), False),
        (answer(b"", 500), False),
        (answer(b"", 503), None),
        (answer(b"", 429), None),
    ],
)
def test_an_address_answers_or_not(
    route: Route, answers: bool | None, serve: Serve, door: Doors
) -> None:
    """Any success does, after redirects; what is busy or not to be asked is unknown."""
    site = serve({"/donnees": route, "/autre": answer(b"ici")})
    assert door().answers(site.url("/donnees"), site.source("/")) is answers


def test_a_silent_server_does_not_answer(serve: Serve, door: Doors) -> None:
    """Nobody listens there."""
    site = serve({})
    source = site.source("/")
    site.close()
    assert door().answers(site.url("/donnees"), source) is False


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "http://127.0.0.1:1/x", "file:///etc/passwd"])
def test_what_may_not_be_asked_is_unknown(url: str, serve: Serve, door: Doors) -> None:
    """Other schemes and private addresses are not tried."""
    assert door().answers(url, serve({}).source("/")) is None


def test_a_foreign_server_is_not_even_looked_up(serve: Serve, door: Doors) -> None:
    """What a holder describes makes us call its own server only, even after a redirect."""
    site = serve({"/donnees": redirect("http://ailleurs.example/x")})
    asked: list[str] = []

    def find(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [host]

    http = door(find=find)
    assert http.answers("http://ailleurs.example/x", site.source("/")) is None
    assert asked == []
    assert http.answers(site.url("/donnees"), site.source("/")) is None
    assert "ailleurs.example" not in asked


def test_robots_are_respected(serve: Serve, door: Doors) -> None:
    """Where the server asks not to come, nobody comes."""
    rules = answer(b"User-agent: *\nDisallow: /donnees\n", Content_Type="text/plain")
    site = serve({"/robots.txt": rules, "/donnees": answer(b"ici")})
    assert door().answers(site.url("/donnees"), site.source("/")) is None
    assert site.paths() == []
