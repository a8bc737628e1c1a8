"""The answer of a remote store in the form that was asked for, within the same bounds."""

from contextlib import suppress

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

from red_catalog.store import results
from red_catalog.store.answer import Answer, Question, write_graph, write_table


class UnreadableError(Exception):
    """The store answered something else."""


def relay(content: bytes, question: Question, *, table: bool) -> Answer:
    """The answer, which came as JSON results or N-Triples. Raises UnreadableError."""
    with suppress(SyntaxError, ValueError):
        return _write(content, question, table=table)
    # Not from the error: the solutions that it leads to may not leave their thread.
    raise UnreadableError


def _write(content: bytes, question: Question, *, table: bool) -> Answer:
    if not table:
        quads = parse(content, RdfFormat.N_TRIPLES)
        return write_graph((quad.triple for quad in quads), question)
    found = parse_query_results(content, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        text = results.write_boolean(question.media_type, value=bool(found))
        return Answer(text.encode())
    assert not isinstance(found, QueryTriples)
    return write_table(found, question)
