"""Sending to a place that asks who we are."""

import time
from collections.abc import Callable
from hashlib import md5

import pytest
from requests.utils import parse_dict_header

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


def prove(handler: Handler, nonce: str) -> str | None:
    """The count of a request that proves, by digest, that its sender knows the password."""
    given = handler.headers.get("Authorization", "")
    told: dict[str, str] = parse_dict_header(given.removeprefix("Digest "))  # type: ignore[no-untyped-call]
    if told.get("nonce") != nonce:
        return None

    def digest(*parts: str) -> str:
        return md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()

    secret = digest("dba", "magasin", "mot de passe")
    count, request = told["nc"], digest(handler.command, handler.path)
    right = digest(secret, nonce, count, told["cnonce"], "auth", request)
    return count if told["response"] == right else None


def test_a_challenge_is_answered_once_and_then_beforehand(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that knows us by digest is not asked twice, but where its challenge is another."""
    monkeypatch.setenv("RED_STORE_PASSWORD", "mot de passe")
    nonces: list[str] = []
    proofs: list[str | None] = []

    def store(handler: Handler) -> None:
        proofs.append(prove(handler, nonces[-1]))
        challenge = f'Digest realm="magasin", nonce="{nonces[-1]}", qop="auth"'
        status = 200 if proofs[-1] else 401
        answer(b"", status, WWW_Authenticate=challenge)(handler)

    site = serve({"/store?graph=urgences": store})
    place = site.source("/store", auth=Auth("digest", "env:RED_STORE_PASSWORD", "dba"))
    with Sender(place, "red-catalog/test") as sender:
        for nonce in ("hiver", "hiver", "printemps"):
            nonces.append(nonce)
            given = sender.send("GET", site.url("/store?graph=urgences"))
            assert isinstance(given, Answer)
            assert given.status == 200
    assert proofs == [None, "00000001", "00000002", None, "00000001"]


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
