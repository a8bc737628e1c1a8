"""Reading queries without running them."""

import time

import pytest

from red_catalog.store.answer import Question, read

ENDPOINT = "https://red.exemple.fr/sparql"
LONG = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(60)))} }}" for name in "abcdef")


def asked(query: str, *graphs: str) -> Question:
    """A question about these graphs."""
    return Question(query, "text/csv", ENDPOINT, 10, 1000, default_graphs=graphs or None)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (COUNT(*) AS ?n) {{ {LONG} }}",
        f"SELECT * {{ {LONG} }} ORDER BY ?a",
        f"ASK {{ {LONG} FILTER(?a + ?b + ?c < 0) }}",
        f"CONSTRUCT {{ ?s ?p ?n }} {{ ?s ?p ?o {{ SELECT (COUNT(*) AS ?n) {{ {LONG} }} }} }}",
        f"DESCRIBE ?n {{ {LONG} BIND(?a AS ?n) }}",
        "PREFIX dct: <http://purl.org/dc/terms/> SELECT * { ?d dct:title ?t . <> ?p ?d }",
    ],
)
def test_a_query_is_read_and_not_run(query: str) -> None:
    """Queries of every form that would run for hours are read at once."""
    begun = time.process_time()
    read(asked(query))
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("ASK {", SyntaxError),
        ("ASK { ?s inconnu:p ?o }", SyntaxError),
        ("ASK { FILTER(<https://chu-valmorin.example/f>(1)) }", RuntimeError),
        ("SELECT * { ?s ?p ?o } ORDER BY <https://chu-valmorin.example/f>(?s)", RuntimeError),
    ],
)
def test_what_cannot_be_read_is_told(query: str, error: type[Exception]) -> None:
    """Faults of syntax, and functions that SPARQL 1.1 does not have."""
    with pytest.raises(error):
        read(asked(query))


def test_graphs_given_by_the_protocol_are_read_too() -> None:
    """What is no address of a graph is refused, as where the query is run."""
    read(asked("ASK {}", "https://red.exemple.fr/record/1"))
    with pytest.raises(ValueError, match="Invalid IRI"):
        read(asked("ASK {}", "record 1"))
