"""sh:property, sh:node and sh:qualifiedValueShape."""

from collections.abc import Callable, Iterator, Sequence

from rdflib.namespace import SH
from rdflib.term import Node

from red_catalog.validation.compiled.check import Check, Context, DataTest, Shape, each_in_data
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.result import Result


def compile_properties(context: Context) -> Iterator[Check]:
    """Each value is the focus node of the property shapes; their results are reported."""
    shapes = [_property_shape(context, node) for node in context.declared.nodes(SH.property)]
    if not shapes:
        return
    validators = tuple((shape.needs, shape.validate) for shape in shapes)
    nothing: dict[str, list[str]] = {}

    def check(data: Data, _focus: str, values: Sequence[str], out: list[Result]) -> None:
        for value in values:
            said = data.record.get(value, nothing)
            for needs, validate in validators:
                if needs is None or needs in said:
                    validate(data, value, out)

    yield check


def _property_shape(context: Context, node: Node) -> Shape:
    shape = context.shape_of(node)
    if shape.path is None:
        raise context.declared.error("has a sh:property whose value has no sh:path")
    return shape


def compile_nodes(context: Context) -> Iterator[Check]:
    """Each value conforms to the node shapes; only the failure is reported, not its causes."""
    fail = context.failing("sh:NodeConstraintComponent")
    for node in context.declared.nodes(SH.node):
        shape = context.shape_of(node)
        if shape.path is not None:
            raise context.declared.error(
                "has a property shape for sh:node, which takes node shapes"
            )
        yield each_in_data(shape.conforms, fail)


def compile_qualified(context: Context) -> Iterator[Check]:
    """So many values conform to the shape, counting those alone that fit no sibling's."""
    declared = context.declared
    if context.path is None:  # the recommendation has these parameters ignored there
        return
    least = declared.integer(SH.qualifiedMinCount)
    most = declared.integer(SH.qualifiedMaxCount)
    for node in declared.nodes(SH.qualifiedValueShape):
        test = context.shape_of(node).conforms
        if any(str(value) == "true" for value in declared.nodes(SH.qualifiedValueShapesDisjoint)):
            others = tuple(context.shape_of(n).conforms for n in _siblings(context, node))
            test = _without(test, others)
        if least is not None:
            fail = context.failing("sh:QualifiedMinCountConstraintComponent")
            yield _count(test, least.__le__, fail)
        if most is not None:
            fail = context.failing("sh:QualifiedMaxCountConstraintComponent")
            yield _count(test, most.__ge__, fail)


def _siblings(context: Context, own: Node) -> list[Node]:
    graph = context.declared.graph
    return sorted(
        {
            shape
            for parent in graph.subjects(SH.property, context.declared.node)
            for sibling in graph.objects(parent, SH.property)
            for shape in graph.objects(sibling, SH.qualifiedValueShape)
            if shape != own
        },
        key=str,
    )


def _without(test: DataTest, others: tuple[DataTest, ...]) -> DataTest:
    def alone(data: Data, value: str) -> bool:
        return bool(test(data, value)) and not any(other(data, value) for other in others)

    return alone


def _count(
    test: DataTest, enough: Callable[[int], bool], fail: Callable[[str, str | None], Result]
) -> Check:
    def check(data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        if not enough(sum(bool(test(data, value)) for value in values)):
            out.append(fail(focus, None))

    return check
