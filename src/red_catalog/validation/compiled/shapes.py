"""From the declarations of a shapes graph to compiled shapes."""

from collections.abc import Callable, Iterable

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from red_catalog.validation.compiled.check import Check, Context, Shape
from red_catalog.validation.compiled.classes import Classes
from red_catalog.validation.compiled.constraints.table import COMPONENTS
from red_catalog.validation.compiled.data import Background, Data
from red_catalog.validation.compiled.declaration import Declaration, named, term_of
from red_catalog.validation.compiled.paths import Path, compile_path
from red_catalog.validation.compiled.targets import TARGETS
from red_catalog.validation.compiled.unsupported import shapes_used
from red_catalog.validation.result import Result

Validate = Callable[[Data, str, list[Result]], None]
Conforms = Callable[[Data, str], bool]

# Shapes with these may see in a record what no description of the node itself says: what
# points at it, or what there is anywhere.
_LOOKS_ELSEWHERE = frozenset({SH.inversePath, SH.sparql})
_DEEPEST = 40


def find_shapes(graph: rdflib.Graph) -> list[Node]:
    """All nodes that are shapes by themselves: typed, targeted, or with shapes of their own."""
    found = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind)}
    for predicate in (*TARGETS, SH.property, SH.node):
        found.update(graph.subjects(predicate))
    found.update([used for shape in list(found) for used in shapes_used(graph, shape)])
    return sorted(found, key=term_of)


class Compiler:
    """Compiles shapes on demand, each once."""

    def __init__(self, graph: rdflib.Graph, background: Background, classes: Classes) -> None:
        self._graph = graph
        self._background = background
        self._classes = classes
        self._elsewhere = _leading_to(graph, _LOOKS_ELSEWHERE)
        self._done: dict[Node, Shape] = {}
        self._open: list[Node] = []

    def shape(self, node: Node) -> Shape:
        """The compiled shape of a node. Raises RedError for one that leads back to itself."""
        if node in self._open:
            raise Declaration(self._graph, node).error(
                "refers to itself, directly or through other shapes, which SHACL leaves undefined"
            )
        if len(self._open) > _DEEPEST:
            raise Declaration(self._graph, node).error(f"lies more than {_DEEPEST} shapes deep")
        if node not in self._done:
            self._open.append(node)
            self._done[node] = self._compile(node)
            self._open.pop()
        return self._done[node]

    def _compile(self, node: Node) -> Shape:
        declared = Declaration(self._graph, node)
        path = self._path(declared)
        text = path.text if path else None
        if declared.boolean(SH.deactivated):
            return Shape(_validate_nothing, lambda _data, _node: True, text)
        context = self._context(declared, text)
        used = set(self._graph.predicates(node))
        compiled = [
            (component, check)
            for component in COMPONENTS
            if not used.isdisjoint(component.parameters)
            for check in component.compile(context)
        ]
        checks = tuple(check for _, check in compiled)
        if path is None:
            validate = _on_node(checks)
            return Shape(validate, self._conforms(node, validate), text)
        of_absence = tuple(check for c, check in compiled if c.of_absence)
        validate = _on_path(path, checks, of_absence)
        needs = None if of_absence else path.predicate
        return Shape(validate, self._conforms(node, validate), text, needs)

    def _path(self, declared: Declaration) -> Path | None:
        node = declared.one(SH.path)
        if node is not None:
            return compile_path(self._graph, node, self._background)
        if (declared.node, RDF.type, SH.PropertyShape) in self._graph:
            raise declared.error("is a property shape and has no sh:path")
        return None

    def _context(self, declared: Declaration, path: str | None) -> Context:
        severity = next(iter(declared.nodes(SH.severity)), SH.Violation)
        return Context(
            declared=declared,
            path=path,
            severity=named(severity),
            source=term_of(declared.node) if isinstance(declared.node, rdflib.URIRef) else None,
            messages=tuple(declared.terms(SH.message)),
            classes=self._classes,
            background=self._background,
            shape_of=self.shape,
        )

    def _conforms(self, node: Node, validate: Validate) -> Conforms:
        def conforms(data: Data, value: str) -> bool:
            results: list[Result] = []
            validate(data, value, results)
            return not results

        if node in self._elsewhere:
            return conforms
        return _remembering(conforms, self._background)


def _leading_to(graph: rdflib.Graph, predicates: Iterable[Node]) -> set[Node]:
    """The nodes whose description, or anything that it leads to, uses one of the predicates."""
    found = {subject for predicate in predicates for subject in graph.subjects(predicate)}
    waiting = list(found)
    while waiting:
        for owner in graph.subjects(None, waiting.pop()):
            if owner not in found:
                found.add(owner)
                waiting.append(owner)
    return found


def _validate_nothing(_data: Data, _focus: str, _out: list[Result]) -> None:
    """A deactivated shape."""


def _on_node(checks: tuple[Check, ...]) -> Validate:
    def validate(data: Data, focus: str, out: list[Result]) -> None:
        values = (focus,)
        for check in checks:
            check(data, focus, values, out)

    return validate


def _on_path(path: Path, checks: tuple[Check, ...], of_absence: tuple[Check, ...]) -> Validate:
    walk = path.walk

    def validate(data: Data, focus: str, out: list[Result]) -> None:
        values = walk(data, focus)
        for check in checks if values else of_absence:
            check(data, focus, values, out)

    return validate


def _remembering(conforms: Conforms, background: Background) -> Conforms:
    """Remembers the answers about nodes of the background.

    They are the same for all records that describe no such node, and there are no more of
    them than the background has nodes.
    """
    answers: dict[str, bool] = {}

    def answer(data: Data, value: str) -> bool:
        if data.overlaps or value not in background.index:
            return conforms(data, value)
        known = answers.get(value)
        if known is None:
            known = conforms(data, value)
            if not data.pattern_seconds:  # an answer that time cut short is not the code's
                answers[value] = known
        return known

    return answer
