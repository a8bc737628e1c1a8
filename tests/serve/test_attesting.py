"""What holders attest is what they can read: the version that is published."""

import re
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests

from red_catalog.register import letters
from red_catalog.register.desk import Desk
from red_catalog.register.letters import Letter
from red_catalog.serve import scoping
from red_catalog.serve.threads import WAITING
from tests import catalogue
from tests.serve.conftest import Client
from tests.serve.published import Published
from tests.serve.test_ingest import Holder, describe, key_of

CONFIG = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire d'essai", en = "Test register" }
publisher = { fr = "Agence d'essai", en = "Test agency" }
contact = "contact@red.example.fr"
[publication]
rules = []
[[holder]]
id = "chu-bruyeres"
name = { fr = "CHU des Bruyères", en = "Heath University Hospital" }
[[source]]
id = "bruyeres"
holder = "chu-bruyeres"
kind = "file"
location = "urgences.ttl"
"""
IRI = "https://chu-bruyeres.example/jeu/urgences"


def write(root: Path, title: str, command: str) -> None:
    """The hospital's file has another title, and is harvested, or published as well."""
    (root / "urgences.ttl").write_bytes(describe(IRI, title))
    done = catalogue.red_catalog(root, command)
    assert done.returncode in {0, 3}, done.stderr


@pytest.fixture
def client(tmp_path: Path, run_server: Callable[[Any], Client]) -> Client:
    """A server on a catalogue of one dataset, of which a later version is harvested alone."""
    (tmp_path / "red.toml").write_text(CONFIG, "utf-8")
    write(tmp_path, "Passages aux urgences", "run")
    write(tmp_path, "Passages aux urgences, corrigés", "harvest")
    return run_server(Published(tmp_path))


def make_link(client: Client) -> tuple[str, str]:
    """The end of a mailed link for the dataset, and the digest of its latest version."""
    now = datetime.now(UTC)
    with Desk.open(client.place.config.register) as desk:
        (entry,) = desk.register.entries()
        letter = Letter(entry.slug, entry.holder, now, now + timedelta(days=45))
        return "attest/" + letters.seal(desk.register.link_key(), letter), entry.digest


def test_a_version_that_no_page_shows_is_not_attested(client: Client) -> None:
    """Neither by link nor by key, and the page says why; once it is published, it is."""
    root = client.place.root
    link, _ = make_link(client)
    with Desk.open(client.place.config.register) as desk:
        (entry,) = desk.register.entries()
    key, english = Holder(client, key_of(root, entry.holder)), {"Accept-Language": "en"}
    address = f"ingest/attestations?dataset={IRI}"
    for digest in ("", f"&digest={entry.digest}"):
        refused = key.send("POST", address + digest, b"", **english)
        assert (refused.status_code, "not published yet" in refused.text) == (409, True)
    for answer in (client.get(link), key.send("POST", link, f"digest={entry.digest}")):
        assert answer.status_code == 409
        assert "pas encore publiée" in answer.text
        assert "<button" not in answer.text.partition("<main")[2]

    assert catalogue.red_catalog(root, "publish").returncode == 0
    page = client.get(link)
    assert (page.status_code, "corrigés" in page.text) == (200, True)
    given = re.findall(r'name="digest" value="(\w+)"', page.text)
    assert given == [entry.digest]
    assert key.send("POST", link, f"digest={given[0]}").status_code == 200
    assert key.send("POST", address).json()["version"] == entry.versions


def test_who_is_told_to_try_again_has_attested_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where many of one hospital, who share an address, ask for other pages at that moment."""
    assert catalogue.red_catalog(client.place.root, "publish").returncode == 0
    link, digest = make_link(client)
    go_on = Event()
    monkeypatch.setattr(scoping, "page", lambda *_, **__: str(go_on.wait(60)).encode())

    def attest() -> int:
        return requests.post(client.url + link, {"digest": digest}, timeout=60).status_code

    many = WAITING + 3
    with ThreadPoolExecutor(many) as crowd:
        scope = client.url + "scope.html?who=hospital"
        others = [crowd.submit(requests.get, scope, timeout=90) for _ in range(many)]
        try:
            assert wait(others, 30, FIRST_COMPLETED).done
            assert attest() == 503
            with Desk.open(client.place.config.register) as desk:
                assert desk.register.attestations(IRI) == []
        finally:
            go_on.set()
    assert attest() == 200
