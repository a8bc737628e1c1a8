"""Answering one SPARQL query from a snapshot, within a bound of rows and of bytes."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
    Variable,
)

from red_catalog.store import results
from red_catalog.store.embedded import Snapshot, empty
from red_catalog.store.originals import restore
from red_catalog.store.textsearch import PREFIXES

PIECE = 65_536
_COMMENT = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")


@dataclass(frozen=True, slots=True)
class Question:
    """One query and the bounds on its answer.

    `default_graphs` and `named_graphs`: the dataset given by the protocol, both None for
    none. `whole`: widen a DESCRIBE to everything its records say.
    """

    query: str
    media_type: str
    endpoint: str
    rows: int
    size: int
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; `truncated` when rows or triples are missing from it."""

    content: bytes
    truncated: bool = False

    def pieces(self) -> Iterator[memoryview]:
        """The content in pieces of a size that suits a pipe."""
        view = memoryview(self.content)
        return (view[i : i + PIECE] for i in range(0, len(view), PIECE))


def answer(snapshot: Snapshot, question: Question) -> Answer:
    """Evaluates a query to the end, so that an answer, once begun, is never an error."""
    found = _evaluate(snapshot, question)
    if isinstance(found, QueryBoolean):
        text = results.write_boolean(question.media_type, value=bool(found))
        return Answer(text.encode())
    if isinstance(found, QuerySolutions):
        return write_table(found, question)
    triples = _described(found, snapshot) if question.whole else found
    return write_graph((restore(t, snapshot.originals) for t in triples), question)


def read(question: Question) -> Answer:
    """Nothing: the query is read and not run.

    Raises SyntaxError for what is no SPARQL 1.1, RuntimeError for a function that it has not.
    """
    # The engine has planned the query, and not begun it, when it sees that this is none of it.
    foreign = Variable(f"v{secrets.token_hex(16)}")
    try:
        _evaluate(empty(), question, foreign)
    except RuntimeError as error:
        if foreign.value not in str(error):
            raise
    return Answer(b"")


def _evaluate(
    snapshot: Snapshot, question: Question, foreign: Variable | None = None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    protocol = question.default_graphs is not None or question.named_graphs is not None
    texts = snapshot.texts
    return snapshot.store.query(
        texts.expand(question.query) if texts else question.query,
        base_iri=question.endpoint,
        prefixes=PREFIXES,
        substitutions={foreign: Literal("")} if foreign else None,
        custom_functions=dict(texts.functions()) if texts else None,
        default_graph=[NamedNode(i) for i in question.default_graphs or ()] if protocol else None,
        named_graphs=[NamedNode(i) for i in question.named_graphs or ()] if protocol else None,
    )


def write_table(solutions: QuerySolutions, question: Question) -> Answer:
    """Rows in the form asked for, cut at the bounds."""
    names = [variable.value for variable in solutions.variables]
    rows: list[str] = []
    size = 0
    cut = False
    for solution in solutions:
        row = results.write_row(question.media_type, names, list(solution))
        size += len(row)
        cut = len(rows) == question.rows or size > question.size
        if cut:
            break
        rows.append(row)
    notice = " ".join(_notice(len(rows), "lignes", "rows").values()) if cut else None
    before, between, after = results.frame(question.media_type, names, notice)
    return Answer((before + between.join(rows) + after).encode("utf-8", "replace"), cut)


def write_graph(triples: Iterable[Triple], question: Question) -> Answer:
    """Triples in the form asked for, cut at the bounds."""
    left = iter(triples)
    kept: list[Triple] = []
    size = 0
    for triple in islice(left, question.rows):
        size += len(str(triple.object))
        if size > question.size:
            break
        kept.append(triple)
    cut = size > question.size or next(left, None) is not None
    if cut:  # a triple and not a comment: JSON-LD has none, and a program can find it
        subject = NamedNode(question.endpoint + "#truncated")
        for language, notice in _notice(len(kept), "triplets", "triples").items():
            kept.append(Triple(subject, _COMMENT, Literal(notice, language=language)))
    return Answer(results.write_graph(question.media_type, kept), cut)


def _notice(count: int, fr: str, en: str) -> dict[str, str]:
    return {
        "fr": f"Réponse coupée après {count} {fr} : demandez la suite avec ORDER BY, LIMIT et"
        " OFFSET.",
        "en": f"Answer cut after {count} {en}: ask for the rest with ORDER BY, LIMIT and OFFSET.",
    }


def _described(found: QueryTriples, snapshot: Snapshot) -> Iterator[Triple]:
    """A DESCRIBE widened from the direct triples to all that each record says.

    In every named graph where a described resource is a subject, it and what it reaches are
    added; a record's graph holds one dataset's description, so its bounds are the record's.
    """
    given: set[Triple] = set()
    described: set[NamedNode] = set()
    for triple in found:
        subject = triple.subject
        if isinstance(subject, NamedNode) and subject not in described:
            described.add(subject)
            for one in _reached(subject, snapshot):
                if one not in given:
                    given.add(one)
                    yield one
        if triple not in given:
            given.add(triple)
            yield triple


def _reached(start: NamedNode, snapshot: Snapshot) -> Iterator[Triple]:
    direct = snapshot.store.quads_for_pattern(start, None, None, None)
    default = DefaultGraph()
    graphs = dict.fromkeys(q.graph_name for q in direct if q.graph_name != default)
    for graph in graphs:
        seen = {start}
        waiting = [start]
        while waiting:
            for quad in snapshot.store.quads_for_pattern(waiting.pop(), None, None, graph):
                yield quad.triple
                target = quad.object
                if isinstance(target, NamedNode) and target not in seen:
                    seen.add(target)
                    waiting.append(target)
