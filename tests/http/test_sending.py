"""Sending to a place that asks who we are."""

from collections.abc import Callable

import pytest

from red_catalog.http import Answer, Sender
from red_catalog.model import Auth
from tests.http.loopback import Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]


@pytest.mark.parametrize("challenge", ['Digest qop="auth", nonce="x"', "Digest realm=x", "Digest "])
def test_a_challenge_that_lacks_its_parts_is_not_taken_up(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, challenge: str
) -> None:
    """The refusal itself is the answer."""
    monkeypatch.setenv("RED_STORE_PASSWORD", "secret")
    site = serve({"/store": answer(b"no", 401, WWW_Authenticate=challenge)})
    place = site.source("/store", auth=Auth("digest", "RED_STORE_PASSWORD", "dba"))
    with Sender(place, "red-catalog/test") as sender:
        given = sender.send("GET", site.url("/store"))
    assert isinstance(given, Answer)
    assert (given.status, len(site.paths())) == (401, 1)
