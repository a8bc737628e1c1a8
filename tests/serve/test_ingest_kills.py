"""Ten holders at the counter while the server is killed with `kill -9` at random moments.

`RED_INGEST_OPERATIONS` asks for more operations than the usual 120; 1,000 for the full count.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from red_catalog import config
from red_catalog.model import Document, Gone
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register
from tests import catalogue
from tests.serve.test_ingest import describe

OPERATIONS = int(os.environ.get("RED_INGEST_OPERATIONS", "120"))
HOLDERS = [f"hopital-{n}" for n in range(10)]
HEAD = """
[catalogue]
base_iri = "https://red.example.fr/"
title = "Essai"
publisher = "Essai"
contact = "mailto:contact@red.example.fr"
[publication]
rules = []
"""
HOLDER = """
[[holder]]
id = "{0}"
name = "Hôpital {0}"
namespaces = ["https://{0}.example/"]
[[source]]
id = "{0}-depot"
holder = "{0}"
kind = "ingest"
"""


class Server:
    """`red-catalog serve` on a port of its own, killed and started again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.kills = 0
        self.up = threading.Event()
        self.start()

    def start(self) -> None:
        """Starts, and waits until it answers."""
        command = [sys.executable, "-m", "red_catalog", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=self.root, start_new_session=True)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                requests.get(self.url + "health", timeout=1)
            except requests.RequestException:
                time.sleep(0.05)
            else:
                self.up.set()
                return
        raise AssertionError("the server does not start")

    def kill(self) -> None:
        """`kill -9`, with all that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.up.clear()
        self.process.wait()
        self.kills += 1


@dataclass
class Exporter:
    """One holder: what it did, what was acknowledged, and what may or may not have been done.

    `sure`: the last acknowledged content by IRI, None once taken back; `open`: what was asked
    since without an answer.
    """

    holder: str
    key: str
    chance: random.Random
    sure: dict[str, bytes | None] = field(default_factory=dict)
    open: dict[str, list[bytes | None]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    acknowledged: int = 0

    def act(self, url: str, number: int) -> None:
        """One random operation, sometimes on what is another's."""
        iri = f"https://{self.holder}.example/jeu/{self.chance.randrange(6)}"
        kind = self.chance.choice(["post", "post", "put", "delete", "steal"])
        content: bytes | None = describe(iri, f"{self.holder} opération {number}")
        if kind == "steal":
            other = self.chance.choice([h for h in HOLDERS if h != self.holder])
            iri = f"https://{other}.example/jeu/{self.chance.randrange(6)}"
            content = describe(iri, "volé")
        method, path = "POST", "ingest/datasets"
        if kind == "put":
            method, path = "PUT", f"ingest/datasets/origin?originalId={iri[-1]}"
        if kind == "delete":
            method, path, content = "DELETE", f"ingest/datasets/{iri}", None
        try:
            answer = requests.request(
                method, url + path, data=content, timeout=60,
                headers={"X-API-Key": self.key, "Content-Type": "text/turtle"},
            )  # fmt: skip
        except requests.RequestException:
            if kind != "steal":
                self.open.setdefault(iri, []).append(content)
            return
        self.note(kind, iri, content, answer)

    def note(self, kind: str, iri: str, content: bytes | None, answer: requests.Response) -> None:
        """Takes an answer down."""
        self.acknowledged += 1
        if answer.status_code in {503, 504}:
            return  # too busy: refused, so it must not appear
        if kind == "steal":
            if answer.status_code != 403:
                self.wrong.append(f"{iri}: {answer.status_code} {answer.text[:100]}")
        elif answer.status_code == 200 or (kind == "delete" and answer.status_code == 404):
            if kind != "delete" or iri in self.sure or answer.status_code == 200:
                self.sure[iri] = content
            self.open.pop(iri, None)
        else:
            self.wrong.append(f"{kind} {iri}: {answer.status_code} {answer.text[:100]}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue of ten holders, published empty."""
    (tmp_path / "red.toml").write_text(HEAD + "".join(map(HOLDER.format, HOLDERS)), "utf-8")
    assert catalogue.red_catalog(tmp_path, "run").returncode == 0
    return tmp_path


def test_nothing_acknowledged_is_lost(root: Path) -> None:
    """What was acknowledged is there and nothing else, each holder's by itself, and published."""
    exporters = [
        Exporter(
            holder,
            catalogue.json_of(root, "token", "create", holder)["key"],
            random.Random(number),
        )
        for number, holder in enumerate(HOLDERS)
    ]
    server = Server(root)
    numbers = iter(range(OPERATIONS))
    lock = threading.Lock()

    def work(exporter: Exporter) -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            server.up.wait(60)
            exporter.act(server.url, number)

    threads = [threading.Thread(target=work, args=(e,)) for e in exporters]
    for thread in threads:
        thread.start()
    chance = random.Random(11)
    while any(t.is_alive() for t in threads):
        # After some answers, not seconds: on a busy machine the first answer takes long.
        enough = chance.randint(10, 60) + sum(e.acknowledged for e in exporters)
        while any(t.is_alive() for t in threads):
            if sum(e.acknowledged for e in exporters) >= enough:
                break
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        server.kill()
        server.start()
    server.kill()

    assert [e.wrong for e in exporters] == [[]] * len(exporters)
    assert sum(e.acknowledged for e in exporters) > OPERATIONS / 2
    assert server.kills >= 2
    _compare(root, exporters)
    assert catalogue.red_catalog(root, "run").returncode == 0
    _compare_published(root, exporters)


def _compare(root: Path, exporters: list[Exporter]) -> None:
    with Desk.open(config.load(root / "red.toml").register) as desk:
        assert desk.first_broken() is None
        for exporter in exporters:
            held: dict[str, bytes | None] = {}
            for found in desk.documents(exporter.holder):
                if isinstance(found, Gone):
                    held[found.name] = None
                elif isinstance(found, Document):
                    held[_iri(found.content)] = found.content
            for iri in exporter.sure.keys() | exporter.open.keys() | held.keys():
                may = [exporter.sure.get(iri), *exporter.open.get(iri, [])]
                assert held.get(iri) in may, (exporter.holder, iri)


def _compare_published(root: Path, exporters: list[Exporter]) -> None:
    with Register.open(config.load(root / "red.toml").register) as register:
        live = {e.iri: e.holder for e in register.entries() if e.withdrawn_at is None}
    for exporter in exporters:
        for iri, content in exporter.sure.items():
            if iri not in exporter.open:
                assert (iri in live) is (content is not None), iri
        mine = {iri for iri, holder in live.items() if holder == exporter.holder}
        assert all(iri.startswith(f"https://{exporter.holder}.example/") for iri in mine)


def _iri(content: bytes) -> str:
    return content.decode().split("<", 2)[2].split("<", 1)[1].split(">", 1)[0]
