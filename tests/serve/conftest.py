"""A small French catalogue, published by hand, and a real server on it."""

import gzip
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from red_catalog.config import Config, load
from red_catalog.pipeline.explaining import explain_for
from red_catalog.serve.running import listen, make_server
from red_catalog.store.embedded import build
from tests import shared
from tests.serve.published import publish_samples

BASE = "https://red.example.fr/"
HOLDERS = ("chu-lille", "chu-nantes", "ars-bretagne")
DCT = "http://purl.org/dc/terms/"
HEALTH = "http://healthdataportal.eu/ns/health#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DCAT = "http://www.w3.org/ns/dcat#"
EAU = "http://publications.europa.eu/resource/authority/"
VOCABULARY = [
    (
        f"<{EAU}access-right/PUBLIC>",
        "<http://www.w3.org/2004/02/skos/core#prefLabel>",
        '"données publiques"@fr',
    )
]


def describe(slug: str, word: str = "") -> list[str]:
    """One dataset as N-Quads in its own graph."""
    iri, point = f"<{BASE}dataset/{slug}>", f"<{BASE}.well-known/genid/{slug}c>"
    graph = f"<{BASE}record/{slug}>"
    triples = [
        (iri, TYPE, f"<{DCAT}Dataset>"),
        (iri, f"<{DCT}title>", f'"Séjours hospitaliers {word}({slug})"@fr'),
        (iri, f"<{DCT}accessRights>", f"<{EAU}access-right/PUBLIC>"),
        (iri, f"<{HEALTH}numberOfRecords>", f'"1200"^^<{XSD}nonNegativeInteger>'),
        (iri, f"<{HEALTH}minTypicalAge>", f'"18"^^<{XSD}integer>'),
        (iri, f"<{DCAT}temporalResolution>", f'"P12M"^^<{XSD}duration>'),
        (iri, f"<{DCAT}contactPoint>", point),
        (point, "<http://www.w3.org/2006/vcard/ns#fn>", '"Guichet des données"@fr'),
        (point, "<http://www.w3.org/2006/vcard/ns#hasURL>", f"<https://{slug}.example.fr/>"),
    ]
    return [f"{s} {p} {o} {graph} .\n" for s, p, o in triples]


@dataclass
class Place:
    """A catalogue's folder, in which releases are published."""

    root: Path
    releases: int = 0

    @property
    def config(self) -> Config:
        """The configuration that lies in it."""
        return load(self.root / "red.toml")

    def publish(self, word: str = "", more: list[str] | None = None) -> Path:
        """Writes a release and makes it the live one."""
        self.releases += 1
        folder = self.root / "public" / "releases" / f"r{self.releases}"
        site = folder / "site"
        quads = [q for h in HOLDERS for n in range(10) for q in describe(f"{h}-{n}", word)]
        dump = site / "data" / "catalogue.nq.gz"
        dump.parent.mkdir(parents=True)
        dump.write_bytes(gzip.compress("".join(quads + (more or [])).encode(), mtime=0))
        build(folder / "store", dump, VOCABULARY)
        write_site(site, word)
        link = self.root / "public" / "next"
        link.symlink_to(folder)
        (folder / "release.json").write_text(
            json.dumps(
                {
                    "datasets": {
                        "chu-lille-0": {"iri": BASE + "dataset/chu-lille-0"},
                        "chu-lille-1": {"iri": BASE + "id/chu-lille-1"},
                        "chu-nantes-0": {"iri": "https://chu-nantes.example.fr/jeux/0"},
                        "intrus-0": {"iri": BASE + "legal.html"},
                        "intrus-1": {"iri": BASE + "dataset/chu-lille-0.ttl"},
                    },
                    "gone": ["chu-lille-9"],
                }
            )
        )
        link.replace(self.root / "public" / "current")
        return folder


def write_site(site: Path, word: str) -> None:
    """Pages and files as the publisher lays them out."""
    (site / "en" / "dataset").mkdir(parents=True)
    (site / "dataset").mkdir()
    for slug in ("chu-lille-0", "chu-lille-1", "chu-nantes-0"):
        page = f"<!doctype html><title>{slug}</title>"
        (site / "dataset" / f"{slug}.html").write_text(page + "<p>Jeu de données" + " mot" * 400)
        (site / "en" / "dataset" / f"{slug}.html").write_text(page + "<p>Dataset")
        (site / "dataset" / f"{slug}.ttl").write_text(f"<{BASE}dataset/{slug}> a <x:{slug}> .\n")
        (site / "dataset" / f"{slug}.jsonld").write_text("{}")
        (site / "dataset" / f"{slug}.rdf").write_text("<rdf/>")
        (site / "dataset" / f"{slug}.nt").write_text("")
        for citation in ("bib", "ris", "csl.json"):
            (site / "dataset" / f"{slug}.{citation}").write_text("{}")
    (site / ".well-known").mkdir()
    (site / ".well-known" / "void").write_text(f"<{BASE}> a <http://rdfs.org/ns/void#Dataset> .\n")
    (site / "dataset" / "chu-lille-9.html").write_text("<!doctype html><p>Retiré")
    (site / "data.html").write_text("<!doctype html><p>Données")
    (site / "about.html").write_text("<!doctype html><p>À propos")
    for feed in ("catalogue", "eu"):
        for folder, ends in (("pages", ("ttl", "jsonld", "rdf")), ("events", ("trig", "jsonld"))):
            (site / "feed" / feed / folder).mkdir(parents=True)
            name = {"pages": "1", "events": "latest"}[folder]
            for end in ends:
                (site / "feed" / feed / folder / f"{name}.{end}").write_text("")
    (site / "legal.html").write_text("<!doctype html><p>Mentions légales")
    (site / "holder" / "chu-lille").mkdir(parents=True)
    (site / "holder" / "chu-lille.html").write_text("<!doctype html><p>CHU de Lille")
    (site / "holder" / "chu-lille" / "checks.ics").write_text("BEGIN:VCALENDAR")
    (site / "index.html").write_text(f"<!doctype html><p>Accueil {word}")
    (site / "en" / "index.html").write_text("<!doctype html><p>Home")
    (site / "sparql.html").write_text("<!doctype html><form>Requête</form>")
    (site / "404.html").write_text("<!doctype html><p>Page introuvable")
    (site / "en" / "404.html").write_text("<!doctype html><p>Page not found")


CONFIG = """
[catalogue]
base_iri = "{base}"
title = {{ fr = "Répertoire d'essai", en = "Test register" }}
publisher = {{ fr = "Agence d'essai", en = "Test agency" }}
contact = "contact@red.example.fr"
[publication]
rules = []
[sparql]
seconds = {seconds}
rows = {rows}
query_bytes = {query_bytes}
memory_bytes = {memory_bytes}
per_client = {per_client}
workers = 2
"""


@pytest.fixture(scope="session")
def make_place(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Place]:
    """Makes the folder of a catalogue with small limits."""

    def make(base: str = BASE, **limits: float) -> Place:
        known = {"seconds": 3.0, "rows": 500, "query_bytes": 16_384, "per_client": 5}
        known |= {"memory_bytes": 600_000_000} | limits
        root = tmp_path_factory.mktemp("catalogue")
        (root / "red.toml").write_text(CONFIG.format(base=base, **known), "utf-8")
        return Place(root)

    return make


@dataclass
class Client:
    """A server that runs, and how to ask it."""

    url: str
    place: Place
    pool: Callable[[], list[int]]
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, accept: str | None = "*/*", **headers: str) -> requests.Response:
        """GETs a path, following no redirection."""
        given = {"Accept": accept, **headers}
        return self.session.get(self.url + path, headers=given, allow_redirects=False, timeout=20)

    def ask(self, query: str, accept: str | None = None, **values: str) -> requests.Response:
        """POSTs a query as it is."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.session.post(
            self.url + "sparql", query.encode(), headers=headers, params=values, timeout=20
        )

    def select(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT as plain values."""
        rows = self.ask(query).json()["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in rows]


@pytest.fixture(scope="session")
def run_server() -> Iterator[Callable[[Place], Client]]:
    """Runs real servers on free loopback ports, stopped gracefully at the end."""
    running = []

    def run(place: Place) -> Client:
        listener = listen("127.0.0.1", 0)
        server = make_server(place.config, explain_for(place.config))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        port = listener.getsockname()[1]
        path = place.config.catalogue.base_path
        app = server.config.app
        client = Client(
            f"http://127.0.0.1:{port}{path}",
            place,
            lambda: list(app.state.switch.pool.processes()),  # type: ignore[union-attr]
        )
        running.append((server, thread, listener, client))
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        return client

    yield run
    for server, _, _, client in running:
        client.session.close()
        server.should_exit = True
    for _, thread, listener, _ in running:
        thread.join(20)
        assert not thread.is_alive()
        listener.close()


@pytest.fixture(scope="session")
def client(make_place: Callable[..., Place], run_server: Callable[[Place], Client]) -> Client:
    """A server on one small release."""
    place = make_place()
    place.publish()
    return run_server(place)


@pytest.fixture(scope="session")
def samples(
    tmp_path_factory: pytest.TempPathFactory, run_server: Callable[[Any], Client]
) -> Client:
    """A server on the sample holders' catalogue, harvested and published."""
    folder = tmp_path_factory.mktemp("samples") / "catalogue"
    return run_server(publish_samples(folder, "\n[serve]\nchecks_per_minute = 100_000\n"))


@pytest.fixture
def canary() -> Iterator[list[bytes]]:
    """What connects to 127.0.0.1:18999, where attacks point: it must stay empty."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 18999)) as listener:
        listener.settimeout(0.05)
        done = threading.Event()

        def accept() -> None:
            while not done.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                seen.append(b"connected")
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield seen
        done.set()
        thread.join()


@pytest.fixture
def attacks() -> Path:
    """The folder of the attack corpus."""
    default = Path(__file__).parents[3] / "shared" / "attacks"
    return _given(Path(os.environ.get("RED_ATTACKS", default)))


@pytest.fixture
def protocol_tests() -> Path:
    """The folder of the W3C protocol tests."""
    default = Path(__file__).parents[3] / "shared" / "w3c"
    return _given(Path(os.environ.get("RED_W3C", default)) / "sparql11" / "protocol")


def _given(folder: Path) -> Path:
    if not folder.is_dir():
        shared.lack(f"{folder.name} is not beside the repository")
    return folder
