"""The SPARQL endpoint, asked over HTTP."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

DATASET = "https://red.example.fr/dataset/chu-lille-0"
TITLES = "PREFIX dct: <http://purl.org/dc/terms/> SELECT ?t { ?d dct:title ?t } ORDER BY ?t LIMIT 2"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?f != ?i) }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_default_graph_is_merged(client: Any) -> None:
    """The default graph holds every record once, and the labels of the code lists."""
    assert client.select(COUNT) == [{"n": str(30 * 9 + 1)}]


def test_record_has_its_graph(client: Any) -> None:
    """A record's own triples are in its named graph."""
    query = (
        "SELECT (COUNT(*) AS ?n) { GRAPH <https://red.example.fr/record/chu-lille-0> {?s ?p ?o}}"
    )
    assert client.select(query) == [{"n": "9"}]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv, text/tab-separated-values;q=0.5", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("application/sparql-results+json;q=0, application/*", "application/sparql-results+xml"),
    ],
)
def test_tables_are_negotiated(client: Any, accept: str | None, expected: str) -> None:
    """SELECT answers in the format that Accept prefers."""
    answer = client.ask(TITLES, accept)
    assert expected == answer.headers["content-type"].split(";")[0]
    assert answer.headers["vary"].startswith("Accept")
    assert "Séjours hospitaliers (ars-bretagne-0)" in answer.content.decode()


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json, */*;q=0.1", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("text/html", "text/plain"),
    ],
)
def test_graphs_are_negotiated(client: Any, accept: str | None, expected: str) -> None:
    """CONSTRUCT answers in the format that Accept prefers."""
    answer = client.ask("CONSTRUCT { ?d a ?c } { ?d a ?c }", accept)
    assert (200, expected) == (answer.status_code, answer.headers["content-type"].split(";")[0])


def test_every_table_format_holds_the_rows(client: Any) -> None:
    """The four formats of a SELECT give the same values."""
    query = 'SELECT * { VALUES (?a ?b) { ("x,\\"y\\"\\t"@fr <http://a/>) (UNDEF 5) } }'
    found = client.ask(query, "application/json").json()["results"]["bindings"]
    assert found == [
        {
            "a": {"type": "literal", "value": 'x,"y"\t', "xml:lang": "fr"},
            "b": {"type": "uri", "value": "http://a/"},
        },
        {
            "b": {
                "type": "literal",
                "value": "5",
                "datatype": "http://www.w3.org/2001/XMLSchema#integer",
            }
        },
    ]
    csv = client.ask(query, "text/csv").content.decode()
    assert csv == 'a,b\r\n"x,""y""\t",http://a/\r\n,5\r\n'
    tsv = client.ask(query, "text/tab-separated-values").content.decode()
    integer = '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert tsv == f'?a\t?b\n"x,\\"y\\"\\t"@fr\t<http://a/>\n\t{integer}\n'
    tree = ET.fromstring(client.ask(query, "application/sparql-results+xml").content)
    names = {"s": "http://www.w3.org/2005/sparql-results#"}
    assert [e.text for e in tree.findall(".//s:literal", names)] == ['x,"y"\t', "5"]


@pytest.mark.parametrize("accept", ["application/json", "text/xml", "text/csv"])
def test_ask_answers(client: Any, accept: str) -> None:
    """ASK answers true in every format."""
    assert "true" in client.ask("ASK {}", accept).text


def test_describe_gives_the_whole_description(client: Any) -> None:
    """DESCRIBE of a dataset holds its contact point, and every literal as harvested."""
    lines = client.ask(f"DESCRIBE <{DATASET}>", "application/n-triples").text.splitlines()
    assert len(lines) == 9
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert [line for line in lines if "numberOfRecords" in line] == [
        f"<{DATASET}> <http://healthdataportal.eu/ns/health#numberOfRecords> "
        f'"1200"^^<{xsd}nonNegativeInteger> .'
    ]
    assert any(f'"18"^^<{xsd}integer>' in line for line in lines)
    assert any(f'"P12M"^^<{xsd}duration>' in line for line in lines)
    assert any("Guichet des données" in line for line in lines)


def test_construct_keeps_datatypes(client: Any) -> None:
    """CONSTRUCT gives a literal the datatype that its holder gave it."""
    answer = client.ask(
        f"CONSTRUCT {{ <{DATASET}> ?p ?o }} {{ <{DATASET}> ?p ?o FILTER(isNumeric(?o)) }}",
        "application/n-triples",
    )
    assert '"1200"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>' in answer.text


def test_protocol_gives_the_dataset(client: Any) -> None:
    """default-graph-uri confines the default graph to one record."""
    graph = {"default-graph-uri": "https://red.example.fr/record/chu-lille-0"}
    rows = client.ask(COUNT, **graph).json()["results"]["bindings"]
    assert rows[0]["n"]["value"] == "9"


@pytest.mark.parametrize(
    ("accept", "sign"),
    [
        ("application/json", '"truncated": true'),
        ("text/xml", '<link href="#truncated"/>'),
        ("text/csv", "Answer cut after 500 rows"),
        ("text/tab-separated-values", "Answer cut after 500 rows"),
    ],
)
def test_long_table_shows_that_it_is_cut(client: Any, accept: str, sign: str) -> None:
    """A table over the limit is cut, says so in its header and in itself."""
    answer = client.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }", accept)
    assert (answer.status_code, answer.headers["x-truncated"]) == (200, "rows=500")
    assert sign in answer.content.decode()


def test_long_graph_shows_that_it_is_cut(client: Any) -> None:
    """A graph over the limit is cut and holds a triple that says so."""
    query = "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }"
    for accept in ("text/turtle", "application/ld+json", "application/rdf+xml"):
        answer = client.ask(query, accept)
        assert answer.headers["x-truncated"] == "rows=500"
        assert "https://red.example.fr/sparql#truncated" in answer.text
        assert "Answer cut after 500 triples" in answer.text


def test_a_large_answer_is_whole(client: Any) -> None:
    """An answer of many kilobytes, which its worker hands over in pieces, has every row."""
    answer = client.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 400", "text/csv")
    assert len(answer.content) > 65_536
    assert answer.content.count(b"\n") == 401


def test_full_table_has_no_sign_of_a_cut(client: Any) -> None:
    """A table of exactly the limit is complete."""
    answer = client.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 500")
    assert "x-truncated" not in answer.headers
    assert len(answer.json()["results"]["bindings"]) == 500
    assert answer.json()["head"] == {"vars": ["a", "b", "c", "d", "e", "f"]}


def test_syntax_error_names_the_line(client: Any) -> None:
    """A syntax error is a 400 with its place, in the language that was asked for."""
    answer = client.ask("SELECT * {\n ?s ?p }")
    assert answer.status_code == 400
    assert "Erreur de syntaxe ligne 2" in answer.content.decode()
    assert "Syntax error at line 2" in answer.text
    problem = client.ask("SELECT * {\n ?s ?p }", "application/json")
    assert problem.headers["content-type"] == "application/problem+json"
    assert (problem.json()["status"], problem.json()["line"]) == (400, 2)


@pytest.mark.parametrize(
    ("query", "fr", "en"),
    [
        ("SELECT * {\n ?d a dcat:Dataset }",
         "ligne 2, colonne 19 : le préfixe « dcat: » n'est pas déclaré. Écrivez en tête de la "
         "requête : PREFIX dcat: <http://www.w3.org/ns/dcat#>.",
         "line 2, column 19: prefix “dcat:” is not declared. Write at the head of the query: "
         "PREFIX dcat: <http://www.w3.org/ns/dcat#>."),
        ("SELECT * { ?d <https://a.example/p>/chu:lit ?n }",
         "PREFIX chu: <son adresse>.", "PREFIX chu: <its address>."),
        ("SELECT * { ?s ?p ?o ",
         "vers « SELECT * { ?s ?p ?o » ; attendu, par exemple : , . ; { }.",
         "near “SELECT * { ?s ?p ?o”; expected, for instance: , . ; { }."),
        ("SELECT * {\n ?s ?p }",
         "colonne 9 : la requête ne se lit plus vers « SELECT * { ?s ?p } ».",
         "column 9: the query makes no sense near “SELECT * { ?s ?p }”."),
        (" ", "colonne 2 : la requête est vide.", "column 2: the query is empty."),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "que GROUP BY ne nomme pas",
         "that GROUP BY does not name"),
    ],
)  # fmt: skip
def test_a_syntax_error_says_what_to_write(client: Any, query: str, fr: str, en: str) -> None:
    """In sentences of both languages, without the list of all that the grammar takes."""
    told = client.ask(query).content.decode()
    assert fr in told
    assert en in told
    assert "expected one of" not in told
    assert "u{" not in told


@pytest.mark.parametrize(("code", "page"), [("fr", "/sparql.html"), ("en", "/en/sparql.html")])
def test_a_browser_is_told_on_a_page(client: Any, code: str, page: str) -> None:
    """The site's form without script: a page in the browser's language leads back to it."""
    headers = {"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": code}
    form = {"query": "SELECT * { ?d a dcat:Dataset }", "format": "csv"}
    answer = client.session.post(client.url + "sparql", data=form, headers=headers, timeout=60)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "PREFIX dcat: &lt;http://www.w3.org/ns/dcat#&gt;" in answer.text
    assert f'<html lang="{code}">' in answer.text
    assert f'<a href="{page}">' in answer.text


@pytest.mark.parametrize(("code", "folder"), [("fr", ""), ("en", "en/")])
@pytest.mark.parametrize("query", ["SELECT bad {", "x" * 17_000])
def test_a_mistake_is_told_in_the_language_of_the_page(
    client: Any, code: str, folder: str, query: str
) -> None:
    """Whatever the browser prefers; the page's footer has all that other pages' have."""
    other = "en" if code == "fr" else "fr"
    answer = client.session.post(
        client.url + "sparql", data={"query": query, "lang": code}, timeout=60,
        headers={"Accept": "text/html", "Accept-Language": other},
    )  # fmt: skip
    assert answer.status_code in {400, 413}
    assert f'<html lang="{code}">' in answer.text
    assert f'<a href="/{folder}rules.html">' in answer.text


@pytest.mark.parametrize(
    ("lang", "fr", "en"),
    [
        ("de", "Donnez à lang l'une de ces valeurs : fr, en.", "Give lang one of these values"),
        (["fr", "en"], "Donnez lang une fois au plus.", "Give lang once at most."),
    ],
)
def test_a_language_that_no_page_has_is_told(client: Any, lang: Any, fr: str, en: str) -> None:
    """An unknown or repeated `lang` is a mistake, as where documents are checked."""
    form = {"query": "ASK {}", "lang": lang}
    answer = client.session.post(
        client.url + "sparql", data=form, timeout=60, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400
    assert fr in answer.text
    assert en in answer.text


@pytest.mark.parametrize(
    ("method", "arguments", "status"),
    [
        ("PUT", {}, 405),
        ("DELETE", {}, 405),
        ("POST", {"data": b"ASK {}"}, 415),
        ("POST", {"data": b"ASK {}", "headers": {"Content-Type": "text/turtle"}}, 415),
        ("POST", {"data": b"", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"data": {"query": "CLEAR ALL"}}, 400),
        ("POST", {"data": {"x": "1"}}, 400),
        ("GET", {"params": {"query": "ASK {}#" + "x" * 17_000}}, 413),
        ("POST", {"data": {"query": "ASK {}#" + "é" * 9_000}}, 413),
        ("POST", {"data": {"query": "ASK {}", "x": "y" * 99_000}}, 413),
        ("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406),
        ("GET", {"params": {"query": "CONSTRUCT WHERE {?s ?p ?o}", "format": "csv"}}, 406),
        ("GET", {"params": b"query=ASK%20%7B%7D%FF"}, 400),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400),
    ],
)
def test_bad_requests(client: Any, method: str, arguments: Any, status: int) -> None:
    """Each misuse of the protocol has its status and a sentence."""
    answer = client.session.request(method, client.url + "sparql", timeout=10, **arguments)
    assert status == answer.status_code
    assert answer.text.strip()


def test_body_over_the_limit_is_not_read(client: Any) -> None:
    """An announced body that is too long is refused on its announcement."""
    headers = {"Content-Type": "application/sparql-query", "Content-Length": "9000000000"}
    answer = client.session.post(client.url + "sparql", b"", headers=headers, timeout=5)
    assert answer.status_code == 413


def test_head_and_options(client: Any) -> None:
    """HEAD gives the headers alone; OPTIONS lets scripts of other sites ask."""
    head = client.session.head(client.url + "sparql", params={"query": "ASK {}"}, timeout=5)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 0
    options = client.session.options(client.url + "sparql", timeout=5)
    assert options.status_code == 204
    assert "POST" in options.headers["access-control-allow-methods"]
    assert options.headers["access-control-allow-origin"] == "*"


def test_answer_is_cached_by_its_tag(client: Any) -> None:
    """A known answer to a GET is a 304; one that may differ at each run has no tag."""
    tag = client.get("sparql?query=ASK%7B%7D").headers["etag"]
    again = client.get("sparql?query=ASK%7B%7D", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    for one in (tag, "*"):
        posted = client.session.post(
            client.url + "sparql", {"query": "ASK {}"}, headers={"If-None-Match": one}, timeout=5
        )
        assert (posted.status_code, posted.json()["boolean"]) == (200, True)
    assert "etag" not in client.get("sparql?query=SELECT(NOW()AS%3Fx)%7B%7D").headers


def test_endpoint_without_query(client: Any) -> None:
    """A browser gets the page, a program the service description."""
    assert "Requête" in client.get("sparql", "text/html,*/*;q=0.8").content.decode()
    turtle = client.get("sparql", "text/turtle")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "sparql-service-description#Service" in turtle.text
    graph = json.loads(client.get("sparql", "application/ld+json").content)
    assert any("sparql-service-description" in str(node) for node in graph)


def test_too_long_a_query_is_ended(client: Any) -> None:
    """A runaway is a 504 on time; others are answered meanwhile and its worker is replaced."""
    before = client.pool()
    waits = []
    answers = []

    def run() -> None:
        start = time.monotonic()
        answer = client.ask(RUNAWAY.replace("?n", "?slow"))
        answers.append((answer.status_code, time.monotonic() - start))

    runaway = threading.Thread(target=run)
    runaway.start()
    time.sleep(0.2)
    for _ in range(10):
        start = time.monotonic()
        assert client.get("sparql?query=" + "ASK%7B%3Fs%20%3Fp%20%3Fo%7D").status_code == 200
        waits.append(time.monotonic() - start)
    runaway.join()
    assert answers[0][0] == 504
    assert 2.9 < answers[0][1] < 4
    assert max(waits) < 1
    time.sleep(0.1)
    assert set(before) - set(client.pool())


def test_one_client_has_five_queries_at_once(client: Any) -> None:
    """The sixth query at once of one client is a 429 that says when to come back."""
    answers = []

    def run() -> None:
        answers.append(client.ask(RUNAWAY))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.status_code for a in answers) == [429] + [504] * 5
    assert [a.headers["retry-after"] for a in answers if a.status_code == 429] == ["1"]
    assert client.select(COUNT)


def test_leaving_client_stops_its_query(client: Any) -> None:
    """When a client goes away, its worker is ended long before the deadline."""
    before = client.pool()
    with pytest.raises(Exception, match="timed out"):
        client.session.get(client.url + "sparql", params={"query": RUNAWAY}, timeout=0.3)
    time.sleep(0.5)
    assert len(set(before) - set(client.pool())) == 1


def test_leaving_client_is_no_error(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Who leaves is counted as such and is no fault of the server's, whatever it would accept."""
    for accept in ("application/json", "text/csv"):
        with pytest.raises(Exception, match="timed out"):
            client.session.get(
                client.url + "sparql",
                params={"query": RUNAWAY},
                headers={"Accept": accept},
                timeout=0.3,
            )
    deadline = time.monotonic() + 20
    while not _left(client.get("metrics").text) >= 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert "Traceback" not in caplog.text


def _left(metrics: str) -> int:
    line = 'red_catalog_requests_total{kind="sparql",method="GET",status="499"} '
    return sum(int(one.removeprefix(line)) for one in metrics.splitlines() if one.startswith(line))


def test_workers_cannot_reach_the_network(
    make_place: Callable[..., Any], run_server: Callable[..., Any], canary: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A SERVICE call that slips past the scan of the text connects nowhere."""
    monkeypatch.setattr("red_catalog.serve.sparql.query._calls_service", lambda *_: False)
    place = make_place()
    place.publish()
    client = run_server(place)
    query = "SELECT * { SERVICE <http://127.0.0.1:18999/svc> { ?s ?p ?o } }"
    answer = client.ask(query)
    assert answer.status_code == 400
    assert canary == []


def test_ten_thousand_brackets_end_no_server(client: Any) -> None:
    """Operators nested without brackets are answered or refused, and the next is answered."""
    for query in ("ASK{FILTER(" + "!" * 12_000 + "true)}", "ASK{FILTER(" + "1+" * 7_000 + "1)}"):
        assert client.ask(query).status_code in {200, 400, 503, 504}
        assert client.ask("ASK {}").status_code == 200


def test_rdflib_asks_the_endpoint(client: Any) -> None:
    """The SPARQL store of rdflib reads tables, booleans and triples from it."""
    graph = Graph(SPARQLStore(client.url + "sparql"))
    title = URIRef("http://purl.org/dc/terms/title")
    assert len(list(graph.query(TITLES))) == 2
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    assert [str(o) for o in graph.objects(URIRef(DATASET), title)] == [
        "Séjours hospitaliers (chu-lille-0)"
    ]
