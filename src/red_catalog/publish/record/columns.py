"""The variables of a dataset as its description has them: tables and their columns."""

from collections.abc import Iterable
from dataclasses import dataclass

from red_catalog.publish.record.graph import Graph, Value, Words
from red_catalog.publish.record.ordering import natural


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of a table."""

    name: tuple[Value, ...]
    title: tuple[Value, ...]
    description: tuple[Value, ...]
    datatype: tuple[Value, ...]
    definition: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of variables; `group`: what its group is called."""

    names: tuple[Words, ...]
    variables: tuple[Variable, ...]
    group: tuple[Words, ...]


def read_tables(graph: Graph, me: str) -> Iterable[Table]:
    """The tables of a dataset (a term), whose statements now have their place."""
    for group in graph.take(me, "healthdcatap:hasVariables"):
        group_names = graph.words(group, "dct:title")
        _forget_type(graph, group)
        for table in _members(graph, graph.take(group, "csvw:table"))[0]:
            names = graph.words(table, "dct:title") or group_names
            _forget_type(graph, table)
            given = list(graph.take(table, "csvw:column"))
            for schema in graph.take(table, "csvw:tableSchema"):
                given += graph.take(schema, "csvw:column")
            columns, ordered = _members(graph, given)
            variables = [_variable(graph, one) for one in columns]
            if not ordered:
                variables.sort(key=_variable_key)
            yield Table(names, tuple(variables), group_names)


def _members(graph: Graph, nodes: Iterable[str]) -> tuple[list[str], bool]:
    """The nodes, those of lists in their order; whether there was a list."""
    found: dict[str, None] = {}
    ordered = False
    for node in nodes:
        rest, seen = [node], set[str]()
        while rest and graph.objects(rest[0], "rdf:first") and rest[0] not in seen:
            here, ordered = rest[0], True
            seen.add(here)
            found.update(dict.fromkeys(graph.take(here, "rdf:first")))
            rest = graph.take(here, "rdf:rest")
        if not seen:
            found[node] = None
    return list(found), ordered


def _variable(graph: Graph, column: str) -> Variable:
    def values(*names: str) -> tuple[Value, ...]:
        return tuple(v for name in names for v in graph.values(graph.take(column, name)))

    _forget_type(graph, column)
    return Variable(
        name=values("csvw:name"),
        title=values("csvw:title", "csvw:titles", "dct:title"),
        description=values("dct:description"),
        datatype=values("csvw:datatype"),
        definition=values("csvw:propertyUrl"),
    )


def _variable_key(variable: Variable) -> tuple[list[str], list[str]]:
    names, titles = (
        [natural(v.text) for v in values if isinstance(v, Words)]
        for values in (variable.name, variable.title)
    )
    return names or titles, titles


def _forget_type(graph: Graph, node: str) -> None:
    graph.take(node, "rdf:type")
