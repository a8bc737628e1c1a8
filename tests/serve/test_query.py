"""What the scan of a query sees."""

import contextlib
import time

import pytest

from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sparql.query import inspect


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
        "SELECT * { service silent ?s { ?s ?p ?o } }",
        "PREFIX ex:<http://a/> ASK { SERVICEex:foo{} }",
        "ASK{ SERVICE?s{} }",
        "ASK { SERVICESILENT<http://a/>{} }",
        "ASK { SERVICE # comment\n <http://a/> # {\n {} }",
        "ASK { ?s ?p trueSERVICE<http://a/>{} }",
        "ASK { ?s ?p 1SERVICE<http://a/>{} }",
        "ASK { ?s <x:p>?trueSERVICE<http://a/>{} }",
        "ASK { FILTER(1<2)SERVICE<http://a/>{} }",
        "ASK { FILTER(?a<'&&?b>')SERVICE<http://a/>{} FILTER(''='') }",
        "ASK { FILTER(?a<?b#x>'''\n)SERVICE<http://a/>{}#'''\n }",
        "ASK { ?s <http://a/l'b> ?o FILTER(?a<'&&?b>') SERVICE <http://a/> {} FILTER(''='') }",
        'ASK { FILTER("a\\"" = "b") SERVICE <http://a/> {} }',
        "PREFIX ex: <http://a/> ASK { ?s ex:a\\'b ?o . SERVICE <http://a/> {} FILTER('') }",
        'ASK { FILTER("""a"b""c""" = "b") SERVICE <http://a/> {} }',
        "PREFIX e\u0301: <http://a/> ASK { SERVICE e\u0301:f {} }",
        "PREFIX a: <http://a/> ASK { SERVICE a:f\u0301 {} }",
        "PREFIX a: <http://a/> ASK { SERVICE a:\u20ac {} }",
        "ASK { ?e\u0301 ?p ?o SERVICE ?e\u0301 {} }",
    ],
)
def test_service_is_seen(query: str) -> None:
    """A service clause is refused however it is written or hidden."""
    with pytest.raises(Refusal, match="SERVICE is not available"):
        inspect(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { VALUES ?x { "SERVICE <http://x> {" } }',
        "SELECT * { VALUES ?x { '''it's SERVICE <http://x> {''' } }",
        "SELECT ?service { ?s ?p ?service }",
        "SELECT ?service ?o { ?s ?p ?service }",
        "PREFIX service: <http://x/> SELECT * { ?s service:SERVICE ?o }",
        "SELECT * { ?s a <http://www.w3.org/ns/dcat#DataService> } # SERVICE <x> {",
        "SELECT * { <http://a/service/1?service=x> ?p ?o OPTIONAL { ?o ?q ?r } }",
        "PREFIX dcat: <http://a/> SELECT * { ?d dcat:servesDataset/dcat:service ?s }",
    ],
)
def test_the_word_service_is_fine(query: str) -> None:
    """The word in strings, names, IRIs and comments is no service clause."""
    assert inspect(query).form == "SELECT"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX select: <http://ask/> CONSTRUCT WHERE { ?s select:ask ?o }", "CONSTRUCT"),
        ("# SELECT\nBASE <http://select/> ask {}", "ASK"),
        ("describe <http://a/>", "DESCRIBE"),
        ("nonsense", None),
    ],
)
def test_form(query: str, form: str | None) -> None:
    """The form is the first keyword that names one."""
    assert inspect(query).form == form


@pytest.mark.parametrize("query", ["DELETE WHERE {?s ?p ?o}", "PREFIX a: <a:> insert data {}"])
def test_updates_are_refused(query: str) -> None:
    """An update is refused by its name."""
    with pytest.raises(Refusal, match="is an update"):
        inspect(query)


def test_depth() -> None:
    """Deep nesting is refused, brackets in strings do not count."""
    inspect("ASK { FILTER(" + "(" * 60 + "1" + ")" * 60 + ") }")
    inspect('ASK { FILTER("' + "(" * 600 + '" = "") }')
    with pytest.raises(Refusal, match="nests more than 64"):
        inspect("ASK { FILTER(" + "(" * 64 + "1" + ")" * 64 + ") }")


def test_brackets_side_by_side_are_not_deep() -> None:
    """A query may have as many as it likes."""
    assert inspect("ASK { " + "{ ?s ?p ?o FILTER(?o > (1)) } UNION " * 99 + "{} }").form == "ASK"


def test_a_variable_may_be_called_as_a_keyword() -> None:
    """It names no graphs, asks no clock and changes nothing."""
    query = inspect("DESCRIBE ?insert { ?insert ?from ?now }")
    assert (query.form, query.volatile, query.dataset) == ("DESCRIBE", False, False)


def test_volatile_and_dataset() -> None:
    """A query that asks the clock, or names its graphs, is known for it."""
    query = inspect("SELECT (NOW() AS ?t) FROM <http://a/> {}")
    assert (query.volatile, query.dataset) == (True, True)


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "'''",
        "<",
        "a",
        "a.",
        "#",
        "service",
        "service#",
        "<a:'",
        '"""a',
        "<#>",
        "?",
        "(",
        '"\\',
        "'\\",
        "{}",
        "service:",
        "service_:",
        "#\n",
    ],
)
def test_scan_is_fast(piece: str) -> None:
    """No 16 KB of text keep the scan busy."""
    text = "service " + piece * (16_000 // len(piece))
    start = time.process_time()
    with contextlib.suppress(Refusal):
        inspect(text)
    assert time.process_time() - start < 0.5
