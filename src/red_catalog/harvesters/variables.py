"""Variables of a study as tables of CSV on the Web."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from red_catalog.harvesters.description import Description
from red_catalog.rdf.terms import make_literal


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable. `labels` and `notes` by language; `datatype` None: nobody says it."""

    name: str
    labels: Mapping[str | None, str] = field(default_factory=dict)
    notes: Mapping[str | None, str] = field(default_factory=dict)
    datatype: str | None = None


Title = tuple[str, str | None]


def write_tables(
    description: Description,
    titles: Iterable[Title],
    tables: Sequence[tuple[Iterable[Title], Sequence[Variable]]],
) -> None:
    """The tables that hold variables, each with its title, in one group."""
    filled = [(named, variables) for named, variables in tables if variables]
    if not filled:
        return
    true = make_literal("true", datatype="http://www.w3.org/2001/XMLSchema#boolean")
    description.add("healthdcatap:hasStructuredData", true)
    group = description.node("healthdcatap:hasVariables", "csvw:TableGroup")
    for words, tag in titles:
        description.say("dct:title", words, tag, group)
    for named, variables in filled:
        table = description.node("csvw:table", "csvw:Table", group)
        for words, tag in named:
            description.say("dct:title", words, tag, table)
        for variable in variables:
            _column(description, table, variable)


def _column(description: Description, table: str, variable: Variable) -> None:
    column = description.node("csvw:column", "csvw:Column", table)
    description.say("csvw:name", variable.name, None, column)
    for tag, words in variable.labels.items():
        description.say("csvw:title", words, tag, column)
    for tag, words in variable.notes.items():
        description.say("dct:description", words, tag, column)
    if variable.datatype:
        description.say("csvw:datatype", variable.datatype, None, column)
