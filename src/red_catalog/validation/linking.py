"""What a description says of other datasets, whose own descriptions lie beside it.

A record holds one dataset. Shapes that ask whether what it names is a dataset are answered
from those beside it: nothing of them is put into the record, which is the same in any catalogue.
"""

from collections.abc import Iterable
from typing import Final

import rdflib

from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import iri, is_iri
from red_catalog.validation.advice.asking import ask
from red_catalog.validation.result import Result

_DATASET: Final = (f"{PREFIXES['dcat']}Dataset",)


def drop_described(
    results: Iterable[Result], beside: frozenset[str], shapes: rdflib.Graph
) -> list[Result]:
    """The results, but that nothing says that one of the datasets `beside` (IRIs) is one."""
    return [r for r in results if not _is_answered(r, beside, shapes)]


def _is_answered(result: Result, beside: frozenset[str], shapes: rdflib.Graph) -> bool:
    if result.component != "sh:ClassConstraintComponent" or result.shape is None:
        return False
    value = result.value or ""
    named = is_iri(value) and iri(value) in beside
    return named and ask(shapes, (result.shape,)).classes == _DATASET
