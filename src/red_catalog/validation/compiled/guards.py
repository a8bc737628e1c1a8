"""The one SPARQL constraint that the plan takes itself: "there is nothing like this".

The official shapes guard against submissions without any dataset by

    SELECT $this WHERE { FILTER NOT EXISTS { ?s rdf:type dcat:Dataset } }

Handing every record to a SPARQL engine for that would cost more than all other shapes
together. Any other query is left to pySHACL.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import rdflib
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from red_catalog.validation.compiled.check import Check, Context, Fail
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.result import Result

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue


def is_guard(graph: rdflib.Graph, constraint: Node) -> bool:
    """Whether a sh:sparql constraint only asks that some statement be there."""
    return _wanted(graph, constraint) is not None


def compile_guards(context: Context) -> Iterator[Check]:
    """At least one statement has the predicate and the object."""
    declared = context.declared
    for constraint in declared.nodes(SH.sparql):
        wanted = _wanted(declared.graph, constraint)
        if wanted is not None and not _is_deactivated(declared.graph, constraint):
            said = (*(term_of(m) for m in declared.graph.objects(constraint, SH.message)),)
            fail = context.failing("sh:SPARQLConstraintComponent", said or None)
            yield _demand(*wanted, fail)


def _demand(predicate: str, value: str, fail: Fail) -> Check:
    def check(data: Data, focus: str, values: Sequence[str], out: list[Result]) -> None:
        if not data.has(predicate, value):
            out.append(fail(focus, values[0]))

    return check


def _is_deactivated(graph: rdflib.Graph, constraint: Node) -> bool:
    return (constraint, SH.deactivated, rdflib.Literal("true", datatype=XSD.boolean)) in graph


def _wanted(graph: rdflib.Graph, constraint: Node) -> tuple[str, str] | None:
    """Predicate and object of the only statement that a guard asks for."""
    queries = list(graph.objects(constraint, SH.select))
    if len(queries) != 1:
        return None
    # Loading it costs more than compiling a profile, and our own have no queries.
    from rdflib.plugins.sparql import prepareQuery  # noqa: PLC0415

    try:
        algebra = prepareQuery(str(queries[0])).algebra
        pattern = _absent_pattern(algebra)
    except Exception:  # noqa: BLE001 - rdflib raises many kinds; pySHACL will name the trouble
        return None
    if pattern is None or len(pattern) != 1:
        return None
    subject, predicate, value = pattern[0]
    anything = isinstance(subject, rdflib.Variable) and str(subject) != "this"
    fixed = isinstance(predicate, rdflib.URIRef) and isinstance(value, rdflib.URIRef)
    return (term_of(predicate), term_of(value)) if anything and fixed else None


def _absent_pattern(query: "CompValue") -> list[tuple[Node, Node, Node]] | None:
    """The statements of `SELECT $this WHERE { FILTER NOT EXISTS { … } }`, for no other query."""
    if query.name != "SelectQuery" or query.p.name != "Project" or query.datasetClause:
        return None
    condition = query.p.p
    alone = [str(v) for v in query.p.PV] == ["this"] and condition.name == "Filter"
    if not alone or condition.p.name != "BGP" or condition.p.triples:
        return None
    absent = condition.expr
    if absent.name != "Builtin_NOTEXISTS" or absent.graph.name != "Join":
        return None
    # rdflib joins the pattern to an empty one.
    empty, pattern = absent.graph.p1, absent.graph.p2
    if empty.name != "BGP" or empty.triples or pattern.name != "BGP":
        return None
    return list(pattern.triples)
