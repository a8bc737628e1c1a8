"""The parts of a dataset in sheets of their own: distributions and variables."""

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.columns import Column
from red_catalog.harvesters.spreadsheet.grids import Grid, Line
from red_catalog.harvesters.spreadsheet.mistakes import Place, row_of
from red_catalog.harvesters.spreadsheet.people import tell_missing
from red_catalog.harvesters.spreadsheet.rows import Dataset
from red_catalog.harvesters.spreadsheet.sheets import DISTRIBUTIONS, VARIABLES
from red_catalog.harvesters.spreadsheet.statements import Statements
from red_catalog.harvesters.spreadsheet.values import convert
from red_catalog.rdf.terms import literal

_OWN = frozenset({"dataset", "role", "table"})


def distribute(dataset: Dataset, grid: Grid, line: Line, told: Statements) -> None:
    """A distribution, sample or analytics of the dataset."""
    node = told.node("dcat:Distribution")
    for column in DISTRIBUTIONS.columns:
        if column.key in _OWN:
            continue
        terms = [term for value in line.of(column.key) for term in convert(told, column, value)]
        if column.key == "legislation" and not terms:
            terms = dataset.said["legislation"]
        told.say(node, column.property, terms)
        _tell_if_missing("dcat:Distribution", column, (grid, line), told)
    role = DISTRIBUTIONS.column("role")
    roles = [term for value in line.of("role") for term in convert(told, role, value)]
    name = literal(roles[0])[0] if roles else "dcat:distribution"
    told.say(dataset.node, name, [node])
    if name == "dcat:distribution":
        dataset.distributions += 1
    else:
        dataset.others.append(grid.place_of(line, "role"))


def finish(dataset: Dataset, told: Statements) -> None:
    """The variables of the dataset, and what its parts do not agree about."""
    if not dataset.distributions and dataset.others:
        told.tell("samples-alone", dataset.others[0], value=dataset.name)
    elif not dataset.distributions:
        told.tell("no-distribution", dataset.line.place, value=dataset.name)
    structured = [literal(term)[0] for term in dataset.said["structured"]]
    place = dataset.grid.place_of(dataset.line, "structured")
    if structured == ["true"] and not dataset.variables:
        told.tell("no-variables", place)
    if structured == ["false"] and dataset.variables:
        told.tell("variables-denied", place, count=len(dataset.variables))
    if dataset.variables:
        _state_variables(dataset, told)


def _state_variables(dataset: Dataset, told: Statements) -> None:
    group = told.node("csvw:TableGroup")
    told.say(dataset.node, "healthdcatap:hasVariables", [group])
    titles = dataset.said["title"]
    told.say(group, "dct:title", titles)
    tables: dict[str, str] = {}
    seen: dict[tuple[str, str], Place] = {}
    for grid, line in dataset.variables:
        name = line.text("table")
        if name not in tables:
            tables[name] = told.node("csvw:Table")
            named = [t for v in line.of("table") for t in convert(told, _column("table"), v)]
            told.say(tables[name], "dct:title", named or titles)
            told.say(group, "csvw:table", [tables[name]])
        key = (name, plain(line.text("name")))
        if line.text("name") and key in seen:
            place = grid.place_of(line, "name")
            told.tell("variable-double", place, value=line.text("name"), **row_of(seen[key], place))
            continue
        seen[key] = line.place
        _state_variable(tables[name], grid, line, told)


def _state_variable(table: str, grid: Grid, line: Line, told: Statements) -> None:
    node = told.node("csvw:Column")
    for column in VARIABLES.columns:
        if column.key not in _OWN:
            terms = [t for value in line.of(column.key) for t in convert(told, column, value)]
            told.say(node, column.property, terms)
            _tell_if_missing("csvw:Column", column, (grid, line), told)
    told.say(table, "csvw:column", [node])


def _tell_if_missing(kind: str, column: Column, row: tuple[Grid, Line], told: Statements) -> None:
    grid, line = row
    if column.needs == "MMM" and not line.of(column.key):
        place = grid.place_of(line, column.key)
        told.lacking.add(told.subject or "", kind, column, place)
        tell_missing(told, column, place)


def _column(key: str) -> Column:
    return VARIABLES.column(key)
