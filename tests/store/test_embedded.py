"""The snapshot of a release."""

import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog.model import Indexed
from red_catalog.store.answer import Question, answer
from red_catalog.store.embedded import build, open_read_only
from red_catalog.store.index import INDEX, Contents
from red_catalog.store.index import build as build_index

XSD = "http://www.w3.org/2001/XMLSchema#"
LITERALS = [
    f'"1200"^^<{XSD}nonNegativeInteger>',
    f'"05"^^<{XSD}integer>',
    f'"10.50"^^<{XSD}decimal>',
    f'"P12M"^^<{XSD}duration>',
    f'"2024-01-01T00:00:00+00:00"^^<{XSD}dateTime>',
    f'"1"^^<{XSD}boolean>',
    f'"trois"^^<{XSD}nonNegativeInteger>',
    '"Séjours\\n\\"MCO\\""@fr',
    '"texte"',
]


def make(folder: Path, lines: list[str]) -> Path:
    """Builds a snapshot of these N-Quads lines."""
    dump = folder / "dump.nq.gz"
    dump.write_bytes(gzip.compress("".join(f"{line} .\n" for line in lines).encode()))
    label = ("<urn:code>", "<http://www.w3.org/2004/02/skos/core#prefLabel>", '"Santé"@fr')
    build(folder / "snapshot", dump, [label])
    return folder / "snapshot"


def ask(folder: Path, query: str, *, whole: bool = False, rows: int = 100) -> str:
    """The answer as N-Triples or CSV."""
    media_type = "text/csv" if query.startswith("SELECT") else "application/n-triples"
    question = Question(query, media_type, "https://red.fr/sparql", rows, 10_000, whole=whole)
    return answer(open_read_only(folder), question).content.decode()


def test_build_counts_quads(tmp_path: Path) -> None:
    """Each quad is counted once; shared triples are once in the merged graph."""
    dump = tmp_path / "d.nq.gz"
    dump.write_bytes(gzip.compress(b"<a:s> <a:p> <a:o> <a:g1> .\n<a:s> <a:p> <a:o> <a:g2> .\n"))
    assert build(tmp_path / "s", dump, []) == 2
    assert ask(tmp_path / "s", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == "n\r\n1\r\n"
    assert ask(tmp_path / "s", "SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g") == (
        "g\r\na:g1\r\na:g2\r\n"
    )


def test_vocabulary_is_in_the_default_graph(tmp_path: Path) -> None:
    """Labels of codes can be asked for beside the records."""
    folder = make(tmp_path, [])
    assert "Santé" in ask(folder, "SELECT ?l { <urn:code> ?p ?l }")


@pytest.mark.parametrize("literal", LITERALS)
def test_literals_come_back_as_they_were(tmp_path: Path, literal: str) -> None:
    """A literal that the store rewrites is given back in its own spelling and datatype."""
    folder = make(tmp_path, [f"<a:s> <a:p> {literal} <a:g>"])
    assert ask(folder, "CONSTRUCT WHERE { <a:s> ?p ?o }") == f"<a:s> <a:p> {literal} .\n"


def test_computed_literals_stay(tmp_path: Path) -> None:
    """A value that the query computes has the engine's spelling."""
    folder = make(tmp_path, [f"<a:s> <a:p> {LITERALS[0]} <a:g>"])
    query = "CONSTRUCT { ?s <a:sum> ?x } { ?s <a:p> ?o BIND(?o + 1 AS ?x) }"
    assert ask(folder, query) == f'<a:s> <a:sum> "1201"^^<{XSD}integer> .\n'


def test_describe_stays_in_the_record(tmp_path: Path) -> None:
    """A description holds what the record says of what it reaches, not what others say."""
    folder = make(
        tmp_path,
        [
            "<a:d1> <a:publisher> <a:org> <a:g1>",
            '<a:org> <a:name> "CHU de Lille"@fr <a:g1>',
            '<a:org> <a:name> "CHRU de Lille"@fr <a:g2>',
            "<a:d2> <a:publisher> <a:org> <a:g2>",
        ],
    )
    found = ask(folder, "DESCRIBE <a:d1>", whole=True)
    assert sorted(found.splitlines()) == [
        "<a:d1> <a:publisher> <a:org> .",
        '<a:org> <a:name> "CHU de Lille"@fr .',
    ]
    assert "<a:name>" not in ask(folder, "DESCRIBE <a:d1>")


def test_describe_of_a_code(tmp_path: Path) -> None:
    """A code, which no record's graph describes, is described from the merged graph."""
    folder = make(tmp_path, ["<a:d1> <a:p> <urn:code> <a:g1>"])
    assert "Santé" in ask(folder, "DESCRIBE <urn:code>", whole=True)


def test_cut_by_size(tmp_path: Path) -> None:
    """An answer over its bound of bytes is cut before the row that breaks it."""
    folder = make(tmp_path, [f'<a:s> <a:p> "{c * 6000}" <a:g>' for c in "ab"])
    table = ask(folder, "SELECT ?o { <a:s> ?p ?o }")
    assert "cut after 1 rows" in table
    assert "cut after 1 triples" in ask(folder, "CONSTRUCT WHERE { <a:s> ?p ?o }")


def test_a_removed_snapshot_answers_who_has_it_open(tmp_path: Path) -> None:
    """When its release is pruned, a worker goes on with queries and with searches."""
    folder = make(tmp_path, ["<urn:d> <urn:p> <urn:o> <urn:g>"])
    told = Indexed("d", "urn:d", "chu-a", "Cancer", "created", datetime(2029, 3, 26, tzinfo=UTC),
                   {"title": "Cancer"}, {}, {"title-fr": 0}, {})  # fmt: skip
    build_index(tmp_path / INDEX, Contents("r1", [told], [], [], told.changed))
    snapshot = open_read_only(folder)
    shutil.rmtree(folder)
    (tmp_path / INDEX).unlink()
    query = 'SELECT ?s { ?s ?p ?o FILTER(red:search(?s, "cancer")) }'
    found = answer(snapshot, Question(query, "text/csv", "https://red.fr/sparql", 10, 1000))
    assert set(found.content.decode().split()) == {"s", "urn:d"}
