"""Every component of SHACL Core, and which of them count when there is no value."""

from typing import Final, NamedTuple

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
    """`of_absence`: its checks may fail although there is no value to look at."""

    compile: Compile
    of_absence: bool = False


COMPONENTS: Final = (
    Component(value_type.compile_class),
    Component(value_type.compile_datatype),
    Component(value_type.compile_node_kind),
    Component(cardinality.compile_min_count, of_absence=True),
    Component(cardinality.compile_max_count),
    Component(ranges.compile_ranges),
    Component(strings.compile_lengths),
    Component(strings.compile_patterns),
    Component(strings.compile_languages),
    Component(strings.compile_unique_language),
    Component(pairs.compile_equals, of_absence=True),
    Component(pairs.compile_disjoint),
    Component(pairs.compile_orders),
    Component(logic.compile_not),
    Component(logic.compile_lists),
    Component(nested.compile_properties),
    Component(nested.compile_nodes),
    Component(nested.compile_qualified, of_absence=True),
    Component(other.compile_closed),
    Component(other.compile_has_value, of_absence=True),
    Component(other.compile_in),
)
