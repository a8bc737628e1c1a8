"""Who we say we are: to the source's own server only, and never in this program's words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from red_catalog.errors import RedError
from red_catalog.http import Fetched, Http, check_secrets
from red_catalog.model import Auth, Unreadable
from tests.http.loopback import Handler, Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
TURTLE = b'<urn:a> <urn:b> "c" .'
SCHEMES = [
    (Auth("basic", "env:RED_TEST_SECRET", "chu"), "Authorization", "Basic Y2h1OnMzY3JldA=="),
    (Auth("bearer", "env:RED_TEST_SECRET"), "Authorization", "Bearer s3cret"),
    (Auth("header", "env:RED_TEST_SECRET", "X-API-Key"), "X-API-Key", "s3cret"),
]


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RED_TEST_SECRET", "s3cret")


@pytest.mark.parametrize(("auth", "name", "value"), SCHEMES, ids=lambda x: getattr(x, "scheme", ""))
def test_credentials_are_sent_home(
    serve: Serve, door: Doors, auth: Auth, name: str, value: str
) -> None:
    """The three schemes, on the document and not on the robots.txt."""
    site = serve({"/c.ttl": answer(TURTLE)})
    source = site.source("/c.ttl", auth=auth)
    assert isinstance(door().get(source.location, source), Fetched)
    assert [headers.get(name) for _, headers in site.asked] == [None, value]


@pytest.mark.parametrize("auth", [auth for auth, _, _ in SCHEMES], ids=lambda auth: auth.scheme)
def test_credentials_do_not_follow_a_redirect(serve: Serve, door: Doors, auth: Auth) -> None:
    """Another server, allowed, learns nothing; neither do the sentences of a failure."""
    other = serve({"/c.ttl": answer(b"no", 403)})
    site = serve({"/c.ttl": answer(b"", 302, Location=other.url("/c.ttl"))})
    source = site.source("/c.ttl", auth=auth, allow_hosts=(site.host, other.host))
    found = door().get(source.location, source)
    assert isinstance(found, Unreadable)
    assert "s3cret" not in repr(found) + repr(source)
    assert "s3cret" not in repr(other.asked)
    assert other.asked[-1][1]["Accept"].startswith("text/turtle")


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_that_are_refused_are_told(serve: Serve, door: Doors, status: int) -> None:
    """Which variable to look at is said to who gave one, and only where it was sent."""
    site = serve({"/c.ttl": answer(b"no", status)})
    for auth, said in ((SCHEMES[0][0], "variable RED_TEST_SECRET"), (None, "give credentials in")):
        source = site.source("/c.ttl", auth=auth)
        found = door().get(source.location, source)
        assert isinstance(found, Unreadable)
        assert said in found.problem.fix["en"]
    at_home = site.source("/c.ttl", auth=SCHEMES[0][0])
    other = replace(at_home, location="http://autre.example/")
    found = door().get(site.url("/c.ttl"), other)
    assert isinstance(found, Unreadable)
    assert "RED_TEST_SECRET" not in repr(found)


def test_a_missing_variable_is_a_sentence(monkeypatch: pytest.MonkeyPatch, serve: Serve) -> None:
    """The sentence names the source and the variable."""
    monkeypatch.delenv("RED_TEST_SECRET")
    site = serve({})
    source = site.source("/c.ttl", auth=SCHEMES[0][0])
    with pytest.raises(RedError, match="`chu-lille` needs the environment variable RED_TEST_SE"):
        check_secrets(source)


def test_a_proxy_is_used(serve: Serve, door: Doors) -> None:
    """The whole address goes to the proxy, which may stand at a private address."""

    def relay(handler: Handler) -> None:
        answer(TURTLE)(handler)

    address = "http://donnees.chu.example/c.ttl"
    proxy = serve({address: relay})
    source = proxy.source("/c.ttl", allow_hosts=("donnees.chu.example",), proxy=proxy.url(""))
    http = door(find=lambda host, _: ["127.0.0.1"] if host == "127.0.0.1" else ["93.184.215.14"])
    assert isinstance(http.get(address, source), Fetched)
    assert proxy.paths()[-1] == address


def test_a_private_server_is_refused_behind_a_proxy_too(serve: Serve, door: Doors) -> None:
    """The proxy could reach what this catalogue must not."""
    proxy = serve({})
    address = "http://interne.chu.example/c.ttl"
    source = proxy.source("/c.ttl", allow_hosts=(), proxy=proxy.url(""))
    home = type(source)("chu", "chu", "dcat", address, proxy=source.proxy)
    found = door(find=lambda *_: ["10.0.0.7"]).get(address, home)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "address-refused"
    assert proxy.asked == []
