"""A catalogue that is served, whose holders' files change, and others that read it."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from red_catalog import config
from red_catalog.config import Config
from red_catalog.harvesters import ldes
from red_catalog.http import Http
from red_catalog.model import Entry, Record, Run
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.pipeline import pushing
from red_catalog.pipeline.announcing import announce
from red_catalog.pipeline.explaining import explain_for
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.pipeline.publishing import publish
from red_catalog.pipeline.stocking import RegisterStock
from red_catalog.register.ledger import Register
from red_catalog.serve.running import listen, make_server
from tests.bench import generator
from tests.http.loopback import free_port

START = datetime(2029, 3, 26, 3, tzinfo=UTC)
# What every dataset says of one organisation, whose contact point has no name.
AGENCY = "<https://donnees.ors-bretagne.example/organisme>"
SHARED = f"""{AGENCY} {RDF_TYPE} {term("foaf:Organization")} .
{AGENCY} {term("foaf:name")} "Observatoire régional de santé de Bretagne"@fr .
{AGENCY} {term("cv:contactPoint")} _:contact .
_:contact {RDF_TYPE} {term("cv:ContactPoint")} .
_:contact {term("cv:email")} "donnees@ors-bretagne.example" .
"""
FILES = 'kind = "file"\nlocation = "declarations"\n'
"""The source of a catalogue that describes its own datasets."""
HEAD = """[catalogue]
base_iri = "{base}"
title = {{ fr = "Répertoire {name}", en = "Catalogue {name}" }}
publisher = {{ fr = "Agence {name}", en = "Agency {name}" }}
contact = "mailto:repertoire@{name}.exemple.fr"
[publication]
rules = []
[guards]
grace_days = 0
grace_runs = 1
max_removed_share = 1.0
max_removed = 1000
[limits]
document_seconds = 60.0
[sparql]
workers = 1
[[holder]]
id = "{name}"
name = {{ fr = "Détenteurs de {name}", en = "Holders of {name}" }}
[[source]]
id = "{name}"
holder = "{name}"
"""


@dataclass
class Catalogue:
    """A folder, harvested and published in this process; each step is an hour later."""

    root: Path
    base: str
    name: str = "bretagne"
    hours: int = 0

    def configure(self, source: str, more: str = "") -> None:
        """Writes the configuration with one source."""
        self.root.mkdir(exist_ok=True)
        head = HEAD.format(base=self.base, name=self.name)
        (self.root / "red.toml").write_text(head + source + more, "utf-8")

    @property
    def config(self) -> Config:
        """The configuration."""
        return config.load(self.root / "red.toml")

    def describe(self, numbers: Iterable[int], word: str = "") -> None:
        """The holders' files of these datasets, each with another keyword."""
        folder = self.root / "declarations"
        folder.mkdir(exist_ok=True)
        for number in numbers:
            record = generator.make_record(0, number)
            more = f"""<{record.iri}> {term("dcat:keyword")} "{word or "essai"}"@fr .
<{record.iri}> {term("dct:creator")} {AGENCY} .
{SHARED}"""
            (folder / f"{number}.nt").write_bytes(record.canonical + more.encode())

    def remove(self, numbers: Iterable[int]) -> None:
        """Takes the holders' files of these datasets away."""
        for number in numbers:
            (self.root / "declarations" / f"{number}.nt").unlink()

    def harvest(self) -> list[Run]:
        """A harvest of every source."""
        self.hours += 1
        now = START + timedelta(hours=self.hours)
        settings = self.config
        with (
            Register.open(settings.register) as register,
            Http(settings.var / "cache", "red-catalog/test", settings.limits,
                 sleep=lambda _: None) as http,
        ):  # fmt: skip
            harvester = Harvester(settings, register, http, None, lambda: now, True)
            runs = list(harvester.harvest_all(settings.sources))
        for run in runs:
            assert run.status == "ok", run.unreadable
        return runs

    def publish(self) -> None:
        """A new release, where something changed."""
        with Register.open(self.config.register) as register:
            publish(self.config, register)

    def settle(self) -> None:
        """As many harvests as it takes for what is gone to be withdrawn."""
        self.harvest()
        self.harvest()

    def run(self) -> None:
        """Harvest, then publish."""
        self.settle()
        self.publish()

    def entries(self) -> dict[str, Entry]:
        """Every dataset that is not withdrawn."""
        with Register.open(self.config.register) as register:
            return {e.iri: e for e in register.entries() if e.withdrawn_at is None}

    def digests(self) -> dict[str, str]:
        """The digest of every dataset that is not withdrawn."""
        return {iri: entry.digest for iri, entry in self.entries().items()}

    @property
    def site(self) -> Path:
        """The live release's files."""
        return (self.root / "public" / "current" / "site").resolve()


def record(number: int) -> Record:
    """The generator's record of this number."""
    return generator.make_record(0, number)


@contextmanager
def served(catalogue: Catalogue, port: int) -> Iterator[None]:
    """The catalogue's server in this process, on a port that was found free."""
    with listen("127.0.0.1", port) as listener:
        server = make_server(catalogue.config, explain_for(catalogue.config))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield
        finally:
            server.should_exit = True
            thread.join(60)
            assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds are read when their events are, in 2029."""
    monkeypatch.setattr(ldes, "now", lambda: START + timedelta(days=99))


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[Catalogue]:
    """A published catalogue of seven datasets, and its server."""
    port = free_port()
    made = Catalogue(tmp_path / "parent", f"http://127.0.0.1:{port}/")
    made.configure('kind = "file"\nlocation = "declarations"\n')
    made.describe(range(7))
    made.run()
    with served(made, port):
        yield made


@pytest.fixture
def make_child(tmp_path: Path, parent: Catalogue) -> Callable[..., Catalogue]:
    """Makes a catalogue that harvests the parent by one kind of source."""

    def make(kind: str, path: str, more: str = "") -> Catalogue:
        name = f"{kind}-{path.rpartition('.')[2]}"
        child = Catalogue(tmp_path / name, "https://occitanie.exemple.fr/", "occitanie")
        host = parent.base.removeprefix("http://").strip("/")
        child.configure(
            f'kind = "{kind}"\nlocation = "{parent.base}{path}"\nallow_hosts = ["{host}"]\n{more}'
        )
        return child

    return make


def wait_for_sparql(parent: Catalogue) -> None:
    """Waits until the SPARQL workers are those of the live release."""
    live = (parent.root / "public" / "current").resolve().name
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a <http://www.w3.org/ns/dcat#Dataset> }"
    expected, end = len(parent.digests()), time.monotonic() + 120
    changed = [e.changed for e in parent.entries().values()]
    latest = f"{max(changed):%Y-%m-%dT%H:%M:%SZ}"
    asked = (
        "ASK { ?c a <http://www.w3.org/ns/dcat#Catalog>; <http://purl.org/dc/terms/modified> ?m"
        f" FILTER(STR(?m) >= '{latest}') }}"
    )
    while time.monotonic() < end:
        answers = [
            requests.get(parent.base + "sparql", {"query": q}, timeout=60,
                         headers={"Accept": "application/sparql-results+json"}).json()
            for q in (count, asked)
        ]  # fmt: skip
        number = int(answers[0]["results"]["bindings"][0]["n"]["value"])
        if number == expected and answers[1]["boolean"]:
            return
        time.sleep(0.2)
    pytest.fail(f"no worker on {live}")


def announce_all(made: Catalogue) -> None:
    """What publishing adds to the ledger, without the pages."""
    with Register.open(made.config.register) as register:
        stock = RegisterStock(made.config.register, made.config.catalogue.base_iri)
        announce(made.config, register, stock.changed(None), START)
        stock.close()


def announced(root: Path, base: str, count: int) -> Catalogue:
    """A catalogue of so many datasets, all announced."""
    made = Catalogue(root, base)
    made.configure(FILES)
    made.describe(range(count))
    made.harvest()
    announce_all(made)
    return made


@contextmanager
def pusher(made: Catalogue) -> Iterator[pushing.Pusher]:
    """The way to the one target of a catalogue."""
    config = made.config
    with (
        Register.open(config.register) as register,
        pushing.opened(config, register, config.targets[0], lambda: datetime.now(UTC)) as way,
    ):
        yield way
