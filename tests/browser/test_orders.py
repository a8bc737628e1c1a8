"""Search results come in the order asked for, in one shard and in several."""

import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from red_catalog.publish import release
from red_catalog.publish.search import shards
from tests.browser.test_browser import settle, titles, visit
from tests.publish import records

# By title; the number is that of days, the latest last. Some titles begin others, or are alike.
TITLES = {
    "Asthme": 5,
    "Registre des cancers": 1,
    "Registre des cancers du sein": 9,
    "Registre des cancers du sein, 2019-2023": 4,
    "Registre des cancers-pilote": 7,
    "Zoonoses": 6,
    "3e âge et autonomie": 8,
    "3e âge et autonomie : suivi": 2,
}


class _Files(http.server.SimpleHTTPRequestHandler):
    """The files of a site, in silence."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def serving_titles(folder: Path, days: Mapping[str, int]) -> Iterator[str]:
    """A catalogue of datasets with these titles, changed on these days."""
    entries = []
    for number, (title, day) in enumerate(days.items()):
        iri = f"{records.CHU}{number}"
        entry = records.entry(iri, f"jeu-{number}", records.full(iri, title))
        entries.append(replace(entry, changed=records.MOMENT - timedelta(days=30 - day)))
    config = records.config(folder)
    prepared = release.prepare(config, entries, records.runs(), records.MOMENT)
    assert prepared is not None
    release.switch(config, prepared)
    served = functools.partial(_Files, directory=str(prepared.folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), served) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(params=[500, 3])
def address(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A catalogue whose shards have at most so many datasets."""
    monkeypatch.setattr(shards, "MOST", request.param)
    with serving_titles(tmp_path, TITLES) as root:
        yield root


def test_results_come_by_title_and_by_date(browser: Any, address: str) -> None:
    """A title comes before those that begin with it, what begins with no letter last."""
    found = {}
    for sort in ("title", "changed"):
        with visit(browser, f"{address}datasets.html?sort={sort}") as page:
            settle(page)
            found[sort] = titles(page)
    assert found["title"] == list(TITLES)
    assert found["changed"] == sorted(TITLES, key=TITLES.__getitem__, reverse=True)
