"""Property paths: from the description in a shapes graph to a walk from focus to values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from red_catalog.errors import RedError
from red_catalog.validation.compiled.data import Background, Data
from red_catalog.validation.compiled.declaration import Declaration, term_of

Walk = Callable[[Data, str], Sequence[str]]
"""From a focus node to its value nodes, each once."""

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Path:
    """A path as people write it in SPARQL; a predicate is its own N-Triples term.

    `predicate`: the one that a record itself must state for there to be any value.
    """

    text: str
    walk: Walk
    predicate: str | None = None


def describe_path(graph: rdflib.Graph, node: Node) -> str:
    """The SPARQL syntax of a path of a shapes graph (or of a report)."""
    return _Reader(graph, Background()).read(node, inverse=False).text


def compile_path(graph: rdflib.Graph, node: Node, background: Background) -> Path:
    """The walk of a path. Raises RedError for a description that is not one."""
    return _Reader(graph, background).read(node, inverse=False)


@dataclass(frozen=True, slots=True)
class _Reader:
    graph: rdflib.Graph
    background: Background

    def read(self, node: Node, *, inverse: bool, depth: int = 0) -> Path:
        """`inverse`: the walk goes backward; the text stays that of the path itself."""
        if depth > _DEEPEST:
            raise RedError("A property path of the shapes goes round in a circle or too deep.")
        if isinstance(node, rdflib.URIRef):
            return self._predicate(term_of(node), inverse=inverse)
        again = partial(self.read, depth=depth + 1)
        if self.graph.value(node, RDF.first) is not None:
            steps = [again(n, inverse=inverse) for n in self._members(node)]
            # Backward, the last step comes first: ^(a/b) is ^b/^a.
            walks = [step.walk for step in (reversed(steps) if inverse else steps)]
            return Path(_join_text("/", steps), partial(_walk_sequence, tuple(walks)))
        if (inner := self.graph.value(node, SH.inversePath)) is not None:
            path = again(inner, inverse=not inverse)
            return Path(f"^{_group(path.text)}", path.walk)
        if (inner := self.graph.value(node, SH.alternativePath)) is not None:
            ways = [again(n, inverse=inverse) for n in self._members(inner)]
            walks = [way.walk for way in ways]
            return Path(_join_text("|", ways), partial(_walk_alternatives, tuple(walks)))
        for repetition in _REPETITIONS:
            if (inner := self.graph.value(node, repetition.parameter)) is not None:
                path = again(inner, inverse=inverse)
                repeat = partial(_walk_repeatedly, path.walk, repetition)
                return Path(_group(path.text) + repetition.mark, repeat)
        raise RedError(f"The shapes use {term_of(node)} as a property path, and it is not one.")

    def _members(self, head: Node) -> list[Node]:
        members = Declaration(self.graph, head).items(head)
        if len(members) < 2:
            raise RedError("A sequence or alternative path of the shapes has fewer than two steps.")
        return members

    def _predicate(self, predicate: str, *, inverse: bool) -> Path:
        if inverse:
            return Path(predicate, partial(_walk_backward, predicate))
        if predicate in self.background.predicates:
            return Path(predicate, partial(_walk_forward, predicate))
        return Path(predicate, _walk_in_record(predicate), predicate)


class _Repetition(NamedTuple):
    """`from_zero`: the focus itself counts; `goes_on`: from each value to the next."""

    parameter: Node
    mark: str
    from_zero: bool
    goes_on: bool


_REPETITIONS = (
    _Repetition(SH.zeroOrMorePath, "*", from_zero=True, goes_on=True),
    _Repetition(SH.oneOrMorePath, "+", from_zero=False, goes_on=True),
    _Repetition(SH.zeroOrOnePath, "?", from_zero=True, goes_on=False),
)


def _walk_in_record(predicate: str) -> Walk:
    """By far the commonest path: a predicate that the background never uses."""
    nothing: dict[str, list[str]] = {}

    def walk(data: Data, focus: str) -> Sequence[str]:
        return data.record.get(focus, nothing).get(predicate, ())

    return walk


def _walk_forward(predicate: str, data: Data, focus: str) -> Sequence[str]:
    return data.objects(focus, predicate)


def _walk_backward(predicate: str, data: Data, focus: str) -> Sequence[str]:
    return data.subjects(predicate, focus)


def _walk_sequence(steps: tuple[Walk, ...], data: Data, focus: str) -> Sequence[str]:
    here: dict[str, None] = {focus: None}
    for step in steps:
        here = {value: None for node in here for value in step(data, node)}
    return tuple(here)


def _walk_alternatives(ways: tuple[Walk, ...], data: Data, focus: str) -> Sequence[str]:
    return tuple({value: None for way in ways for value in way(data, focus)})


def _walk_repeatedly(step: Walk, repetition: _Repetition, data: Data, focus: str) -> Sequence[str]:
    found = dict.fromkeys(step(data, focus))
    waiting = list(found) if repetition.goes_on else []
    while waiting:
        for value in step(data, waiting.pop()):
            if value not in found:
                found[value] = None
                waiting.append(value)
    if repetition.from_zero:
        found.setdefault(focus)
    return tuple(found)


def _join_text(sign: str, paths: list[Path]) -> str:
    return sign.join(_group(path.text) for path in paths)


def _group(text: str) -> str:
    """The text in brackets unless it is a single predicate."""
    return text if text.startswith("<") and text.find(">") == len(text) - 1 else f"({text})"
