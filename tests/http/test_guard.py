"""Where a source may lead."""

import socket
import threading
from collections.abc import Callable

import pytest

from red_catalog.http import Fetched, Http, Refused
from red_catalog.http.guard import (
    Server,
    check_host,
    is_named,
    is_public,
    may_hold_credentials,
    resolve_within,
    server_of,
)
from red_catalog.model import Source, Unreadable
from tests.http.loopback import Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
TURTLE = b'<https://chu-lille.example/jeu/1> <http://purl.org/dc/terms/title> "Urgences"@fr .\n'


def source(location: str, *allowed: str) -> Source:
    """A source that may lead to these hosts."""
    return Source("chu-lille", "chu-lille", "dcat", location, allow_hosts=allowed)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "192.0.0.8", "::ffff:192.0.0.192",
    ],
)  # fmt: skip
def test_address_that_is_not_public_is_told(address: str) -> None:
    """Private, loopback, link-local, metadata and IPv6 forms of them are not public."""
    assert not is_public(address)


@pytest.mark.parametrize(
    ("host", "asked"),
    [("klinik-straße.de", "xn--klinik-strae-v9a.de"), ("Hôpital.FR.", "xn--hpital-ixa.fr")],
)
def test_a_host_is_spelt_as_it_is_asked_for(host: str, asked: str) -> None:
    """The source's own server is known in whatever letters it is written."""
    assert server_of(f"https://{host}/c.ttl").host == asked
    assert check_host(f"https://{asked}/c.ttl", source(f"https://{host}/c.ttl")).host == asked


@pytest.mark.parametrize("address", ["193.48.1.1", "2001:660::1", "64:ff9b::c130:101"])
def test_public_address_is_told(address: str) -> None:
    """Ordinary addresses are public, also through a NAT64."""
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "scheme-refused"),
        ("gopher://chu-lille.example/", "scheme-refused"),
        ("catalog.ttl", "scheme-refused"),
        ("http:///catalog.ttl", "bad-url"),
        ("http://chu-lille.example:99999/", "bad-url"),
        ("http://[::1/", "bad-url"),
        ("https://user:secret@chu-lille.example/", "bad-url"),
        ("https://secret@chu-lille.example/", "bad-url"),
        ("https://ailleurs.example/catalog.ttl", "host-refused"),
        ("https://chu-lille.example:8443/", "host-refused"),
        ("https://chu-lille.example.ailleurs.example/", "host-refused"),
    ],
)
def test_url_that_leads_elsewhere_is_refused(url: str, code: str) -> None:
    """Only http and https, only the source's own server, no user in the address."""
    with pytest.raises(Refused) as refused:
        check_host(url, source("https://chu-lille.example/catalog.ttl"))
    assert refused.value.problem.code == code


@pytest.mark.parametrize("user", ["user:secret", "secret"])
def test_password_in_an_address_is_not_repeated(user: str) -> None:
    """The sentence about a bad address keeps its secret."""
    with pytest.raises(Refused) as refused:
        server_of(f"https://{user}@chu-lille.example/")
    assert "secret" not in str(refused.value.problem)


@pytest.mark.parametrize(
    ("host", "port", "allowed", "expected"),
    [
        ("portail.example", 443, "portail.example", True),
        ("PORTAIL.example.", 8080, "portail.example", True),
        ("portail.example", 443, "portail.example:443", True),
        ("portail.example", 80, "portail.example:443", False),
        ("::1", 8080, "[::1]:8080", True),
        ("::1", 8080, "::1", True),
        ("::1", 8080, "[::1]:80", False),
        ("xn--sant-epa.example", 443, "santé.example", True),
    ],
)
def test_allow_hosts_names_a_host_or_a_port_of_it(
    host: str, port: int, allowed: str, expected: bool
) -> None:
    """An entry without a port allows every port of its host."""
    assert is_named(host, port, source("https://chu-lille.example/", allowed)) is expected


@pytest.mark.parametrize(
    ("home", "server", "expected"),
    [
        ("https://chu.example/", Server("https", "chu.example", 443), True),
        ("http://chu.example/", Server("https", "chu.example", 443), True),
        ("https://chu.example/", Server("http", "chu.example", 80), False),
        ("https://chu.example/", Server("https", "autre.example", 443), False),
        ("http://chu.example/", Server("https", "autre.example", 443), False),
        ("https://chu.example/", Server("https", "chu.example", 8443), False),
        ("http://chu.example/", Server("https", "chu.example", 8443), False),
        ("http://chu.example/", Server("http", "chu.example", 443), False),
    ],
)
def test_credentials_go_home_only(home: str, server: Server, expected: bool) -> None:
    """Not to another host or port, not from https to http."""
    assert may_hold_credentials(server, source(home)) is expected


def test_private_address_of_the_configured_host_is_refused(serve: Serve, door: Doors) -> None:
    """A location inside the network needs allow_hosts; nothing is asked of it."""
    site = serve({"/catalog.ttl": answer(TURTLE)})
    result = door().get(site.url("/catalog.ttl"), source(site.url("/catalog.ttl")))
    assert isinstance(result, Unreadable)
    assert (result.problem.code, site.asked) == ("address-refused", [])


@pytest.mark.parametrize("spelling", ["127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_other_spellings_of_loopback_are_refused(serve: Serve, door: Doors, spelling: str) -> None:
    """It is the address that counts, not how it is written."""
    site = serve({"/catalog.ttl": answer(TURTLE)})
    url = f"http://{spelling}:{site.port}/catalog.ttl"
    result = door().get(url, source(url))
    assert isinstance(result, Unreadable)
    assert site.asked == []
    assert result.problem.code in {"address-refused", "unreachable", "host-unknown"}


def test_public_name_with_a_private_address_is_refused(door: Doors) -> None:
    """One private address among public ones is enough."""
    http = door(find=lambda *_: ["193.48.1.1", "10.0.0.7"])
    url = "http://chu-lille.example/catalog.ttl"
    result = http.get(url, source(url))
    assert isinstance(result, Unreadable)
    assert result.problem.code == "address-refused"
    assert "10.0.0.7" in result.problem.message["fr"]


def test_name_that_changes_its_address_is_refused(serve: Serve, door: Doors) -> None:
    """Each connection goes to the very address that was checked, so a name cannot turn."""
    site = serve({"/catalog.ttl": answer(TURTLE, Connection="close")})
    told = []

    def turn(host: str, port: int) -> list[str]:
        told.append(host)
        return ["127.0.0.1"]

    url = f"http://chu-lille.example:{site.port}/catalog.ttl"
    result = door(find=turn).get(url, source(url))
    assert isinstance(result, Unreadable)
    assert (result.problem.code, site.asked) == ("address-refused", [])
    # Robots.txt, then the document: one question a connection, never a second before it.
    assert len(told) == 2


def test_connection_that_ends_elsewhere_is_refused(
    serve: Serve, door: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the network leads to a private address all the same, nothing is asked there."""
    site = serve({"/catalog.ttl": answer(TURTLE)})
    connect = socket.create_connection

    def divert(_: tuple[str, int], seconds: float) -> socket.socket:
        return connect(("127.0.0.1", site.port), seconds)

    monkeypatch.setattr(socket, "create_connection", divert)
    url = "http://chu-lille.example/catalog.ttl"
    result = door(find=lambda *_: ["193.48.1.1"]).get(url, source(url))
    assert isinstance(result, Unreadable)
    assert (result.problem.code, site.asked) == ("address-refused", [])


def test_robots_are_not_asked_for_on_another_server(serve: Serve, door: Doors) -> None:
    """A listed server may not send us to one that is not listed with its robots.txt either."""
    elsewhere = "http://ailleurs.example/robots.txt"
    site = serve({"/robots.txt": answer(b"", 302, Location=elsewhere),
                  "/catalog.ttl": answer(TURTLE)})  # fmt: skip
    asked = []

    def find(host: str, _: int) -> list[str]:
        asked.append(host)
        return [host] if host == "127.0.0.1" else []

    result = door(find=find).get(site.url("/catalog.ttl"), site.source("/catalog.ttl"))
    assert isinstance(result, Fetched)
    assert set(asked) == {"127.0.0.1"}


def test_redirect_to_a_private_address_is_refused(serve: Serve, door: Doors) -> None:
    """A listed server may not send us to one that is not listed."""
    inner = serve({"/secret": answer(TURTLE)})
    site = serve({"/catalog.ttl": answer(b"", 302, Location=inner.url("/secret"))})
    result = door().get(site.url("/catalog.ttl"), site.source("/catalog.ttl"))
    assert isinstance(result, Unreadable)
    assert (result.problem.code, inner.asked) == ("host-refused", [])


def test_redirect_to_a_listed_name_with_a_private_address_needs_that_name(
    serve: Serve, door: Doors
) -> None:
    """Being listed under one name does not open the address to another."""
    site = serve({})
    site.routes["/catalog.ttl"] = answer(b"", 302, Location=f"http://portail.example:{site.port}/x")
    http = door(find=lambda *_: ["127.0.0.1"])
    refused = http.get(site.url("/catalog.ttl"), site.source("/catalog.ttl"))
    assert isinstance(refused, Unreadable)
    site.routes["/x"] = answer(TURTLE)
    listed = site.source("/catalog.ttl", allow_hosts=(site.host, "portail.example"))
    assert isinstance(http.get(site.url("/catalog.ttl"), listed), Fetched)


def test_name_server_that_hangs_is_left() -> None:
    """A name that no one answers for in time is unknown."""
    never = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        never.wait(30)
        return []

    with pytest.raises(Refused) as refused:
        resolve_within(hang, "chu-lille.example", 80, 0.05)
    never.set()
    assert refused.value.problem.code == "host-unknown"
