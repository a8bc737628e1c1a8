"""Which nodes of a record each shape is applied to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from red_catalog.namespaces import RDF_TYPE
from red_catalog.validation.compiled.classes import Classes
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.compiled.declaration import Declaration, term_of

_SHAPES: Final = frozenset({SH.NodeShape, SH.PropertyShape})
TARGETS: Final = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


def is_targeted(graph: rdflib.Graph, node: Node) -> bool:
    """Whether a shape chooses focus nodes of its own."""
    return any((node, p, None) in graph for p in TARGETS) or is_implicit_class(graph, node)


def is_implicit_class(graph: rdflib.Graph, node: Node) -> bool:
    """Whether a shape is also a class, and so applies to its instances."""
    kinds = set(graph.objects(node, RDF.type))
    if not kinds or kinds <= _SHAPES:
        return False
    metaclasses = {RDFS.Class, OWL.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
    return not metaclasses.isdisjoint(kinds)


@dataclass(slots=True)
class Targets:
    """The numbers of the shapes that each node, class or predicate calls for."""

    nodes: dict[str, list[int]] = field(default_factory=dict)
    classes: dict[str, list[int]] = field(default_factory=dict)
    subjects_of: dict[str, list[int]] = field(default_factory=dict)
    objects_of: dict[str, list[int]] = field(default_factory=dict)

    def add(self, number: int, declared: Declaration, classes: Classes) -> None:
        """Reads the targets of one shape."""
        for kind, predicate in (
            (self.nodes, SH.targetNode),
            (self.subjects_of, SH.targetSubjectsOf),
            (self.objects_of, SH.targetObjectsOf),
        ):
            for value in declared.terms(predicate):
                kind.setdefault(value, []).append(number)
        targeted = declared.nodes(SH.targetClass)
        if is_implicit_class(declared.graph, declared.node):
            targeted.append(declared.node)
        for cls in {below for one in targeted for below in classes.under(term_of(one))}:
            self.classes.setdefault(cls, []).append(number)

    def focuses(self, data: Data) -> Iterator[tuple[str, list[int]]]:
        """Focus nodes, each with its shapes; a pair may come twice."""
        yield from self.nodes.items()
        yield from self._instances(data)
        for predicate, numbers in self.subjects_of.items():
            yield from ((node, numbers) for node in data.record if data.objects(node, predicate))
        for predicate, numbers in self.objects_of.items():
            yield from ((node, numbers) for node in data.inverse if data.subjects(predicate, node))

    def _instances(self, data: Data) -> Iterator[tuple[str, list[int]]]:
        classes = self.classes
        for node, objects in data.record.items():
            for cls in objects.get(RDF_TYPE, ()):
                if cls in classes:
                    yield node, classes[cls]
        if data.overlaps:
            for node in data.record.keys() & data.background.index.keys():
                for cls in data.background.index[node].get(RDF_TYPE, ()):
                    yield node, classes.get(cls, [])
