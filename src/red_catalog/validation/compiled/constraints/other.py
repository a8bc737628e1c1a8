"""sh:closed, sh:hasValue and sh:in."""

from collections.abc import Iterator, Sequence

import rdflib
from rdflib.namespace import RDFS, SH

from red_catalog.namespaces import RDF_TYPE
from red_catalog.validation.compiled.check import Check, Context, Fail, each
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.result import Result

_RESOURCE = term_of(RDFS.Resource)


def compile_closed(context: Context) -> Iterator[Check]:
    """Each value has no properties but those of the shape and those ignored."""
    declared = context.declared
    if not declared.boolean(SH.closed):
        return
    allowed = _allowed(context)
    fail = context.failing("sh:ClosedConstraintComponent")

    def check(data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        for value in values:
            for predicate in data.predicates(value):
                if predicate not in allowed:
                    out.extend(
                        fail(focus, found)._replace(path=predicate)
                        for found in data.objects(value, predicate)
                        if (predicate, found) != (RDF_TYPE, _RESOURCE)
                    )

    yield check


def _allowed(context: Context) -> frozenset[str]:
    declared = context.declared
    ignored = [n for head in declared.nodes(SH.ignoredProperties) for n in declared.items(head)]
    paths = [
        path
        for shape in declared.nodes(SH.property)
        for path in declared.graph.objects(shape, SH.path)
        if isinstance(path, rdflib.URIRef)
    ]
    return frozenset(term_of(node) for node in [*ignored, *paths])


def compile_has_value(context: Context) -> Iterator[Check]:
    """The value demanded is among the values."""
    fail = context.failing("sh:HasValueConstraintComponent")
    for wanted in context.declared.terms(SH.hasValue):
        yield _has(wanted, fail)


def _has(wanted: str, fail: Fail) -> Check:
    def check(_data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        if wanted not in values:
            out.append(fail(focus, None))

    return check


def compile_in(context: Context) -> Iterator[Check]:
    """Each value is one of a list."""
    head = context.declared.one(SH["in"])
    if head is not None:
        allowed = frozenset(term_of(item) for item in context.declared.items(head))
        yield each(allowed.__contains__, context.failing("sh:InConstraintComponent"))
