"""What operators ask of the server, and what it tells of requests."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from starlette.requests import Request

from red_catalog import config
from red_catalog.errors import RedError
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register
from red_catalog.register.pen import writing
from red_catalog.serve import files
from red_catalog.serve.request.clients import client_of, read_address
from tests import catalogue
from tests.http.loopback import free_port

_SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+]+')


def test_health_and_readiness(client: Any) -> None:
    """Both say yes on a server with a release; neither is cached."""
    for path in ("health", "ready"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


def test_probes_need_not_know_the_base_iri(
    make_place: Callable[..., Any], run_server: Callable[..., Any]
) -> None:
    """Under a base IRI with a path, health checks are answered below it and at the root."""
    place = make_place(base="https://www.example.fr/red/")
    place.publish()
    client = run_server(place)
    for address in (client.url, client.url.removesuffix("red/")):
        for path in ("health", "ready", "metrics"):
            assert client.session.get(address + path, timeout=5).status_code == 200
    assert 'kind="own",method="GET",status="200"} 6\n' in client.get("metrics").text


def test_metrics_are_prometheus_text(client: Any) -> None:
    """Every line is a comment or a sample; requests are counted by kind."""
    client.ask("ASK {}")
    text = client.get("metrics").text
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(_SAMPLE.fullmatch(line) for line in samples)
    before = _value(text, 'requests_total{kind="sparql",method="POST",status="200"}')
    client.ask("ASK {}")
    text = client.get("metrics").text
    assert _value(text, 'requests_total{kind="sparql",method="POST",status="200"}') == before + 1
    assert _value(text, 'request_seconds_bucket{kind="sparql",le="+Inf"}') >= before + 1
    assert _value(text, "ready") == 1


def test_what_fails_on_our_side_is_counted_as_that(
    make_place: Callable[..., Any],
    run_server: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An error is a 500 in the figures, too, and its answer has the headers of all others."""

    def fail(_: str) -> bool:
        raise LookupError("une erreur de notre côté")

    place = make_place()
    place.publish()
    client = run_server(place)
    monkeypatch.setattr(files, "_is_clean", fail)
    answer = client.get("about.html")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"
    # The connection of an answer that failed is closed.
    told = requests.get(client.url + "metrics", timeout=5).text
    assert 'kind="file",method="GET",status="500"} 1\n' in told


def test_metrics_are_for_named_networks_only(client: Any) -> None:
    """Whom a proxy on this machine asks for is not told."""
    answer = client.get("metrics", **{"X-Forwarded-For": "203.0.113.7"})
    assert answer.status_code == 404


def _value(text: str, name: str) -> float:
    line = next(line for line in text.splitlines() if line.startswith(f"red_catalog_{name} "))
    return float(line.rpartition(" ")[2])


def test_log_tells_no_person_and_stop_is_graceful(samples: Any) -> None:
    """A line of JSON a request, without address, query or key; SIGTERM lets answers end."""
    port = free_port()
    command = [sys.executable, "-m", "red_catalog", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=samples.place.root, stderr=subprocess.PIPE, text=True)
    url = f"http://127.0.0.1:{port}/"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if requests.get(url + "ready", timeout=1).status_code == 200:
                break
        except requests.RequestException:
            time.sleep(0.05)
    requests.get(url + "api/datasets?q=Dupont", headers={"User-Agent": "Dupont/1"}, timeout=5)
    requests.get(url + "api-keys/whoami", headers={"X-API-Key": "red_secret_x"}, timeout=5)
    requests.get(url + "attest/jeu~chu~1~2~secret", timeout=5)
    # Some seconds; of all statements it would be until the server ends it.
    slow = (
        "SELECT (COUNT(*) AS ?n) { { SELECT ?a ?c { ?a ?b ?c } LIMIT 3000 }"
        " { SELECT ?d ?f { ?d ?e ?f } LIMIT 3000 } FILTER(?a != ?d && ?c < ?f) }"
    )
    answers: list[int] = []
    asking = threading.Thread(
        target=lambda: answers.append(
            requests.get(url + "sparql", params={"query": slow}, timeout=60).status_code
        )
    )
    asking.start()
    time.sleep(0.5)
    assert not answers
    os.kill(process.pid, signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    asking.join()
    assert answers[0] in {200, 504}
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {"time", "method", "path", "status", "ms", "bytes"} == set(lines[0])
    assert any(line["path"] == "/api/datasets" for line in lines)
    assert not re.search(r"Dupont|127\.0\.0\.1|secret", said)


def test_backup_is_taken_while_the_register_is_written(tmp_path: Path) -> None:
    """The copy is whole and private, replaces the one before, and can take the place."""
    root = catalogue.copy_samples(tmp_path / "catalogue")
    assert catalogue.red_catalog(root, "harvest").returncode in {0, 3}
    file = tmp_path / "copy.db"
    for told in ("of yesterday", "of today"):
        assert catalogue.red_catalog(root, "backup", str(file)).returncode == 0, told
    with Register.open(config.load(root / "red.toml").register) as register:
        expected = [e.digest for e in register.entries()]
        with writing(register._db):
            register._db.execute("INSERT INTO bookmark VALUES ('a', 'b', 'c')")
            assert catalogue.red_catalog(root, "backup", str(file)).returncode == 0
        assert register.bookmark("a", "c") == "b"
    assert oct(file.stat().st_mode)[-3:] == "600"
    with Register.open(file) as copy:
        assert ([e.digest for e in copy.entries()], copy.integrity()) == (expected, "ok")
        assert copy.bookmark("a", "c") is None
    nowhere = catalogue.red_catalog(root, "backup", str(tmp_path / "none" / "copy.db"))
    assert (nowhere.returncode, "choose another place" in nowhere.stderr) == (2, True)


def test_a_backup_replaces_nothing_else(tmp_path: Path) -> None:
    """The configuration, the register itself and other databases are not written over."""
    root = catalogue.copy_samples(tmp_path / "catalogue")
    settings = config.load(root / "red.toml")
    with Desk.open(settings.register):
        pass
    other, linked = tmp_path / "other.db", tmp_path / "linked.db"
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE a (b)")
    linked.symlink_to(settings.register)
    for file, said in (
        (root / "red.toml", "is no backup"),
        (settings.register, "is the register itself"),
        (linked, "is the register itself"),
        (other, "is no backup"),
    ):
        before = file.read_bytes()
        done = catalogue.red_catalog(root, "backup", str(file))
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
        assert file.read_bytes() == before
    wreck, empty = tmp_path / "wreck.db", tmp_path / "empty.db"
    wreck.write_bytes(settings.register.read_bytes()[:30])
    empty.touch()
    for file in (wreck, empty):
        assert catalogue.red_catalog(root, "backup", str(file)).returncode == 0


def test_on_a_new_machine_nothing_was_there_before(tmp_path: Path) -> None:
    """A backup put where no register was names no file that is not there."""
    root, new = (catalogue.copy_samples(tmp_path / name) for name in ("old", "new"))
    with Desk.open(config.load(root / "red.toml").register) as desk:
        desk.create_token("chu-valmorin", ("write",), None, datetime(2026, 3, 1, tzinfo=UTC))
    copy = str(tmp_path / "copy.db")
    assert catalogue.red_catalog(root, "backup", copy).returncode == 0
    done = catalogue.red_catalog(new, "restore", copy)
    assert (done.returncode, done.stdout) == (0, "Restored.\n")
    assert "before" in catalogue.red_catalog(new, "restore", copy).stdout
    assert list((new / "var").glob("register.before-*.db")) != []


def test_networks_are_checked(tmp_path: Path) -> None:
    """What is no network is told when the configuration is read."""
    path = tmp_path / "red.toml"
    catalogue_table = '[catalogue]\nbase_iri = "https://a.example/"\ntitle = "a"\n'
    path.write_text(
        catalogue_table
        + 'publisher = "a"\ncontact = "a@a.example"\n[serve]\nmetrics_from = ["x"]\n'
    )
    with pytest.raises(RedError, match="list of networks"):
        config.load(path)


def test_a_backup_is_put_back(tmp_path: Path) -> None:
    """Keys made after it are gone, what was there is kept, the log goes on; also over a wreck."""
    root = catalogue.copy_samples(tmp_path / "catalogue")
    settings = config.load(root / "red.toml")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    with Desk.open(settings.register) as desk:
        desk.create_token("chu-valmorin", ("write",), None, now)
    copy = tmp_path / "copy.db"
    assert catalogue.json_of(root, "backup", str(copy)) == {"file": str(copy)}
    with Desk.open(settings.register) as desk:
        token, _ = desk.create_token("institut-mesange", ("write",), None, now)
        done = catalogue.red_catalog(root, "restore", str(copy))
        assert done.returncode == 0, done.stderr
        assert token.id not in {one.id for one in desk.tokens()}  # seen while it is open
    with Desk.open(settings.register) as desk:
        told = [e.action for e in desk.log()]
        assert told == ["token create", "token create", "restore"]
        assert desk.first_broken() is None
    (kept,) = settings.var.glob("register.before-*.db")
    with Desk.open(kept) as desk:
        assert token.id in {one.id for one in desk.tokens()}
    kept.unlink()
    settings.register.write_bytes(b"not a database, " * 1000)
    aside = catalogue.json_of(root, "restore", str(copy))["before"]
    with Desk.open(settings.register) as desk:
        assert len(desk.tokens()) == 1
    (kept,) = settings.var.glob("register.before-*.db")
    assert kept.samefile(root / aside)
    assert kept.read_bytes().startswith(b"not a database")


def test_what_is_no_backup_is_not_put_back(tmp_path: Path) -> None:
    """A damaged copy, another file, an empty database: a sentence, and nothing changes."""
    root = catalogue.copy_samples(tmp_path / "catalogue")
    settings = config.load(root / "red.toml")
    with Desk.open(settings.register) as desk:
        desk.create_token("chu-valmorin", ("write",), None, datetime(2026, 3, 1, tzinfo=UTC))
    other, empty, cut = tmp_path / "a.txt", tmp_path / "b.db", tmp_path / "c.db"
    other.write_text("a word " * 1000)
    with closing(sqlite3.connect(empty)) as db:
        db.execute("CREATE TABLE a (b)")
    assert catalogue.red_catalog(root, "backup", str(cut)).returncode == 0
    cut.write_bytes(cut.read_bytes()[:-20_000])
    for file in (other, empty, cut):
        done = catalogue.red_catalog(root, "restore", str(file))
        assert (done.returncode, "give another" in done.stderr) == (2, True), done.stderr
    with Desk.open(settings.register) as desk:
        assert len(desk.tokens()) == 1


def test_an_address_is_the_same_by_a_socket_of_both_kinds() -> None:
    """Two IPv4 clients are two; those of one IPv6 network are one; this machine is this machine."""

    def client(host: str) -> str:
        return client_of(Request({"type": "http", "headers": [], "client": (host, 1)}))

    assert client("::ffff:203.0.113.7") == client("203.0.113.7") == "203.0.113.7"
    assert client("::ffff:198.51.100.9") != client("::ffff:203.0.113.7")
    assert client("2001:db8::1") == client("2001:db8::2") != client("2001:db8:1::1")
    assert read_address("::ffff:127.0.0.1").is_loopback
