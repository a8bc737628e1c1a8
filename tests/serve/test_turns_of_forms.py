"""One client that sends the form many times at once, and what the others notice of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any

import pytest
import requests

from red_catalog.harvesters.spreadsheet.forms import read_form
from red_catalog.serve import declaring as form
from red_catalog.serve import threads
from red_catalog.serve.holders import dashboards, reviewing
from tests.serve.conftest import Client
from tests.serve.test_declaring import declaring, filled

__all__ = ["declaring"]
ANOTHER = {"X-Forwarded-For": "198.51.100.7"}
WAITING = 3
HEAVY = "Passages aux urgences de tout le groupement"


class Reading:
    """Reads forms; one with a certain title takes long, and how many do at once is counted."""

    def __init__(self, read: Callable[..., Any]) -> None:
        self.begun, self.go_on = Event(), Event()
        self.most = 0
        self._read, self._now, self._lock = read, 0, Lock()

    def __call__(self, values: Any, *more: Any) -> Any:
        """What the form says."""
        if values["datasets.0.title"] == [HEAVY]:
            with self._count():
                self.begun.set()
                self.go_on.wait(30)
        return self._read(values, *more)

    @contextmanager
    def _count(self) -> Iterator[None]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        yield
        with self._lock:
            self._now -= 1


def test_a_client_that_sends_many_forms_is_in_nobodys_way(
    declaring: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its forms are read one by one, beyond so many refused (503); that of another is answered."""
    reading = Reading(read_form)
    monkeypatch.setattr(form, "read_form", reading)
    monkeypatch.setattr(threads, "WAITING", WAITING)
    address = declaring[0].url + "declare/form"
    heavy = filled(datasets__0__title=HEAVY) | {"do": ["turtle"]}

    def send(_: int) -> requests.Response:
        answer = requests.post(address, heavy, timeout=120)
        if answer.headers.get("Retry-After") == "5":
            reading.go_on.set()  # for all that wait
        return answer

    with ThreadPoolExecutor(WAITING + 1) as crowd:
        asked = [crowd.submit(send, n) for n in range(WAITING)]
        try:
            assert reading.begun.wait(10)
            light = filled() | {"do": ["turtle"]}
            other = requests.post(address, light, headers=ANOTHER, timeout=60)
            asked.append(crowd.submit(send, WAITING))
            assert reading.go_on.wait(10)
        finally:
            reading.go_on.set()
        answers = [one.result() for one in asked]
    assert (other.status_code, other.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")
    assert reading.most == 1
    (refused,) = [one for one in answers if one.headers.get("Retry-After") == "5"]
    assert (refused.status_code, "Too many of your requests" in refused.text) == (503, True)


@pytest.mark.parametrize(
    ("method", "path", "module"),
    [("POST", "dashboard", dashboards), ("GET", "attest/une-lettre", reviewing)],
)
def test_a_page_that_takes_long_keeps_no_other_waiting(
    declaring: tuple[Client, str], monkeypatch: pytest.MonkeyPatch, method: str, path: str,
    module: Any,
) -> None:  # fmt: skip
    """What is written for one holder, or stranger, is written beside all else."""
    client, _ = declaring
    begun, go_on = Event(), Event()

    def write(*_: Any, **__: Any) -> bytes:
        begun.set()
        return str(go_on.wait(30)).encode()

    monkeypatch.setattr(module, "page", write)
    with ThreadPoolExecutor(1) as slow:
        asked = slow.submit(
            requests.request, method, client.url + path, headers={"Accept": "text/html"}, timeout=60
        )
        try:
            assert begun.wait(10)
            assert requests.get(client.url + "health", timeout=10).ok
        finally:
            go_on.set()
    assert asked.result().text == "True"
