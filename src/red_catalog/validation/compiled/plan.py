"""Shapes read once, run on one record at a time."""

from collections.abc import Iterable
from typing import NamedTuple

import rdflib
from rdflib.namespace import RDFS
from rdflib.term import Node

from red_catalog.model import Triple
from red_catalog.validation.compiled.check import Shape
from red_catalog.validation.compiled.classes import Classes
from red_catalog.validation.compiled.data import Background, Data, Index
from red_catalog.validation.compiled.declaration import Declaration, term_of
from red_catalog.validation.compiled.shapes import Compiler, find_shapes
from red_catalog.validation.compiled.targets import Targets, is_targeted
from red_catalog.validation.compiled.unsupported import Untaken
from red_catalog.validation.result import Result


class Unsupported(NamedTuple):
    """A shape with targets that the plan leaves to pySHACL, and why."""

    node: Node
    shape: str
    reason: str


class Plan:
    """Compiled shapes, with the background they look codes up in.

    Holds no state of a record; not to be shared between threads, because of what it
    remembers about the background.
    """

    __slots__ = ("_shapes", "_targets", "background", "unsupported")

    def __init__(
        self,
        shapes: list[Shape],
        targets: Targets,
        background: Background,
        unsupported: tuple[Unsupported, ...],
    ) -> None:
        self._shapes = [shape.validate for shape in shapes]
        self._targets = targets
        self.background = background
        self.unsupported = unsupported

    def validate(self, triples: Iterable[Triple], index: Index | None = None) -> list[Result]:
        """The results of one record, in order; the same record always gives the same list.

        `index`: of its triples, where somebody has it.

        Terms must be written as `rdf.read` writes them: canonical escapes, language tags in
        lower case, no explicit xsd:string.
        """
        data = Data(triples, self.background, index)
        results: list[Result] = []
        done = set()
        for focus, numbers in self._targets.focuses(data):
            for number in numbers:
                if (number, focus) not in done:
                    done.add((number, focus))
                    self._shapes[number](data, focus, results)
        kept = [r for r in results if r.focus in self._targets.nodes or data.owns(r.focus)]
        return sorted(kept, key=order_of)


def compile_shapes(shapes: rdflib.Graph, background: Background | None = None) -> Plan:
    """Compiles a shapes graph. Raises RedError, in one sentence, for one that is not well formed.

    owl:imports are not followed. Nothing is added to the graph.
    """
    background = background or Background()
    axioms = [(term_of(s), term_of(o)) for s, o in shapes.subject_objects(RDFS.subClassOf)]
    classes = Classes([*axioms, *background.subclass_axioms])
    compiler = Compiler(shapes, background, classes)
    untaken = Untaken(shapes)
    compiled: list[Shape] = []
    targets = Targets()
    left: list[Unsupported] = []
    for node in find_shapes(shapes):
        shape = compiler.shape(node)  # also without targets: a faulty shape is never passed over
        if not is_targeted(shapes, node):
            continue
        if reasons := untaken.reasons(node):
            left.append(Unsupported(node, term_of(node), " and ".join(sorted(reasons))))
        else:
            targets.add(len(compiled), Declaration(shapes, node), classes)
            compiled.append(shape)
    return Plan(compiled, targets, background, tuple(left))


def order_of(result: Result) -> tuple[str, ...]:
    """The order of results in a report."""
    return (
        result.focus,
        result.path or "",
        result.component,
        result.value or "",
        result.severity,
        result.shape or "",
    )
