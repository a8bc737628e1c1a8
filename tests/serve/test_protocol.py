"""The W3C SPARQL 1.1 Protocol tests against a running server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """Holds the manifest's graph once it is read."""
    return {}


def _load(folder: Path, manifest: dict[str, Any]) -> Graph:
    if not manifest:
        manifest["graph"] = Graph().parse(folder / "manifest.ttl")
    graph: Graph = manifest["graph"]
    return graph


@pytest.fixture(scope="module")
def endpoint(make_place: Callable[..., Any], run_server: Callable[..., Any]) -> Any:
    """A server whose catalogue holds the graphs that the tests name."""
    base = "http://kasei.us/2009/09/sparql/data/data"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    quads = [
        f"<{base}{n}.rdf> <{kind}> <http://xmlns.com/foaf/0.1/Document> <{base}{n}.rdf> .\n"
        for n in (1, 2, 3)
    ]
    place = make_place()
    place.publish(more=quads)
    return run_server(place)


def test_queries(endpoint: Any, protocol_tests: Path, manifest: dict[str, Any]) -> None:
    """Every test of the query side passes."""
    graph = _load(protocol_tests, manifest)
    failures = []
    queries = [(test, name) for test, name in _tests(graph) if "update" not in name]
    assert len(queries) == 20
    for test, name in queries:
        for request in _requests(graph, test):
            failures += [f"{name}: {why}" for why in _check(endpoint, graph, request)]
    assert failures == []


def test_updates_are_refused(endpoint: Any, protocol_tests: Path, manifest: dict[str, Any]) -> None:
    """Every update of the tests is a 4xx, 403 or 405 where it is well formed."""
    graph = _load(protocol_tests, manifest)
    statuses = {}
    for test, name in _tests(graph):
        if "update" in name:
            statuses[name] = _send(endpoint, graph, _requests(graph, test)[0]).status_code
    well_formed = {s for n, s in statuses.items() if n.startswith("update")}
    assert len(statuses) >= 14
    assert well_formed <= {403, 405}
    assert all(400 <= s < 500 for s in statuses.values())


def _tests(graph: Graph) -> Iterator[tuple[Node, str]]:
    for test in sorted(graph.subjects(RDF.type, MF.ProtocolTest), key=str):
        yield test, str(test).rsplit("#", 1)[1]


def _requests(graph: Graph, test: Node) -> list[Node]:
    connection = graph.value(test, MF.action)
    return [r for head in graph.objects(connection, HT.requests) for r in Collection(graph, head)]


def _send(endpoint: Any, graph: Graph, request: Node) -> Any:
    path = urlsplit(str(graph.value(request, HT.absolutePath)))
    body = graph.value(request, HT.body)
    content = None
    if body is not None:
        encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8")
        content = str(graph.value(body, CNT.chars)).encode(encoding)
    fields = graph.value(request, HT.headers)
    headers = {
        str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue))
        for h in (Collection(graph, fields) if fields is not None else ())
    }
    url = f"{endpoint.url}sparql/?{path.query}"
    method = str(graph.value(request, HT.methodName))
    return endpoint.session.request(method, url, data=content, headers=headers, timeout=10)


def _check(endpoint: Any, graph: Graph, request: Node) -> Iterator[str]:
    answer = _send(endpoint, graph, request)
    expected = graph.value(request, HT.resp)
    codes = {
        str(c).rsplit("StatusCode", 1)[1][0] for c in graph.objects(expected, MF.expectedStatus)
    }
    if str(answer.status_code)[0] not in codes:
        yield f"status {answer.status_code}, not {codes}: {answer.text[:80]}"
        return
    form = graph.value(expected, MF.expectedFormat)
    kind = answer.headers.get("content-type", "").split(";")[0]
    if form is not None and kind not in FORMATS[str(form)]:
        yield f"media type {kind} for {form}"
    boolean = graph.value(expected, MF.expectedBoolean)
    if boolean is not None and answer.json()["boolean"] != boolean.toPython():  # type: ignore[attr-defined]
        yield f"answer {answer.json()['boolean']}"


def test_labels_are_read(protocol_tests: Path, manifest: dict[str, Any]) -> None:
    """The manifest is the one these tests know."""
    labels = list(_load(protocol_tests, manifest).objects(None, RDFS.label))
    assert any("SPARQL Protocol" in str(label) for label in labels)
