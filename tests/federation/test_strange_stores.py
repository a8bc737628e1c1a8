"""Stores that are none any more, or answer nonsense: nothing is believed that was not said."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from red_catalog.publish.federation import payload
from red_catalog.rdf.terms import iri, is_literal, literal
from red_catalog.targets.outcome import Accepted, Parcel
from tests.federation.conftest import FILES, Catalogue, announce_all, announced, pusher
from tests.federation.test_targets import listening
from tests.http.loopback import Handler, answer

LOGIN = b"<!DOCTYPE html>\n<html><body>Identifiez-vous</body></html>"
JSON = "application/sparql-results+json"
Answer = tuple[int, bytes]
Rows = list[dict[str, object]]
TAKEN: Answer = (204, b"")


@pytest.fixture
def made(tmp_path: Path) -> Catalogue:
    """A catalogue of three datasets, announced."""
    return announced(tmp_path / "calme", "https://red.exemple.fr/", 3)


def cells(graph: str, triple: tuple[str, str, str]) -> dict[str, object]:
    """A row of JSON results."""
    row: dict[str, object] = {"g": {"type": "uri", "value": graph}}
    for name, term in zip("spo", triple, strict=True):
        if not is_literal(term):
            row[name] = {"type": "uri", "value": iri(term)}
            continue
        text, language, datatype = literal(term)
        told = {"xml:lang": language} if language else {"datatype": datatype}
        row[name] = {"type": "literal", "value": text, **told}
    return row


class Store:
    """What the store answers to each method now, and to each query."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {"PUT": TAKEN, "DELETE": TAKEN}
        self.counts: object = []
        self.said: dict[str, str] = {}

    def __call__(self, handler: Handler) -> None:
        """Answers a request."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        if handler.command != "POST":
            status, content = self.answers[handler.command]
            answer(content, status, Content_Type="text/plain")(handler)
            return
        assert parse_qs(body.decode())["query"][0].startswith("SELECT")
        told = {"head": {"vars": []}, "results": {"bindings": self.counts}}
        answer(json.dumps(told).encode(), Content_Type=JSON, **self.said)(handler)


def target(made: Catalogue, host: str, *, query: bool = True) -> None:
    """Configures a store at a host."""
    asked = f'options = {{ query = "http://{host}/query" }}\n' if query else ""
    made.configure(
        FILES,
        f'[[target]]\nid = "store"\nkind = "sparql"\nlocation = "http://{host}/store"\n'
        f'allow_hosts = ["{host}"]\n{asked}',
    )


def test_a_page_to_people_is_no_store(made: Catalogue) -> None:
    """A form for logging in, with the status 200, has taken nothing."""
    store = Store()
    store.answers["PUT"] = (200, LOGIN)
    with listening(store) as host:
        target(made, host)
        with pusher(made) as way:
            done = way.push()
    assert (done.acknowledged, done.owed) == (0, 3)
    assert done.problem is not None
    assert "Identifiez-vous" in done.problem["en"]


@pytest.mark.parametrize("change", [lambda rows: rows, lambda rows: rows[1:]])
def test_a_store_may_say_by_a_page_that_it_is_done(
    made: Catalogue, change: Callable[[Rows], Rows]
) -> None:
    """What `query` finds in the graph decides: all that was sent, or the page is no answer."""
    store = Store()
    store.answers["PUT"] = (200, LOGIN)
    rows: Rows = []
    with listening(store) as host:
        target(made, host)
        with pusher(made) as way:
            assert way.store is not None
            (first, *_) = way._live()
            content = way._content(first)
            graph = way.store.graph(first.slug)
            rows = [cells(graph, one) for one in payload.statements(content)]
            store.counts = change(rows)
            outcome = way.store.deliver(Parcel(first, content))
    assert isinstance(outcome, Accepted) is (store.counts == rows)


@pytest.mark.parametrize(
    ("told", "query", "rows", "believed"),
    [
        (LOGIN, True, [], True),
        (LOGIN, True, [{}], False),
        (LOGIN, False, [], False),
        (b"No such graph", True, [{}], False),
        (b"No such graph", True, {"p": 1}, False),
        (b"No such graph", True, [], True),
        (b"No such graph", False, [], True),
    ],
)
def test_a_deletion_is_done_where_the_graph_is_not(
    made: Catalogue, told: bytes, query: bool, rows: object, believed: bool
) -> None:
    """Any server says 404 where the store is no more: it is asked whether the graph is there."""
    store = Store()
    with listening(store) as host:
        target(made, host, query=query)
        with pusher(made) as way:
            assert way.push().owed == 0
        made.remove([0])
        made.settle()
        announce_all(made)
        store.answers["DELETE"], store.counts = (404, told), rows
        with pusher(made) as way:
            done = way.push()
    assert done.owed == (0 if believed else 1)
    assert (done.problem is None) is believed


@pytest.mark.parametrize(
    "rows",
    [
        "rien", [1], ["g"], [{"g": 1}], [{"g": {}}], [{"g": {"value": "urn:x"}}],
        [{"g": {"value": "urn:x"}, "n": {"value": "many"}}],
        [{"g": {"value": ["urn:x"]}, "n": {"value": "1"}}],
    ],
)  # fmt: skip
def test_nonsense_is_told_as_what_it_is(made: Catalogue, rows: object) -> None:
    """JSON that is no table of graphs and numbers ends the comparison with its first words."""
    store = Store()
    store.counts = rows
    with listening(store) as host:
        target(made, host)
        with pusher(made) as way:
            done = way.verify()
    assert done.problem is not None
    assert done.problem["en"].startswith("Unreadable answer: {")
    assert (done.owed, done.different) == (0, [])


@pytest.mark.parametrize("said", [{"X_SPARQL_MaxRows": "1"}, {"X_SQL_State": "S1TAT"}])
def test_what_a_store_cuts_from_its_answer_is_not_lost(
    made: Catalogue, said: dict[str, str]
) -> None:
    """Virtuoso says that there were too many rows, or too little time: nothing is sent again."""
    store = Store()
    with listening(store) as host:
        target(made, host)
        with pusher(made) as way:
            assert way.push().owed == 0
            assert way.store is not None
            (first, *_) = way._live()
            graph = {"type": "uri", "value": way.store.graph(first.slug)}
            store.counts, store.said = [{"g": graph, "n": {"value": "1"}}], said
            done = way.verify()
    assert (done.acknowledged, done.owed, done.different) == (0, 0, [])
    assert done.problem is not None
    assert done.problem["en"].startswith("The server says that its answer is not whole (X-S")


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"s": {"type": "uri"}},
        {"s": {"type": "uri", "value": "urn:s"}, "p": 3},
        {name: {"type": "uri", "value": "urn:x"} for name in "gspo"},
    ],
)
def test_nonsense_about_contents_is_told_too(made: Catalogue, cells: dict[str, object]) -> None:
    """Statements without their terms, and those of a graph that was not asked for."""
    store = Store()
    with listening(store) as host:
        target(made, host)
        with pusher(made) as way:
            assert way.store is not None
            store.counts = [cells]
            (found,) = way.store.contents(["https://red.exemple.fr/record/lits"])
    assert "Unreadable answer" in getattr(found, "reason", {})["en"]


def test_what_the_store_does_not_drop_is_told(made: Catalogue) -> None:
    """The store says why a graph too many stays: it has lost nothing."""
    store = Store()
    with listening(store) as host:
        target(made, host)
        with pusher(made) as way:
            assert way.push().owed == 0
            stray = {"type": "uri", "value": "https://red.exemple.fr/record/egare-00000000"}
            store.counts = [{"g": stray, "n": {"value": "2"}}]
            store.answers["DELETE"] = (403, b"Lecture seule")
            done = way.verify()
    assert done.problem is not None
    assert done.problem["en"] == "Answer 403: Lecture seule"
    assert done.different[0] == stray["value"]


def test_what_a_store_does_not_keep_is_told_with_the_rest(made: Catalogue) -> None:
    """The graphs are named and owed again; what was compared and sent is told as well."""
    store = Store()
    with listening(store) as host:
        target(made, host)
        with pusher(made) as way:
            assert way.store is not None
            graphs = [way.store.graph(one.slug) for one in way._live()]
            other = ("<urn:x:s>", "<urn:x:p>", '"1"')
            store.counts = [{**cells(g, other), "n": {"value": "1"}} for g in graphs]
            done = way.verify()
            assert done.owed == way.register.balance(way.target).owed == 3
    assert (done.compared, done.different, done.acknowledged) == (3, graphs, 6)
    assert done.problem is not None
    assert graphs[0] in done.problem["en"]


def test_labels_that_are_not_taken_are_named(made: Catalogue) -> None:
    """The reason names the labels that a proxy refuses; graphs that are lost besides are owed."""
    store = Store()

    def before_it(handler: Handler) -> None:
        if "vocabulary" in handler.path:
            handler.rfile.read(int(handler.headers["Content-Length"]))
            answer(b"Request Entity Too Large", 413)(handler)
        else:
            store(handler)

    store.counts = [{name: {"value": "0"} for name in "no"}]
    with listening(before_it) as host:
        target(made, host)
        with pusher(made) as way:
            done = way.push()
            store.counts = []
            verified = way.verify()
    assert (done.acknowledged, done.owed) == (3, 0)
    assert (len(verified.different), verified.owed) == (3, 3)
    for one in (done, verified):
        assert one.problem is not None
        assert one.problem["fr"].startswith(
            "libellés des listes de codes (https://red.exemple.fr/vocabulary) : Réponse 413"
        )
