"""What a description says of other datasets, whose own descriptions lie beside it.

A record holds one dataset. Shapes that ask whether what it names is a dataset are answered
from those beside it: nothing of them is put into the record, which is the same in any catalogue.
"""

from collections.abc import Iterable
from typing import Final

import rdflib
from rdflib.namespace import DCAT, SH
from rdflib.term import Node

from red_catalog.rdf.terms import iri, is_iri
from red_catalog.validation.advice.asking import node_of
from red_catalog.validation.result import Result

_CLASS: Final = "sh:ClassConstraintComponent"
_CHOICE: Final = "sh:NodeConstraintComponent"


def drop_described(
    results: Iterable[Result], beside: frozenset[str], shapes: rdflib.Graph
) -> list[Result]:
    """The results, but that nothing says that one of the datasets `beside` (IRIs) is one."""
    return [r for r in results if not _is_answered(r, beside, shapes)]


def _is_answered(result: Result, beside: frozenset[str], shapes: rdflib.Graph) -> bool:
    if result.component not in {_CLASS, _CHOICE} or result.shape is None:
        return False
    value, asked = result.value or "", node_of(result.shape)
    if not (is_iri(value) and iri(value) in beside and asked):
        return False
    if result.component == _CLASS:
        return _is_for_datasets(shapes, asked)
    # Shapes that ask for one of several kinds: a relationship leads to a dataset or to a service.
    return all(
        any(_is_for_datasets(shapes, one) for some in kinds for one in shapes.items(some))
        for kinds in (shapes.objects(one, SH["or"]) for one in shapes.objects(asked, SH.node))
    )


def _is_for_datasets(shapes: rdflib.Graph, shape: Node) -> bool:
    """Whether the class that a shape asks for is that of datasets alone."""
    return [*shapes.objects(shape, SH["class"])] == [DCAT.Dataset]
