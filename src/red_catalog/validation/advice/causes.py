"""Why a described value fails: the results of the rules that its parent puts on it."""

from collections.abc import Iterable
from functools import cache
from typing import Final

import rdflib
from rdflib.namespace import RDFS, SH
from rdflib.term import Node

from red_catalog import vocabulary
from red_catalog.model import Finding, Triple
from red_catalog.validation.advice.asking import ask, node_of
from red_catalog.validation.compiled.classes import Classes
from red_catalog.validation.compiled.data import Background, Data
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.compiled.shapes import Compiler
from red_catalog.validation.result import Result

_DEEPEST: Final = 6


class Causes:
    """Looks into the values of one record that fail as a whole."""

    def __init__(self, shapes: rdflib.Graph, triples: Iterable[Triple]) -> None:
        self.shapes = shapes
        self._data = Data(triples, _background())
        self._compiler = _compiler(shapes)

    def describes(self, value: str) -> bool:
        """Whether the record says anything of this node."""
        return value in self._data.record

    def of(self, finding: Finding | Result, depth: int = 0) -> list[Result]:
        """The results behind a failed value, down to those that have no other behind them."""
        value = finding.value
        if value is None or depth > _DEEPEST or not self.describes(value):
            return []
        shape = node_of(finding.shape)
        found: list[Result] = []
        for nested in sorted(self.shapes.objects(shape, SH.node), key=str) if shape else ():
            for result in self._results(nested, value):
                deeper = self.of(result, depth + 1) if self._is_whole(result) else []
                found += deeper or [result]
        return list(dict.fromkeys(found))

    def _is_whole(self, result: Result) -> bool:
        """Whether a value fails as a whole, and not as a code that its list does not have."""
        listed = result.shape and ask(self.shapes, (result.shape,)).lists
        return result.component == "sh:NodeConstraintComponent" and not listed

    def _results(self, shape: Node, value: str) -> list[Result]:
        out: list[Result] = []
        self._compiler.shape(shape).validate(self._data, value, out)
        return [r for r in out if r.severity == "sh:Violation"]


@cache
def _background() -> Background:
    return Background(vocabulary.whole_background())


@cache
def _compiler(shapes: rdflib.Graph) -> Compiler:
    axioms = [(term_of(s), term_of(o)) for s, o in shapes.subject_objects(RDFS.subClassOf)]
    background = _background()
    return Compiler(shapes, background, Classes([*axioms, *background.subclass_axioms]))
