"""One client that asks for much at once, and what the others notice of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
import requests
from starlette.responses import Response

from red_catalog.serve.api import datasets
from red_catalog.serve.oai.endpoint import OaiEndpoint
from red_catalog.serve.threads import WAITING

ANOTHER = {"X-Forwarded-For": "198.51.100.7"}


@pytest.mark.parametrize("path", ["api/datasets", "oai?verb=Identify"])
def test_a_client_that_asks_for_much_is_in_nobodys_way(
    samples: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """What is too much is refused (503); pages, and the requests of others, are answered."""
    go_on = Event()
    monkeypatch.setattr(datasets, "search", lambda *_: Response(str(go_on.wait(30))))
    monkeypatch.setattr(OaiEndpoint, "_answer", lambda *_: str(go_on.wait(30)))

    def ask(_: int) -> requests.Response:
        answer = requests.get(samples.url + path, timeout=60)
        if answer.status_code == 503:
            go_on.set()  # for all that wait
        return answer

    with ThreadPoolExecutor(WAITING + 2) as crowd:
        asked = [crowd.submit(ask, n) for n in range(WAITING + 2)]
        try:
            assert go_on.wait(10)
        finally:
            go_on.set()
        answers = [one.result() for one in asked]
    (refused,) = [one for one in answers if one.status_code != 200]
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "Too many of your requests" in refused.text


def test_others_have_their_turn_meanwhile(samples: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one client waits for an answer that takes long, another one gets its own."""
    begun, go_on = Event(), Event()

    def search(*_: Any) -> Response:
        begun.set()
        return Response(str(go_on.wait(30)))

    monkeypatch.setattr(datasets, "search", search)
    with ThreadPoolExecutor(1) as slow:
        asked = slow.submit(requests.get, samples.url + "api/datasets", timeout=60)
        try:
            assert begun.wait(10)
            answer = requests.get(samples.url + "api/holders", headers=ANOTHER, timeout=10)
            page = requests.get(samples.url, timeout=10)
        finally:
            go_on.set()
    assert (answer.status_code, page.status_code) == (200, 200)
    assert asked.result().text == "True"
