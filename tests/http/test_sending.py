"""Sending to a place that asks who we are."""

import time
from collections.abc import Callable

import pytest

from red_catalog.http import Answer, Sender, Unsent
from red_catalog.model import Auth
from tests.http.loopback import Handler, Route, Site, answer

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


def test_who_answers_late_is_told_of_as_a_target(serve: Serve) -> None:
    """What is sent is no document that is harvested: the sentence names the target and setting."""

    def late(handler: Handler) -> None:
        time.sleep(1.5)
        answer(b"")(handler)

    site = serve({"/store": late})
    with Sender(site.source("/store"), "red-catalog/test", seconds=0.5) as sender:
        given = sender.send("GET", site.url("/store"))
    assert isinstance(given, Unsent)
    assert given.reason["en"] == (
        "The target did not answer whole within 0.5 seconds (setting limits.document_seconds)."
    )


@pytest.mark.parametrize(
    ("patience", "after", "statuses", "naps"),
    [
        (120.0, "30", [503, 429, 200], [30.0, 30.0]),
        (120.0, "0", [429, 200], [1.0]),
        (45.0, "30", [503, 503], [30.0]),
        (120.0, "3600", [503], []),
        (120.0, "", [503], []),
        (0.0, "1", [429], []),
    ],
)
def test_who_is_told_to_come_again_does_as_long_as_it_has_patience(
    serve: Serve, patience: float, after: str, statuses: list[int], naps: list[float]
) -> None:
    """What is sent waits as asked and is sent again; else the refusal itself is the answer."""
    left = list(statuses)
    slept: list[float] = []

    def busy(handler: Handler) -> None:
        answer(b"", left.pop(0), Retry_After=after)(handler)

    site = serve({"/store": busy})
    with Sender(
        site.source("/store"), "red-catalog/test", patience=patience, sleep=slept.append
    ) as sender:
        given = sender.send("GET", site.url("/store"))
    assert isinstance(given, Answer)
    assert (given.status, slept, left) == (statuses[-1], naps, [])
