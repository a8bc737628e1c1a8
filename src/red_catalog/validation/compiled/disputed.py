"""What pySHACL reads otherwise than the recommendation does.

The plan would follow the recommendation. So that no result depends on the engine, shapes that
use any of this are left to pySHACL, by name.
"""

from collections.abc import Iterator
from typing import Final

import rdflib
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from red_catalog.validation.compiled.declaration import Declaration

_VALUES: Final = (
    SH.hasValue, SH.targetNode, SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive,
)  # fmt: skip
_REPETITIONS: Final = (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)


_DISPUTABLE: Final = frozenset((SH.path, SH.languageIn, SH["in"], *_VALUES))


def disputes(graph: rdflib.Graph, node: Node) -> Iterator[str]:
    """What a shape itself uses of it, as people would name it."""
    if _DISPUTABLE.isdisjoint(graph.predicates(node)):
        return
    declared = Declaration(graph, node)
    # ^(a/b) is ^b/^a; pySHACL walks ^a/^b.
    if any(_turns_sequence(graph, path, inverse=False) for path in graph.objects(node, SH.path)):
        yield "the inverse of a sequence path"
    # langMatches has de-Latn take de-Latn-AT; pySHACL compares the whole tag or its first part.
    ranges = (tag for head in declared.nodes(SH.languageIn) for tag in declared.items(head))
    if any("-" in str(tag) for tag in ranges):
        yield "sh:languageIn with a range of several parts"
    # RDF 1.1 has "x" and "x"^^xsd:string one term, pySHACL two.
    members = (item for head in declared.nodes(SH["in"]) for item in declared.items(head))
    values = (value for predicate in _VALUES for value in graph.objects(node, predicate))
    if any(_is_explicit_string(term) for term in (*members, *values)):
        yield "a text with the datatype xsd:string written out"


def _turns_sequence(graph: rdflib.Graph, path: Node, *, inverse: bool) -> bool:
    """Whether a sequence is walked backward anywhere in a path."""
    if isinstance(path, rdflib.URIRef):
        return False
    if (path, RDF.first, None) in graph:
        steps = Declaration(graph, path).items(path)
        return inverse or any(_turns_sequence(graph, step, inverse=False) for step in steps)
    turned = graph.objects(path, SH.inversePath)
    if any(_turns_sequence(graph, inner, inverse=not inverse) for inner in turned):
        return True
    ways = [
        w for h in graph.objects(path, SH.alternativePath) for w in Declaration(graph, h).items(h)
    ]
    repeated = [inner for p in _REPETITIONS for inner in graph.objects(path, p)]
    return any(_turns_sequence(graph, inner, inverse=inverse) for inner in (*ways, *repeated))


def _is_explicit_string(node: Node) -> bool:
    return isinstance(node, rdflib.Literal) and node.datatype == XSD.string
