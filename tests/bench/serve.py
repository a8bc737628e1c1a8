"""Serving under load, on loopback: what killable workers cost, runaways, hostile clients.

`make bench-serve`, or `python tests/bench/serve.py --datasets 1000 --seconds 60`. Throughput by
wrk where it is installed (Debian's package), else by the small client below, which also plays
the hostile clients.
"""

import argparse
import asyncio
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[2]))

import requests

from red_catalog.config import load
from red_catalog.pipeline.publishing import fill_index, fill_store, names
from red_catalog.publish import release
from red_catalog.store import stamps
from red_catalog.store.index import INDEX
from tests.bench.publish import MOMENT, entries

CONFIG = """
[catalogue]
base_iri = "https://red.example.fr/"
title = "Mesure"
publisher = "Mesure"
contact = "mailto:contact@red.example.fr"
[sparql]
seconds = 10.0
per_client = 100000
workers = 2
[serve]
access_log = false
"""
SMALL = "PREFIX dct: <http://purl.org/dc/terms/> SELECT ?t {{ <{iri}> dct:title ?t }}"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?f != ?i) }"
HOSTILE = (
    RUNAWAY,
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT ?x { BIND(" + "(" * 4000 + "1" + ")" * 4000 + " AS ?x) }",
    "SELECT (COUNT(*) AS ?n) { ?s (!<urn:x>)* ?o }",
)
PROMISED = {200, 400, 413, 429, 503, 504}


@dataclass
class Tally:
    """What clients saw: statuses, and seconds of the honest answers."""

    statuses: Counter[int] = field(default_factory=Counter)
    hostile: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    def p99(self) -> float:
        """The wait that one honest request in a hundred exceeds."""
        return statistics.quantiles(self.waits, n=100)[98]


def publish(root: Path, count: int) -> list[str]:
    """A catalogue of so many invented datasets; their page names."""
    (root / "red.toml").write_text(CONFIG, "utf-8")
    config, found = load(root / "red.toml"), entries(count)
    prepared = release.prepare(config, found, [], MOMENT)
    assert prepared is not None
    fill_store(prepared, None, names(config))
    fill_index(config, prepared, lambda: sorted(found, key=lambda e: e.slug), {})
    release.switch(config, prepared, partial(stamps.show, prepared.folder / INDEX))
    return [e.slug for e in found]


@contextmanager
def serving(*command: str) -> Iterator[str]:
    """A server process on a free port; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    url = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen([sys.executable, *command, port])
    try:
        for _ in range(600):
            try:
                if requests.get(url + "ready", timeout=1).status_code == 200:
                    break
            except requests.RequestException:
                pass
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(60)


def throughput(url: str, seconds: float, clients: int = 8) -> float:
    """Requests a second, all of which must succeed."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "10s", url]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in said, said
        found = re.search(r"Requests/sec:\s+([\d.]+)", said)
        assert found, said
        return float(found[1])
    tally = asyncio.run(drive(url, [""], clients, seconds))
    assert set(tally.statuses) == {200}, tally.statuses
    return tally.statuses[200] / seconds


async def drive(
    url: str, paths: list[str], clients: int, seconds: float, hostile: float = 0.0
) -> Tally:
    """So many clients that ask one thing after the other; a share of it is hostile."""
    tally, end = Tally(), time.monotonic() + seconds
    host, _, rest = url.removeprefix("http://").partition("/")
    address, _, port = host.partition(":")

    async def one(number: int) -> None:
        chance = random.Random(number)
        reader = writer = None
        while time.monotonic() < end:
            if writer is None:
                reader, writer = await asyncio.open_connection(address, int(port))
            assert reader is not None
            bad = chance.random() < hostile
            path = f"sparql?query={quote(chance.choice(HOSTILE))}" if bad else chance.choice(paths)
            began = time.monotonic()
            writer.write(f"GET /{rest}{path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            status, last = await receive(reader)
            (tally.hostile if bad else tally.statuses)[status] += 1
            if not bad:
                tally.waits.append(time.monotonic() - began)
            if last:
                writer.close()
                writer = None
        if writer:
            writer.close()

    await asyncio.gather(*(one(n) for n in range(clients)))
    return tally


async def receive(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """One answer: its status, and whether the connection ends with it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    size = re.search(r"content-length: (\d+)", head)
    if size:
        await reader.readexactly(int(size[1]))
    elif "chunked" in head:
        while (length := int((await reader.readline()).strip(), 16)) > 0:
            await reader.readexactly(length + 2)
        await reader.readline()
    return int(head.split(" ", 2)[1]), "connection: close" in head


def main() -> int:
    """Measures, prints, and fails where a bound does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasets", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        slugs = publish(root, options.datasets)
        return measure(root, slugs, options)


def measure(root: Path, slugs: list[str], options: argparse.Namespace) -> int:
    """All measurements on one catalogue; the number of bounds that do not hold."""
    say = print
    small = f"sparql?query={quote(SMALL.format(iri=f'https://red.example.fr/{slugs[0]}'))}"
    paths = {"small SELECT": small, "dataset page": f"dataset/{slugs[0]}",
             "API search": "api/datasets?q=cancer"}  # fmt: skip
    twin = str(Path(__file__).with_name("inside.py"))
    settings = str(root / "red.toml")
    with serving("-m", "red_catalog", "serve", "--config", settings, "--port") as url:
        with serving(twin, settings) as inner:
            share_of_inside = compare(url + small, inner + small)
        rates = {name: throughput(url + path, 8) for name, path in paths.items()}
        for name, rate in rates.items():
            say(f"{name:14} {rate:8.0f} requests/s")
        bounds = [("workers against the server's own process", share_of_inside, 0.5)]
        share, took, status = during_runaway(url, small)
        in_time = float(status == 504 and took < 11)
        bounds.append(("throughput during a runaway", share, 0.4))
        bounds.append(("runaway answered 504 in time", in_time, 1.0))
        say(f"runaway: {status} after {took:.2f} s (deadline 10 s)")
        bounds += hostile_bounds(url, list(paths.values()), options)
    for name, found, least in bounds:
        say(f"{'ok  ' if found >= least else 'MISS'} {name}: {found:.2f} (at least {least:g})")
    return sum(found < least for _, found, least in bounds)


def compare(one: str, other: str, rounds: int = 5) -> float:
    """The throughput of one address as a share of another's, asked in turn."""
    shares = [throughput(one, 2) / throughput(other, 2) for _ in range(rounds)]
    return statistics.median(shares)


def during_runaway(url: str, small: str, rounds: int = 3) -> tuple[float, float, int]:
    """The share of the throughput of small queries that a runaway leaves, and how it ended."""
    ended: list[tuple[float, int]] = []

    def run() -> None:
        began = time.monotonic()
        answer = requests.get(url + "sparql", params={"query": RUNAWAY}, timeout=60)
        ended.append((time.monotonic() - began, answer.status_code))

    shares = []
    for _ in range(rounds):
        alone = throughput(url + small, 3)
        runaway = threading.Thread(target=run)
        runaway.start()
        time.sleep(0.2)
        rate = throughput(url + small, 4)
        runaway.join()
        shares.append(rate / ((alone + throughput(url + small, 3)) / 2))
    took, status = max(ended)
    return statistics.median(shares), took, status


def hostile_bounds(
    url: str, paths: list[str], options: argparse.Namespace
) -> list[tuple[str, float, float]]:
    """Many clients, alone and with one hostile request in a hundred."""
    say = print
    alone = asyncio.run(drive(url, paths, options.clients, options.seconds / 3))
    mixed = asyncio.run(drive(url, paths, options.clients, options.seconds, 0.01))
    say(f"{options.clients} clients alone: p99 {alone.p99():.3f} s, {dict(alone.statuses)}")
    say(f"with hostile ones: p99 {mixed.p99():.3f} s, {dict(mixed.statuses)}")
    say(f"hostile requests: {dict(mixed.hostile)}")
    promised = set(mixed.statuses) == {200} and set(mixed.hostile) <= PROMISED
    return [
        ("only promised statuses", float(promised), 1.0),
        ("five times p99 alone over p99 mixed", 5 * alone.p99() / mixed.p99(), 1.0),
    ]


if __name__ == "__main__":
    sys.exit(main())
