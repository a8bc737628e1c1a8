"""Targets that take, refuse, are late, talk nonsense or lose what they had: all is caught up."""

import hashlib
import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from red_catalog.cli import run_command
from red_catalog.errors import BusyError
from red_catalog.pipeline import pushing
from red_catalog.pipeline.desk.diagnosing import diagnose
from red_catalog.rdf.terms import make_iri
from red_catalog.register.desk import Desk
from tests.catalogue import json_of, red_catalog
from tests.federation.conftest import (
    FILES,
    Catalogue,
    announce_all,
    announced,
    pusher,
    served,
)
from tests.http.loopback import Handler, Route, answer, free_port
from tests.killing import kill_in_the_middle


@pytest.fixture
def child(tmp_path: Path) -> Catalogue:
    """A catalogue of five datasets, announced, that sends what changes."""
    return announced(tmp_path / "enfant", "https://bretagne.exemple.fr/", 5)


def status(made: Catalogue) -> dict[str, Any]:
    """How the target stands, as `status --json` prints it."""
    rows = json_of(made.root, "status")
    return next(dict(row) for row in rows if "target" in row)


def folder_target(folder: Path) -> str:
    """A folder as the configuration names it."""
    return f'[[target]]\nid = "passerelle"\nkind = "directory"\nlocation = "{folder}"\n'


def test_what_no_release_shows_is_not_sent(child: Catalogue, tmp_path: Path) -> None:
    """Where a publication failed after the ledger, its changes go once one has not."""
    folder = tmp_path / "sortie"
    folder.mkdir()
    child.configure(FILES, folder_target(folder))
    child.publish()
    child.describe([9])
    child.harvest()
    announce_all(child)
    with pusher(child) as way:
        done = way.push()
        assert (done.acknowledged, done.owed) == (5, 0)
        assert way.register.balance(way.target).owed == 1
        child.publish()
        assert way.push().acknowledged == 1


def test_each_event_is_one_file_named_by_its_digest(child: Catalogue, tmp_path: Path) -> None:
    """Every event in order, once, also where the gateway took files away; contents are whole."""
    folder = tmp_path / "sortie"
    folder.mkdir()
    child.configure(FILES, folder_target(folder))
    with pusher(child) as way:
        assert (way.push().acknowledged, way.push().acknowledged) == (5, 0)
    taken = sorted(folder.iterdir())
    for file in taken:
        file.unlink()
    child.describe([1], "revu")
    child.settle()
    announce_all(child)
    child.describe([1], "revu encore")
    child.remove([2])
    child.settle()
    announce_all(child)
    with pusher(child) as way:
        assert way.push().acknowledged == 3
    names = sorted(folder.iterdir())
    kinds = [file.name.split("-")[1] for file in names]
    assert sorted(kinds) == ["delete", "update", "update"]
    for file in names:
        content = file.read_bytes()
        number, _, digest = file.name.removesuffix(".json").split("-")
        assert hashlib.sha256(content).hexdigest() == digest
        told = json.loads(content)
        assert told["number"] == int(number)
        if told["kind"] != "delete":
            assert make_iri(told["iri"]) in told["content"]


def test_more_than_a_batch_is_sent(
    child: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are asked for at once, every event goes out, once and in order."""
    monkeypatch.setattr(pushing, "_BATCH", 2)
    folder = tmp_path / "sortie"
    folder.mkdir()
    child.configure(FILES, folder_target(folder))
    with pusher(child) as way:
        done = way.push()
    assert (done.acknowledged, done.owed, len(list(folder.iterdir()))) == (5, 0, 5)


def test_a_folder_that_is_not_there_is_owed_everything(child: Catalogue, tmp_path: Path) -> None:
    """`push` says why and ends with 3, `status` what is owed; later, all comes."""
    folder = tmp_path / "sortie"
    child.configure(FILES, folder_target(folder))
    done = red_catalog(child.root, "push")
    assert done.returncode == 3
    assert "No such file" in done.stderr
    held = status(child)
    assert (held["owed"], held["acknowledged"]) == (5, 0)
    assert "No such file" in held["reasons"][0]["reason"]["fr"]
    folder.mkdir()
    assert red_catalog(child.root, "push").returncode == 0
    assert (len(list(folder.iterdir())), status(child)["owed"]) == (5, 0)


def test_a_link_in_the_folder_leads_to_no_other_file(child: Catalogue, tmp_path: Path) -> None:
    """Whoever may write in it, as a gateway may, has nothing else written over."""
    folder, other, register = tmp_path / "sortie", tmp_path / "autre", tmp_path / "registre.db"
    register.write_text("À nous seuls", "utf-8")
    for one in (folder, other):
        one.mkdir()
    child.configure(FILES, folder_target(folder))
    assert red_catalog(child.root, "push").returncode == 0
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        (other / f".{name}.part").symlink_to(register)
    child.configure(FILES, folder_target(other).replace("passerelle", "autre"))
    assert red_catalog(child.root, "push").returncode == 0
    assert register.read_text("utf-8") == "À nous seuls"
    assert sorted(path.name for path in other.iterdir() if not path.is_symlink()) == names


def test_a_target_that_is_not_set_up_holds_no_other_back(
    child: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one after it gets all; each is told why it did not, and the gravest is the code."""
    folder = tmp_path / "sortie"
    folder.mkdir()
    busy = folder_target(tmp_path).replace("passerelle", "occupe")
    parent = ingest_target("https://nation.exemple.fr/", "nation.exemple.fr")
    child.configure(FILES, busy + parent + folder_target(folder))
    command = ["push", "--config", str(child.root / "red.toml")]
    with child.config.sending("occupe"):
        code = run_command(command)
        told = capsys.readouterr()
        assert (code, len(list(folder.iterdir()))) == (2, 5)
        assert "passerelle" in told.out
        assert "Another red-catalog is sending to occupe" in told.err
        assert "needs the environment variable RED_TEST_KEY" in told.err
        assert run_command([*command, "occupe", "passerelle"]) == BusyError.exit_code


def test_what_can_be_read_back_is_verified_whatever_else_there_is(
    child: Catalogue, tmp_path: Path
) -> None:
    """Without names `--verify` asks the stores; who names another is told what to do instead."""
    store = """[[target]]
id = "magasin"
kind = "sparql"
location = "http://127.0.0.1:9/"
allow_hosts = ["127.0.0.1:9"]
options = { query = "http://127.0.0.1:9/query" }
"""
    child.configure(FILES, folder_target(tmp_path) + store)
    asked = red_catalog(child.root, "push", "--verify")
    assert (asked.returncode, "no SPARQL store" in asked.stderr) == (3, False)
    assert "magasin" in asked.stderr
    named = red_catalog(child.root, "push", "--verify", "passerelle")
    assert (named.returncode, "no SPARQL store" in named.stderr) == (2, True)


def ingest_target(url: str, host: str) -> str:
    """Another catalogue as the configuration names it."""
    return f"""[[target]]
id = "parent"
kind = "ingest"
location = "{url}"
allow_hosts = ["{host}"]
auth = {{ scheme = "header", name = "X-API-Key", value = "env:RED_TEST_KEY" }}
"""


def refuse_one(handler: Handler) -> None:
    """A catalogue that wants nothing about number 3."""
    length = int(handler.headers.get("Content-Length", "0"))
    body = handler.rfile.read(length)
    if b"/0-3>" in body or b"0-3" in handler.path.encode():
        answer(b'{"detail": "Finalit\\u00e9 absente"}', 422)(handler)
    else:
        acknowledge(handler)


def drain(handler: Handler) -> None:
    """Reads what is sent, so that the answer is not lost."""
    handler.rfile.read(int(handler.headers.get("Content-Length", "0")))


def nonsense(handler: Handler) -> None:
    """A page of somebody else's."""
    drain(handler)
    answer(b"<html>Bienvenue</html>")(handler)


def late(handler: Handler) -> None:
    """Says nothing for longer than anybody waits."""
    drain(handler)
    time.sleep(4)


def broken(handler: Handler) -> None:
    """Out of order."""
    drain(handler)
    answer(b"panne", 503)(handler)


def keyless(handler: Handler) -> None:
    """Does not know our key, and says so in the language that it is asked in."""
    drain(handler)
    asked = handler.headers.get("Accept-Language", "fr")
    told = "unknown key" if asked.startswith("en") else "clé inconnue"
    answer(json.dumps({"title": "Unauthorized", "detail": told}).encode(), 401)(handler)


def acknowledge(handler: Handler) -> None:
    """Done, under the name that was sent."""
    address = urlsplit(handler.path)
    given = parse_qs(address.query).get("originalId", [address.path.rpartition("/")[2]])
    answer(json.dumps({"id": given[0]}).encode())(handler)


def answering(handler: Handler) -> None:
    """A catalogue that takes everything."""
    drain(handler)
    acknowledge(handler)


def nameless(handler: Handler) -> None:
    """Says which dataset it took, and that it is none."""
    drain(handler)
    answer(b'{"id": null}')(handler)


def misnamed(handler: Handler) -> None:
    """Says that it took another dataset."""
    drain(handler)
    answer(b'{"id": "x"}')(handler)


def nested(handler: Handler) -> None:
    """Answers a list of lists of lists, and never ends."""
    drain(handler)
    answer(b'{"id": ' + b"[" * 100_000)(handler)


def moved(handler: Handler) -> None:
    """Where the catalogue was, there is nothing; who is there says so in JSON."""
    drain(handler)
    answer(b'{"detail": "Not Found"}', 404)(handler)


def without(handler: Handler) -> None:
    """A catalogue that knows our key and has none of our datasets."""
    if "whoami" in handler.path:
        answer(b'{"holder": "bretagne"}')(handler)
    else:
        moved(handler)


@contextmanager
def listening(route: Route, port: int = 0) -> Iterator[str]:
    """A server that answers PUT and DELETE by this route; tells its host."""

    class Answering(Handler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:  # noqa: N802  # the name that http.server calls
            with suppress(BrokenPipeError, ConnectionResetError):
                route(self)

        do_DELETE = do_POST = do_GET = do_PUT  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("route", "acknowledged", "refused", "why"),
    [
        (refuse_one, 4, 1, "Answer 422: Finalité absente"),
        (nonsense, 0, 0, "not that of a catalogue"),
        (nameless, 0, 0, "not that of a catalogue"),
        (misnamed, 0, 0, "not that of a catalogue"),
        (nested, 0, 0, "not that of a catalogue"),
        (late, 0, 0, "1"),
        (broken, 0, 0, "Answer 503"),
        (keyless, 0, 0, "Answer 401: unknown key"),
        (None, 0, 0, "127.0.0.1"),
    ],
)
def test_what_a_target_does_not_take_stays_owed(
    child: Catalogue,
    monkeypatch: pytest.MonkeyPatch,
    route: Route | None,
    acknowledged: int,
    refused: int,
    why: str,
) -> None:
    """The ledger keeps it with the reason; when the target is well again, it gets everything."""
    monkeypatch.setenv("RED_TEST_KEY", "cle")
    port = free_port()
    with listening(route, port) if route else nullcontext(f"127.0.0.1:{port}") as host:
        child.configure(FILES, ingest_target(f"http://{host}/", host))
        settings = child.root / "red.toml"
        text = settings.read_text("utf-8")
        settings.write_text(text.replace("document_seconds = 60.0", "document_seconds = 1.0"))
        with pusher(child) as way:
            done = way.push()
        assert (done.acknowledged, done.refused) == (acknowledged, refused)
        held = status(child)
        assert held["owed"] == 5 - acknowledged
        assert why in held["reasons"][0]["reason"]["en"]
    with listening(answering, port) as host:
        child.configure(FILES, ingest_target(f"http://{host}/", host))
        with pusher(child) as way:
            assert way.push().acknowledged == 5 - acknowledged
        assert status(child)["owed"] == 0


def test_a_deletion_is_owed_to_whoever_may_have_the_dataset(
    child: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was acknowledged, be everything owed again; what failed; not what was refused."""
    monkeypatch.setenv("RED_TEST_KEY", "cle")
    deleted: list[str] = []

    def taking(handler: Handler) -> None:
        """Takes everything but number 3, and fails at number 4."""
        if handler.command == "DELETE":
            deleted.append(handler.path)
            answering(handler)
        elif b"0-4" in handler.path.encode():
            broken(handler)
        else:
            refuse_one(handler)

    with listening(taking) as host:
        child.configure(FILES, ingest_target(f"http://{host}/", host))
        with pusher(child) as way:
            way.push()
            way.register.forget_deliveries(way.target.id)
        child.remove([2, 3, 4])
        child.settle()
        announce_all(child)
        with pusher(child) as way:
            assert way.push().owed == 0
    assert sorted(path.partition("0-")[2][0] for path in deleted) == ["2", "4"]
    assert (status(child)["refused"], status(child)["reasons"]) == (0, [])


def test_a_deletion_is_done_where_a_catalogue_says_so(
    child: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 404 of who is no catalogue, or not ours any more, leaves it owed; else it is done."""
    monkeypatch.setenv("RED_TEST_KEY", "cle")

    port = free_port()

    def push(route: Route) -> tuple[int, int]:
        """How much was acknowledged by this server, and is owed."""
        with listening(route, port) as host:
            child.configure(FILES, ingest_target(f"http://{host}/", host))
            with pusher(child) as way:
                done = way.push()
        return done.acknowledged, done.owed

    assert push(answering) == (5, 0)
    child.remove([2, 3])
    child.settle()
    announce_all(child)
    assert push(moved) == (0, 2)
    assert "Answer 404" in status(child)["reasons"][0]["reason"]["en"]
    assert push(without) == (2, 0)


def test_a_target_is_sent_one_feed(child: Catalogue, tmp_path: Path) -> None:
    """Another feed under the same id is refused: what the target has would be told wrongly."""
    child.configure(FILES, folder_target(tmp_path))
    with pusher(child) as way:
        way.push()
    child.configure(FILES, folder_target(tmp_path) + 'feed = "eu"\n')
    done = red_catalog(child.root, "push")
    assert done.returncode == 2
    told = " ".join(done.stderr.split())
    assert "give the target another `id`" in told
    assert "what `catalogue` alone has is deleted there" in told
    (ill,) = (
        one for one in diagnose(child.root / "red.toml") if one.subject == "target passerelle"
    )
    assert not ill.well
    assert "has been sent the feed `catalogue`" in ill.seen


def test_a_catalogue_sends_to_its_parent(
    child: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own server as parent: equal digests after creates, updates, deletes and a kill."""
    port = free_port()
    parent = Catalogue(tmp_path / "parent", f"http://127.0.0.1:{port}/", "nation")
    parent.configure('kind = "ingest"\n')
    parent.harvest()
    parent.publish()
    with Desk.open(parent.config.register) as desk:
        _, key = desk.create_token("nation", ("write", "delete"), None, datetime.now(UTC))
    monkeypatch.setenv("RED_TEST_KEY", key)
    child.configure(FILES, ingest_target(parent.base, f"127.0.0.1:{port}"))
    with served(parent, port):
        assert kill_in_the_middle(child.root, port, 0.05, "push")
        for step in range(3):
            if step == 1:
                child.describe([1, 5], "revu")
                child.remove([2])
            elif step == 2:
                child.describe([2], "de retour")
            child.settle()
            announce_all(child)
            with pusher(child) as way:
                done = way.push()
            assert (done.owed, done.problem) == (0, None)
            parent.settle()
            assert parent.digests() == child.digests()
        with pusher(child) as way:
            assert way.push().acknowledged == 0
