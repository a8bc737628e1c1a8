"""What may not go to a remote store, whose language may have more than SPARQL 1.1."""

import time
from contextlib import suppress

import pytest

from red_catalog.publish.pages.examples import queries
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.sparql.extensions import refuse_extensions

XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "


@pytest.mark.parametrize(
    "query",
    [
        'SELECT (<bif:http_get>("http://127.0.0.1:1/") AS ?x) {}',
        'SELECT (bif:http_get("http://127.0.0.1:1/") AS ?x) {}',
        'PREFIX b: <bif:> SELECT (b:http_get("http://127.0.0.1:1/") AS ?x) {}',
        "PREFIX b: <bif> SELECT (b::sys_stat('x') AS ?x) {}",
        "PREFIX b: <> ASK { ?s b:bif\\:contains 'x' }",
        "ASK { ?s <bif:contains> 'x' }",
        "ASK { ?s <SQL:x> 'x' }",
        "ASK { ?s <\\u0062if:contains> 'x' }",
        "ASK { FILTER('\\u0027 = <bif:x>(1)) }",
        "ASK { FILTER(<http://a/f> # (\n (1)) }",
        "PREFIX a: <http://a/> ASK { FILTER a:f(1) }",
        "PREFIX a: <http://a/> ASK { FILTER # .\n a:f(1) }",
        "PREFIX a: <http://a/> ASK { FILTER # .\u2028 .\n a:f(1) }",
        "PREFIX a_: <http://a/> ASK { FILTER(a_:f(1)) }",
        "PREFIX : <http://a/> ASK { FILTER:f(1) }",
        "PREFIX : <http://a/> ASK {} having:f(1)",
        "PREFIX : <http://a/> ASK { ?s ?p ?xsd } GROUP BY ?xsd:f(1)",
        "PREFIX xsd: <http://a/> ASK { FILTER(xsd:f(1)) }",
        "PREFIX xsd: # a\n <http://a/> ASK { FILTER(xsd:f(1)) }",
        "PREFIX a: <http://a/> ASK { FILTER(?a<'&&?b>'||a:f(1)||''='') }",
        "ASK { FILTER(?a<'&&?b>'||<bif:f>(1)||''='') }",
        f"PREFIX a.{'x' * 59}: <http://a/> ASK {{ FILTER a.{'x' * 59}:f(1) }}",
        "PREFIX b\u0301.x: <http://a/> ASK { FILTER b\u0301.x:f(1) }",
        "PREFIX b\u20ac.x: <http://a/> ASK { FILTER b\u20ac.x:f(1) }",
        "PREFIX b\u0301xsd: <http://a/> ASK { FILTER(b\u0301xsd:f(1)) }",
        "PREFIX a: <http://a/> ASK { FILTER a:f\u0301(1) }",
        "PREFIX a: <http://a/> ASK { FILTER a:f\u203f(1) }",
        "PREFIX a: <http://a/> ASK { FILTER a:f\u20ac (1) }",
        "SELECT (1 AS ?x) <http://a/f>(1) { ?s ?p ?o }",
        "SELECT ('{' AS ?x) <http://a/f>(1) { ?s ?p ?o }",
        "SELECT (1 AS ?x) # {\n <http://a/f>(1) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } GROUP BY (?s) <http://a/f>(1)",
        "SELECT * { ?s ?p ?o } ORDER # {}\n BY (?s) <http://a/f>(1)",
        "SELECT * { ?s ?p ?o } # SELECT\n ORDER BY (EXISTS {}) <http://a/f>(1)",
        "SELECT * { ?s ?p ?o } HAVING(1) <http://a/f>(1)",
        "SELECT * { ?s ?p ?o } HAVING EXISTS { ?s ?p ?o } <http://a/f>(1)",
        "SELECT (EXISTS { ?s ?p ?o } AS ?x) <http://a/f>(1) { ?s ?p ?o }",
        "ASK { ?s ?p '''\n . # ''' FILTER \n <http://a/f>(1) }",
        "ASK { ?s ?p ?o FILTER <urn:a# .\n>(1) FILTER # .\n # .\n <http://a/f>(1) }",
        "ASK { ?s ?p ?o FILTER(?o < '{ # '{') FILTER # {\n <http://a/f>(1) }",
        "ASK { FILTER('. # ' # .') FILTER\n <http://a/f>(1)",
    ],
)
def test_what_a_store_adds_is_refused(query: str) -> None:
    """Functions of an engine and addresses of a scheme of its own, however written or hidden."""
    with pytest.raises(Refusal):
        refuse_extensions(query)


@pytest.mark.parametrize(
    "query",
    [
        "",
        XSD + "SELECT (xsd:integer(?n) AS ?i) { ?s ?p ?n FILTER(?n < xsd:date ('2026-01-01')) }",
        "ASK { FILTER(<http://www.w3.org/2001/XMLSchema#integer>('1') = 1) }",
        "PREFIX a: <http://a/#>\nASK { ?s a:p ?o .\n <urn:x> (a:p|a:q) ?o {a:x (a:p) ?o} }",
        "ASK { ?s ?p '<bif:x>(1)', \"bif:x(1)\" } # <bif:x>(1)",
        "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1 && STR(?s) IN ('a') && ?o<=3) }",
        "PREFIX a: <http://a/> SELECT * { VALUES (?x ?y) { (a:b a:c) (<http://a/é> a:d) } }",
        "ASK { <mailto:donnees@chu-valmorin.example> ?p ?o }",
        "ASK { ?d ?p <info:eu-repo/semantics/openAccess>, <doi:10.5281/zenodo.1> }",
        "ASK { ?d a <http://a/ns/dcat#Dataset> . <http://a/1> (<http://a/t>|<http://a/l>) ?t }",
        "ASK { ?d a ?t . # l'un des jeux\n <http://a/1> (<http://a/t>|<http://a/l>) ?t }",
        "ASK { # un\n\n # deux <a>\r\n <http://a/1> (<http://a/t>|<http://a/l>) ?t }",
        "SELECT (COUNT(?d) AS ?n) { FILTER(LANG(?t) = 'fr') <http://a/1> (!a) ?t } ORDER BY ?n",
        "PREFIX a: <http://a/#> SELECT ?t FROM <http://a/> { BIND(1 AS ?n) a:b (a:t|a:l) ?t }",
    ],
)
def test_standard_queries_pass(query: str) -> None:
    """Casts, paths in brackets after a subject, and the same words in strings and comments."""
    refuse_extensions(query)


def test_only_the_example_with_the_search_is_refused() -> None:
    """Of the site's own example queries all others may go to a remote store."""
    refused = []
    for query in queries():
        try:
            refuse_extensions(query.text)
        except Refusal:
            refused.append(query.name)
    assert refused == ["11-search"]


PIECES = [
    "a:",
    "a:f ",
    "<a",
    "a:aaaa_:",
    "{a:b (",
    "'",
    "<http:a>",
    "a.",
    ":\u20ac",
    ")a:b(",
    ")SELECT a:b(",
    "#\n",
    "{a:b (#\n",
    ".<http://a#>(",
    "SELECT ",
    "ORDER ",
    "a:b.c",
]


@pytest.mark.parametrize("piece", PIECES)
def test_long_queries_are_scanned_in_time(piece: str) -> None:
    """A text of 16 KB made of one piece takes no more than the scan for SERVICE would."""
    begun = time.process_time()
    with suppress(Refusal):
        refuse_extensions(piece * (16_384 // len(piece)))
    assert time.process_time() - begun < 2
