"""What the plan leaves to pySHACL: constraints written in SPARQL, and what is disputed."""

from collections.abc import Iterable, Iterator
from typing import Final

import rdflib
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from red_catalog.validation.compiled.declaration import Declaration
from red_catalog.validation.compiled.disputed import disputes
from red_catalog.validation.compiled.guards import is_guard

_SHAPE_PARAMETERS: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LIST_PARAMETERS: Final = (SH["and"], SH["or"], SH.xone)


class Untaken:
    """Says of a shape what keeps the plan from taking it, here or in a shape it refers to."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self._graph = graph
        self._components = list(_custom_components(graph))
        self._known: dict[Node, frozenset[str]] = {}

    def reasons(self, node: Node) -> frozenset[str]:
        """Reasons, as people would name them; empty for a shape that the plan takes."""
        if node not in self._known:
            self._known[node] = frozenset()  # deactivated shapes may lead back to themselves
            inner = (self.reasons(other) for other in shapes_used(self._graph, node))
            self._known[node] = frozenset(self._own(node)).union(*inner)
        return self._known[node]

    def _own(self, node: Node) -> Iterator[str]:
        for constraint in self._graph.objects(node, SH.sparql):
            has_path = (node, SH.path, None) in self._graph
            if has_path or not is_guard(self._graph, constraint):
                yield "sh:sparql"
        for component, parameters in self._components:
            if all((node, parameter, None) in self._graph for parameter in parameters):
                yield f"the component <{component}>"
        yield from disputes(self._graph, node)


def shapes_used(graph: rdflib.Graph, node: Node) -> Iterator[Node]:
    """The shapes that a shape refers to."""
    for parameter in _SHAPE_PARAMETERS:
        yield from graph.objects(node, parameter)
    for parameter in _LIST_PARAMETERS:
        for head in graph.objects(node, parameter):
            yield from Declaration(graph, node).items(head)


def _custom_components(graph: rdflib.Graph) -> Iterator[tuple[Node, list[Node]]]:
    """Components that the shapes define themselves, with their mandatory parameters."""
    kinds: Iterable[Node] = {
        SH.ConstraintComponent,
        *graph.subjects(RDFS.subClassOf, SH.ConstraintComponent),
    }
    for component in {c for kind in kinds for c in graph.subjects(RDF.type, kind)}:
        if str(component).startswith(str(SH)):
            continue
        yield (
            component,
            [
                path
                for parameter in graph.objects(component, SH.parameter)
                if (parameter, SH.optional, rdflib.Literal(True)) not in graph  # noqa: FBT003
                for path in graph.objects(parameter, SH.path)
            ],
        )
