"""One row of the sheet of datasets: which dataset it is, and what it says."""

import re
from dataclasses import dataclass, field
from typing import Final

from red_catalog.ehds.terms import NAMESPACE
from red_catalog.harvesters.description import mint, web_identifier
from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.columns import LEVELS
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.doubts import doubt
from red_catalog.harvesters.spreadsheet.grids import Grid, Line
from red_catalog.harvesters.spreadsheet.mistakes import Place
from red_catalog.harvesters.spreadsheet.people import People, tell_missing
from red_catalog.harvesters.spreadsheet.statements import Statements
from red_catalog.harvesters.spreadsheet.values import convert, read_link, split
from red_catalog.model import Source
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.rdf.terms import literal, make_iri

_APART: Final = re.compile(r"[\W_]+")
_HEALTH: Final = make_iri(f"{EU_AUTHORITY}data-theme/HEAL")
_UNPROTECTED: Final = make_iri(f"{NAMESPACE}unprotected")
_PERIODS: Final = {"period": "dct:temporal", "retention": "healthdcatap:retentionPeriod"}
_BOUNDS: Final = {"start": "dcat:startDate", "end": "dcat:endDate"}


@dataclass(slots=True)
class Dataset:
    """A dataset under way. `said`: the terms of each column.

    `others`: where rows say that they are samples or analytics, not distributions.
    """

    iri: str
    grid: Grid
    line: Line
    said: dict[str, list[str]] = field(default_factory=dict)
    distributions: int = 0
    others: list[Place] = field(default_factory=list)
    variables: list[tuple[Grid, Line]] = field(default_factory=list)

    @property
    def node(self) -> str:
        """The dataset as a term."""
        return make_iri(self.iri)

    @property
    def name(self) -> str:
        """What the other sheets call it."""
        return self.line.text("identifier") or self.line.text("title")

    @property
    def level(self) -> str:
        """Its access level; the strictest where it does not say."""
        given = [term.rpartition("/")[2].rstrip(">") for term in self.said.get("access", [])]
        return given[0] if given and given[0] in LEVELS else LEVELS[-1]


def begin(grid: Grid, line: Line, source: Source, told: Statements) -> Dataset | None:
    """The dataset of a row that has a title, under its own address or one made for it."""
    if not line.text("title"):
        return None
    own = line.text("identifier")
    given = line.of("iri")
    iri = None
    if given:
        written = next(split(told, DATASETS.column("iri"), given[0]), "")
        doubt(told, DATASETS.column("iri"), written, given[0], lone=True)
        iri = web_identifier(written) or (written and read_link(told, written, given[0])) or None
    if iri is None and not own and not given:
        told.tell("identifier-missing", grid.place_of(line, "identifier"))
    if iri is None:
        iri = mint(source, own or _APART.sub("-", plain(line.text("title"))).strip("-") or "x")
    return Dataset(iri, grid, line)


def describe(dataset: Dataset, people: People, told: Statements) -> None:
    """States what the row says of the dataset."""
    told.say(dataset.node, "rdf:type", ["<http://www.w3.org/ns/dcat#Dataset>"])
    for column in DATASETS.columns:
        if column.kind == "iri":
            continue
        terms = []
        for value in dataset.line.of(column.key):
            if column.kind in {"agent", "contact"}:
                terms += people.name(column, value)
            else:
                terms += convert(told, column, value)
        dataset.said[column.key] = terms
        if column.kind not in {"start", "end", "assessed"}:
            told.say(dataset.node, column.property, terms)
    for name, about in _PERIODS.items():
        _state_period(dataset, name, about, told)
    for label in dataset.said["quality"]:
        told.say(label, DATASETS.column("assessed").property, dataset.said["assessed"])
    if dataset.said["assessed"] and not dataset.line.of("quality"):
        place = dataset.grid.place_of(dataset.line, "assessed")._replace(property="")
        told.tell("assessed-alone", place)
    _compare_ages(dataset, told)
    if _UNPROTECTED in dataset.said["protection"] and len(dataset.said["protection"]) > 1:
        told.tell("protection-denied", dataset.grid.place_of(dataset.line, "protection"))


def tell_absences(dataset: Dataset, told: Statements) -> None:
    """What is mandatory at the access level of the dataset and not there."""
    for column in DATASETS.columns:
        if column.need(dataset.level) == "mandatory" and not dataset.line.of(column.key):
            if dataset.grid.has(column.key):
                tell_missing(told, column, dataset.grid.place_of(dataset.line, column.key))
            elif column.needs != "MMM":  # else the heading is told, once
                tell_missing(told, column, dataset.line.place)
    themes = dataset.said["theme"]
    if themes and _HEALTH not in themes:
        told.tell("theme-health", dataset.grid.place_of(dataset.line, "theme"))


def _state_period(dataset: Dataset, name: str, about: str, told: Statements) -> None:
    bounds = {at: dataset.said[f"{name}_{at}"] for at in _BOUNDS}
    if not any(bounds.values()):
        return
    period = told.node("dct:PeriodOfTime")
    for at, terms in bounds.items():
        told.say(period, _BOUNDS[at], terms)
    told.say(dataset.node, about, [period])
    start, end = (literal(terms[0])[0] if terms else "" for terms in bounds.values())
    # Dates of different precision compare as far as both go.
    if start and end and end[: len(start)] < start[: len(end)]:
        # Our own checks object to the start, and the period tells which of several it is.
        place = dataset.grid.place_of(dataset.line, f"{name}_end")._replace(
            property=f"{about}|{_BOUNDS['start']}"
        )
        told.tell("period-backwards", place, value=end, start=start)


def _compare_ages(dataset: Dataset, told: Statements) -> None:
    low, high = dataset.said["min_age"], dataset.said["max_age"]
    if low and high and int(literal(high[0])[0]) < int(literal(low[0])[0]):
        low_age = DATASETS.column("min_age").property  # which our own checks object to
        place = dataset.grid.place_of(dataset.line, "max_age")._replace(property=low_age)
        told.tell("ages-backwards", place, value=literal(high[0])[0], start=literal(low[0])[0])
