"""`red:search` in SPARQL, on the published samples."""

import sqlite3
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from red_catalog.store.textsearch import SEARCH, TextSearch

PREFIXES = "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> "
WORDS = "hospital"


def found(samples: Any, condition: str, variable: str = "?d") -> set[str]:
    """The datasets that meet a condition."""
    query = f"{PREFIXES} SELECT DISTINCT {variable} {{ {variable} a dcat:Dataset {condition} }}"
    return {row[variable[1:]] for row in samples.select(query)}


@pytest.fixture(scope="module")
def expected(samples: Any) -> set[str]:
    """What the read interface finds for the same words."""
    answer = samples.get(f"api/datasets?size=1000&q={WORDS}").json()
    assert 0 < answer["total"] < samples.get("api/datasets").json()["total"]
    return {one["iri"] for one in answer["datasets"]}


@pytest.mark.parametrize(
    "condition",
    [
        f'FILTER(red:search(?d, "{WORDS}"))',
        f"filter red:search( $d , '{WORDS}'@fr )",
        f'FILTER(<{SEARCH}>(?d, "{WORDS}")) # "\n',
        f'FILTER(red:search(?d, "{WORDS}") && true)',
        f'FILTER(red:search(?d, CONCAT("{WORDS[:4]}", "{WORDS[4:]}")))',
        'OPTIONAL {?d <http://a/#\'> ?o} FILTER (red:search(?d, "\\u0068ospital"))',
    ],
)
def test_search_finds_what_the_site_finds(samples: Any, expected: set[str], condition: str) -> None:
    """However the call is written, alone or within an expression, the datasets are the same."""
    assert found(samples, condition) == expected


@pytest.mark.parametrize(
    "group",
    [
        'OPTIONAL {{?d a <urn:none>}} FILTER(red:search(?d, "{w}"))',
        '{{?d a <urn:none>}} UNION {{?e a dcat:Dataset}} FILTER(red:search(?d, "{w}"))',
        '?e a dcat:Dataset FILTER EXISTS {{ FILTER(red:search(?d, "{w}")) }}',
        'BIND(?none AS ?d) FILTER(red:search(?d, "{w}"))',
    ],
)
def test_what_may_be_unbound_is_not_bound_by_a_search(samples: Any, group: str) -> None:
    """A filter binds nothing: where its variable has no value, nothing is found."""
    assert samples.select(f"{PREFIXES} SELECT * {{ {group.format(w=WORDS)} }}") == []


def test_a_search_among_what_may_be_unbound(samples: Any, expected: set[str]) -> None:
    """What one side of a union finds is found, whatever the other holds."""
    search = f'FILTER(red:search(?d, "{WORDS}"))'
    union = f"{{?d a dcat:Dataset}} UNION {{?e a dcat:Dataset}} {search}"
    rows = samples.select(f"{PREFIXES} SELECT * {{ {union} }}")
    assert {row["d"] for row in rows} == expected
    assert len(rows) == len(expected)
    early = f"{search} OPTIONAL {{ ?d dct:title ?t }} ?d a dcat:Dataset"
    rows = samples.select(f"{PREFIXES} SELECT DISTINCT ?d {{ {early} }}")
    assert {row["d"] for row in rows} == expected


def test_no_dataset_is_no_hit(samples: Any) -> None:
    """Words that nothing has, no words, and a contradiction find nothing; NOT finds the rest."""
    assert found(samples, 'FILTER(red:search(?d, "xyzzyplugh"))') == set()
    assert found(samples, 'FILTER(red:search(?d, " "))') == set()
    everything = found(samples, "")
    rest = found(samples, f'FILTER(!red:search(?d, "{WORDS}"))')
    assert rest | found(samples, f'FILTER(red:search(?d, "{WORDS}"))') == everything
    assert rest != everything


def test_text_that_looks_like_a_call_is_left(samples: Any) -> None:
    """In a string or a comment it is no call, and another namespace's `red:` is not ours."""
    text = f'FILTER(red:search(?d, \\"{WORDS}\\"))'
    rows = samples.select(f'SELECT ("{text}" AS ?x) {{}} # {text}')
    assert rows == [{"x": f'FILTER(red:search(?d, "{WORDS}"))'}]
    other = samples.ask(
        f'PREFIX red: <http://a/> SELECT * {{ ?d a ?c FILTER(red:search(?d, "{WORDS}")) }}'
    )
    assert other.status_code == 400


def test_without_an_index_it_is_told(client: Any) -> None:
    """A release without an index says that there is no such function; it finds not nothing."""
    answer = client.ask('SELECT * { ?d ?p ?o FILTER(red:search(?d, "x")) }')
    assert (answer.status_code, "red-catalog.org/ns#search" in answer.text) == (400, True)


def test_the_function_is_described(samples: Any) -> None:
    """The service description names it."""
    turtle = samples.get("sparql", "text/turtle").text
    assert "extensionFunction" in turtle
    assert "https://red-catalog.org/ns#search" in turtle


def test_blanks_behind_a_filter_take_no_time(tmp_path: Path) -> None:
    """However many there are, they are gone over once."""
    sqlite3.connect(tmp_path / "words").close()
    query = f"ASK {{ ?search ?p ?o FILTER{' ' * 100_000}(true) }}"
    began = process_time()
    assert TextSearch(tmp_path / "words").expand(query) == query
    assert process_time() - began < 5
