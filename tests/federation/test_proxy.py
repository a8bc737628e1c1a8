"""The endpoint over a remote store: the same answers, and the same guards before it."""

import json
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from red_catalog import config
from red_catalog.errors import RedError
from red_catalog.publish.pages.examples import queries
from red_catalog.serve.sparql import protocol
from tests.federation import stores
from tests.federation.conftest import FILES, Catalogue, pusher, served
from tests.federation.test_targets import listening
from tests.http.loopback import Handler, free_port
from tests.http.loopback import answer as answered

DATASETS = "SELECT ?d WHERE { GRAPH ?g { ?d a <http://www.w3.org/ns/dcat#Dataset> } }"
JSON = "application/sparql-results+json"


@pytest.fixture
def made(tmp_path: Path) -> Catalogue:
    """A published catalogue of five datasets."""
    catalogue = Catalogue(tmp_path / "calme", f"http://127.0.0.1:{free_port()}/")
    catalogue.configure(FILES)
    catalogue.describe(range(5))
    catalogue.run()
    return catalogue


@contextmanager
def proxied(made: Catalogue, settings: str, **sparql: float) -> Iterator[None]:
    """The catalogue served with SPARQL from this store."""
    target = f'[[target]]\nid = "store"\nkind = "sparql"\n{settings}'
    made.configure(FILES, target)
    file = made.root / "red.toml"
    bounds = "".join(f"{name} = {value}\n" for name, value in sparql.items())
    text = file.read_text("utf-8").replace("[sparql]\n", f'[sparql]\nremote = "store"\n{bounds}')
    file.write_text(text, "utf-8")
    with served(made, int(made.base.rsplit(":", 1)[1].strip("/"))):
        yield


def ask(made: Catalogue, query: str, accept: str = JSON) -> requests.Response:
    """The answer to a query."""
    return requests.post(made.base + "sparql", {"query": query}, timeout=60,
                         headers={"Accept": accept, "Accept-Language": "en"})  # fmt: skip


def test_a_remote_store_answers_behind_the_same_guards(made: Catalogue, tmp_path: Path) -> None:
    """Tables and graphs in every form, cut at the bound of rows; no SERVICE, no update."""
    with stores.oxigraph(tmp_path / "oxigraph") as store, proxied(made, store.settings, rows=3):
        with pusher(made) as way:
            assert way.push().acknowledged == 5
        two = ask(made, DATASETS + " LIMIT 2")
        assert len(two.json()["results"]["bindings"]) == 2
        assert two.headers["cache-control"] == "no-store"
        cut = ask(made, DATASETS)
        assert (len(cut.json()["results"]["bindings"]), cut.headers["x-truncated"]) == (
            3, "rows=3",
        )  # fmt: skip
        assert ask(made, DATASETS + " LIMIT 2", "text/csv").text.startswith("d\r\n")
        assert ask(made, "ASK { GRAPH ?g { ?s ?p ?o } }").json()["boolean"] is True
        iri = next(iter(made.digests()))
        graph = f"CONSTRUCT {{ <{iri}> a ?t }} WHERE {{ GRAPH ?g {{ <{iri}> a ?t }} }}"
        assert iri in ask(made, graph, "application/ld+json").text
        for bad in (
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "DROP ALL", "SELECT * WHERE {", "SELECT (" + "(" * 80 + "1" + ")" * 81,
        ):  # fmt: skip
            assert ask(made, bad, "application/json").status_code == 400
    place = f"http://127.0.0.1:{free_port()}/"
    nowhere = f'location = "{place}"\noptions = {{ query = "{place}query" }}\n'
    with proxied(made, nowhere):
        gone = ask(made, DATASETS)
        assert (gone.status_code, gone.headers["retry-after"]) == (502, "30")


@pytest.mark.parametrize("kind", ["virtuoso", "oxigraph"])
def test_the_page_offers_what_a_remote_store_answers(
    made: Catalogue, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each example of the queries page is answered; what is not there is not announced."""
    monkeypatch.setenv("RED_TEST_STORE", "dba")
    opening = stores.virtuoso if kind == "virtuoso" else stores.oxigraph
    with opening(tmp_path / kind) as store, proxied(made, store.settings):
        with pusher(made) as way:
            assert way.push().acknowledged == 5
        made.publish()
        page = (made.site / "en/sparql.html").read_text("utf-8")
        offered = queries(remote=True)
        assert [q.name for q in queries() if q.sentence["en"] in page] == [q.name for q in offered]
        for query in offered:
            answer = ask(made, query.text, f"{JSON}, text/turtle")
            assert answer.status_code == 200, (query.name, answer.text)
        told = requests.get(made.base + "sparql", headers={"Accept": "text/turtle"}, timeout=60)
        assert "supportedLanguage" in told.text
        assert "extensionFunction" not in told.text
        # Oxigraph runs here without a default graph of all.
        if kind == "virtuoso":
            labelled = next(q for q in offered if q.name == "01-categories")
            rows = ask(made, labelled.text, JSON).json()["results"]["bindings"]
            assert rows
            assert all("label" in row for row in rows)


def test_who_leaves_a_remote_store_keeps_its_turn(made: Catalogue) -> None:
    """A query whose client has left counts as the client's until the store has been left, too."""
    yes = answered(b'{"head": {}, "boolean": true}', Content_Type=JSON)
    come, free = queue.SimpleQueue[None](), threading.Event()

    def answer(handler: Handler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        come.put(None)
        free.wait(60)
        yes(handler)

    with listening(answer) as host, proxied(made, somewhere(host), per_client=1):
        leave(made)
        come.get(timeout=60)
        time.sleep(0.5)  # in which the server notices that the client has left
        assert ask(made, "ASK { ?s ?p ?o }").status_code == 429
        assert come.empty()
        free.set()
        while (told := ask(made, "ASK { ?s ?p ?o }")).status_code == 429:
            time.sleep(0.05)
        assert told.json()["boolean"] is True


def leave(made: Catalogue) -> None:
    """Asks, and does not wait for the answer."""
    address = urlsplit(made.base)
    with socket.create_connection((address.hostname or "", address.port or 0)) as line:
        line.sendall(b"GET /sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.3)  # longer than most answers take, so that the server waits for its end


def test_a_remote_that_is_no_store_is_refused_at_once(made: Catalogue) -> None:
    """`sparql.remote` must name a target that answers queries."""
    file = made.root / "red.toml"
    text = file.read_text("utf-8").replace("[sparql]\n", '[sparql]\nremote = "magasin"\n')
    file.write_text(text, "utf-8")
    with pytest.raises(RedError, match="`magasin` is none"):
        config.load(file)


@pytest.mark.parametrize(
    "query",
    [
        'DEFINE get:soft "replace" SELECT * { ?s ?p ?o }',
        'SELECT (<bif:http_get>("http://127.0.0.1:1/") AS ?x) { ?s ?p ?o }',
        'SELECT (`bif:sys_stat("st_dbms_name")` AS ?x) { ?s ?p ?o }',
        "SELECT * { ?s ?p ?o OPTION (TRANSITIVE) }",
        "ASK { ?d a ?t FILTER(<https://red-catalog.org/ns#search>(?d, 'cancer')) }",
    ],
)
def test_a_store_gets_nothing_but_standard_queries(made: Catalogue, query: str) -> None:
    """What engines add to the language is refused here: the store is never asked."""
    come = queue.SimpleQueue[None]()

    def answer(handler: Handler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        come.put(None)
        answered(b'{"head": {}, "boolean": true}', Content_Type=JSON)(handler)

    with listening(answer) as host, proxied(made, somewhere(host)):
        assert ask(made, query, "application/json").status_code == 400
        assert come.empty()
        assert ask(made, "ASK { ?s ?p ?o }").json()["boolean"] is True


def test_a_query_is_run_by_the_store_alone(made: Catalogue) -> None:
    """What would take hours without any data is read here at once, and left to the store."""
    yes = answered(b'{"head": {}, "boolean": true}', Content_Type=JSON)

    def answer(handler: Handler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        yes(handler)

    values = " ".join(f"VALUES ?{name} {{ {'1 ' * 60} }}" for name in "abcdef")
    with listening(answer) as host, proxied(made, somewhere(host), seconds=10):
        found = ask(made, f"ASK {{ {{ SELECT (COUNT(*) AS ?n) {{ {values} }} }} }}")
    assert found.json()["boolean"] is True


def somewhere(host: str) -> str:
    """The settings of a store at a host."""
    return (
        f'location = "http://{host}/"\noptions = {{ query = "http://{host}/query" }}\n'
        f'allow_hosts = ["{host}"]\n'
    )


@pytest.mark.parametrize(
    ("status", "words", "told"),
    [
        (500, "Virtuoso S1T00 Error SR171: Transaction timed out", (504, "takes longer")),
        (500, "Virtuoso 22007 Error DT006: Cannot convert 2026-13-01", (400, "Cannot convert")),
        (400, "Unexpected token", (400, "Unexpected token")),
        (500, "Out of disk at /srv/store", (502, "Answer 500")),
        (401, "Qui va là ?", (502, "Answer 401")),
    ],
)
def test_a_store_blames_the_query_or_itself(
    made: Catalogue,
    status: int,
    words: str,
    told: tuple[int, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What the query is to blame for is told to who asked; what the store is, to the log."""
    refused = answered(words.encode(), status, Content_Type="text/plain")

    def answer(handler: Handler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        refused(handler)

    with listening(answer) as host, proxied(made, somewhere(host)):
        got = ask(made, "ASK { ?s ?p ?o }", "application/json")
    assert got.status_code == told[0]
    assert told[1] in got.text
    assert (words in caplog.text) is (told[0] == 502)
    assert told[0] != 502 or words not in got.text


def test_a_long_answer_of_a_store_is_not_its_fault(
    made: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than is read of an answer: the query is to be narrowed down."""
    monkeypatch.setattr(protocol, "ANSWER_BYTES", 1000)
    long = answered(b"<urn:a> <urn:b> <urn:c> .\n" * 100, Content_Type="application/n-triples")

    def answer(handler: Handler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        long(handler)

    with listening(answer) as host, proxied(made, somewhere(host)):
        got = ask(made, "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
    assert got.status_code == 503
    assert "narrow the query down or add LIMIT" in got.text


@pytest.mark.parametrize(
    ("header", "status", "truncated"),
    [({"X_SPARQL_MaxRows": "3"}, 200, "rows=10000"), ({}, 200, None),
     ({"X_SQL_State": "S1TAT"}, 504, None)],
)  # fmt: skip
def test_a_table_that_the_store_cut_never_looks_whole(
    made: Catalogue, header: dict[str, str], status: int, truncated: str | None
) -> None:
    """Virtuoso gives fewer rows than our bound, or what it found in its time, under 200."""
    rows = [{"n": {"type": "literal", "value": str(number)}} for number in range(3)]
    table = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": rows}}).encode()
    cut = answered(table, Content_Type=JSON, **header)

    def answer(handler: Handler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        cut(handler)

    with listening(answer) as host, proxied(made, somewhere(host)):
        got = ask(made, "SELECT ?n { ?n ?p ?o }")
    assert (got.status_code, got.headers.get("X-Truncated")) == (status, truncated)
    if status == requests.codes.ok:
        given = got.json()
        assert len(given["results"]["bindings"]) == (2 if truncated else 3)
        assert ("truncated" in given["head"]) is (truncated is not None)
