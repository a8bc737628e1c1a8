"""Every component of SHACL Core, the guards, and which of them count when there is no value."""

from typing import Final, NamedTuple

from rdflib.namespace import SH
from rdflib.term import Node

from red_catalog.validation.compiled import guards
from red_catalog.validation.compiled.check import Compile
from red_catalog.validation.compiled.constraints import (
    cardinality,
    logic,
    nested,
    other,
    pairs,
    ranges,
    strings,
    value_type,
)


class Component(NamedTuple):
    """`parameters`: a shape without any of them has no checks of this component.

    `of_absence`: its checks may fail although there is no value to look at.
    """

    compile: Compile
    parameters: frozenset[Node]
    of_absence: bool = False


def _component(compile_it: Compile, *parameters: Node, of_absence: bool = False) -> Component:
    return Component(compile_it, frozenset(parameters), of_absence)


COMPONENTS: Final = (
    _component(value_type.compile_class, SH["class"]),
    _component(value_type.compile_datatype, SH.datatype),
    _component(value_type.compile_node_kind, SH.nodeKind),
    _component(cardinality.compile_min_count, SH.minCount, of_absence=True),
    _component(cardinality.compile_max_count, SH.maxCount),
    _component(
        ranges.compile_ranges,
        SH.minInclusive,
        SH.minExclusive,
        SH.maxInclusive,
        SH.maxExclusive,
    ),
    _component(strings.compile_lengths, SH.minLength, SH.maxLength),
    _component(strings.compile_patterns, SH.pattern),
    _component(strings.compile_languages, SH.languageIn),
    _component(strings.compile_unique_language, SH.uniqueLang),
    _component(pairs.compile_equals, SH.equals, of_absence=True),
    _component(pairs.compile_disjoint, SH.disjoint),
    _component(pairs.compile_orders, SH.lessThan, SH.lessThanOrEquals),
    _component(logic.compile_not, SH["not"]),
    _component(logic.compile_lists, SH["and"], SH["or"], SH.xone),
    _component(nested.compile_properties, SH.property),
    _component(nested.compile_nodes, SH.node),
    _component(nested.compile_qualified, SH.qualifiedValueShape, of_absence=True),
    _component(other.compile_closed, SH.closed),
    _component(other.compile_has_value, SH.hasValue, of_absence=True),
    _component(other.compile_in, SH["in"]),
    _component(guards.compile_guards, SH.sparql),
)
