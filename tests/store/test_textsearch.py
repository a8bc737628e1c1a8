"""A search in a query is worked out before the engine begins, where it may be."""

from pathlib import Path

import pytest

from red_catalog.store.textsearch import TextSearch
from tests.store.test_index import make, row

SEARCH = 'FILTER(red:search(?d, "urgences"))'


@pytest.fixture
def texts(tmp_path: Path) -> TextSearch:
    """The words of three datasets."""
    titles = ("Passages aux urgences", "Séjours de chirurgie", "Urgences pédiatriques")
    make(tmp_path / "index.db", [row(number, title) for number, title in enumerate(titles)])
    return TextSearch(tmp_path / "index.db")


@pytest.mark.parametrize(
    "group",
    [
        "?d a ?type %s",
        "%s ?d a ?type",
        "OPTIONAL { ?d ?p ?o } ?d a ?type %s",
        "GRAPH ?g { ?d a ?type } %s",
        "?e a ?type OPTIONAL { ?d a ?type %s }",
    ],
)
def test_the_engine_starts_from_what_a_search_finds(texts: TextSearch, group: str) -> None:
    """A filter on what is surely bound becomes the block of the datasets that have the words."""
    found = " VALUES ?d { <https://a.example/0> <https://a.example/2> } "
    query = f"SELECT * {{ {group} }}"
    assert texts.expand(query % SEARCH) == query % found


@pytest.mark.parametrize(
    "group",
    [
        'FILTER(!red:search(?d, "urgences")) ?d a ?type',
        'FILTER(red:search(?d, "urgences") || ?d = ?e) ?d a ?type',
        "OPTIONAL { ?d a ?type } " + SEARCH,
        SEARCH + " OPTIONAL { ?d ?p ?o } ?d a ?type",
        "{ ?d a ?type } UNION { ?e a ?type } " + SEARCH,
        "VALUES ?d { UNDEF } " + SEARCH,
        "?e a ?type FILTER(?d = ?e) " + SEARCH,
    ],
)
def test_a_search_that_must_stay_a_filter_stays_one(texts: TextSearch, group: str) -> None:
    """Within an expression, and of what may be unbound, a block would find something else."""
    query = f"SELECT * {{ {group} }}"
    assert texts.expand(query) == query
