"""From the sheets of a workbook to descriptions of datasets."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.grids import Grid, Line
from red_catalog.harvesters.spreadsheet.mistakes import Place, row_of, tell
from red_catalog.harvesters.spreadsheet.parts import distribute, finish
from red_catalog.harvesters.spreadsheet.people import People
from red_catalog.harvesters.spreadsheet.rows import Dataset, begin, describe, tell_absences
from red_catalog.harvesters.spreadsheet.statements import MAX_TOLD, Statements
from red_catalog.model import Defect, Source

_Attach = Callable[[Dataset, Grid, Line, Statements], None]


@dataclass(slots=True)
class Mapped:
    """What a workbook says.

    `held`: what became of the rows that gave no dataset; `known`: datasets by name and IRI;
    `titles`: by title, None for one that several have; `called`: by any of these, for hints;
    `nameless`: what the rows without a title call their datasets; `astray`: the rows of other
    sheets whose dataset is not there, and what they call it; `private`: a contact is not to be
    published.
    """

    told: Statements = field(default_factory=Statements)
    held: list[tuple[Place, Defect]] = field(default_factory=list)
    datasets: list[Dataset] = field(default_factory=list)
    known: dict[str, Dataset] = field(default_factory=dict)
    titles: dict[str, Dataset | None] = field(default_factory=dict)
    called: dict[str, Dataset] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)
    astray: list[tuple[Place, str]] = field(default_factory=list)
    private: bool = False


def map_grids(grids: Sequence[Grid], source: Source) -> Mapped:
    """The descriptions in these sheets, with every mistake that was met."""
    mapped = Mapped()
    people = People((g for g in grids if g.sheet.key == "contacts"), mapped.told)
    mapped.private = people.private
    for grid, line in _lines(grids, "datasets"):
        _take(grid, line, source, people, mapped)
    for grid, line in _lines(grids, "distributions"):
        _attach(grid, line, mapped, distribute)
    for grid, line in _lines(grids, "variables"):
        _attach(grid, line, mapped, lambda d, g, at, _: d.variables.append((g, at)))
    _tell_astray(mapped)
    for dataset in mapped.datasets:
        mapped.told.subject = dataset.iri
        finish(dataset, mapped.told)
    mapped.told.subject = None
    for grid in grids:
        kept = grid.mistakes[:MAX_TOLD]
        mapped.told.untold += len(grid.mistakes) - len(kept)
        mapped.told.mistakes += kept
        _tell_headings(grid, mapped.told)
    if mapped.told.untold:
        place = grids[0].place._replace(sheet=None)
        more = tell("more", place, None, count=mapped.told.untold)
        mapped.told.mistakes.append(more)
    return mapped


def _lines(grids: Sequence[Grid], key: str) -> Iterator[tuple[Grid, Line]]:
    return ((grid, line) for grid in grids if grid.sheet.key == key for line in grid.lines())


def _take(grid: Grid, line: Line, source: Source, people: People, mapped: Mapped) -> None:
    dataset = begin(grid, line, source, mapped.told)
    if dataset is None:
        if line.values:
            names = {
                f"name_{lang}": DATASETS.column("title").heading(lang) for lang in ("fr", "en")
            }
            mapped.nameless |= {plain(line.text(key)) for key in ("identifier", "iri")}
            place = grid.place_of(line, "title")
            lacking = ("", "") if grid.has("title") else (", qui manque", ", which is not there")
            names |= dict(zip(("lacking_fr", "lacking_en"), lacking, strict=True))
            _hold(mapped, place, "row-untitled", None, **names)
        return
    first = mapped.known.get(plain(dataset.name)) or mapped.known.get(plain(dataset.iri))
    if first:
        place = grid.place_of(line, "identifier")
        facts = {"value": dataset.name} | row_of(first.line.place, place)
        _hold(mapped, place, "row-double", first.iri, **facts)
        return
    mapped.datasets.append(dataset)
    for name in (dataset.name, dataset.iri):
        mapped.known[plain(name)] = mapped.called[plain(name)] = dataset
    for value in line.of("title"):
        title = plain(value.cell.text)
        alone = mapped.titles.get(title, dataset) is dataset
        mapped.titles[title] = dataset if alone else None
        mapped.called.setdefault(title, dataset)
    mapped.told.subject = dataset.iri
    describe(dataset, people, mapped.told)
    tell_absences(dataset, mapped.told)
    mapped.told.subject = None


def _hold(mapped: Mapped, place: Place, code: str, subject: str | None, **facts: object) -> None:
    if len(mapped.held) < MAX_TOLD:
        mapped.held.append((place, tell(code, place, subject, **facts)))
    else:
        mapped.told.untold += 1


def _attach(grid: Grid, line: Line, mapped: Mapped, attach: _Attach) -> None:
    written = line.text("dataset")
    place = grid.place_of(line, "dataset")
    if not line.values:
        return
    if not written:
        only = mapped.datasets[0] if len(mapped.datasets) == 1 else None
        if only is None:
            mapped.told.tell("row-unattached", place)
            return
        written = only.iri
    dataset = mapped.known.get(plain(written)) or mapped.titles.get(plain(written))
    if dataset is None and plain(written) in mapped.nameless:
        return  # that row is told of, and what to write in it
    if dataset is None:
        mapped.astray.append((place, written))
        return
    mapped.told.subject = dataset.iri
    attach(dataset, grid, line, mapped.told)
    mapped.told.subject = None


def _tell_astray(mapped: Mapped) -> None:
    """The rows whose dataset is not there; once, where it is the one without an identifier."""
    unnamed = [d for d in mapped.datasets if not d.line.text("identifier")]
    names = {plain(written) for _, written in mapped.astray}
    alone = unnamed[0] if len(unnamed) == len(names) == 1 else None
    for place, written in mapped.astray:
        near = mapped.told.hint(plain(written), mapped.called)
        meant = mapped.called[near] if near else alone
        if alone and meant is alone and alone.grid.has("identifier"):
            facts = {"count": len(mapped.astray), "row": alone.line.place.row}
            mapped.told.tell("rows-astray", place, value=written, **facts)
            return
        named = {"near_fr": "", "near_en": ""}
        if near:
            shown = mapped.called[near].name
            named = {"near_fr": f" (peut-être « {shown} »)", "near_en": f" (perhaps “{shown}”)"}
        mapped.told.tell("row-astray", place, value=written, **named)


def _tell_headings(grid: Grid, told: Statements) -> None:
    """Mandatory columns that the sheet lacks; a table without rows lacks nothing."""
    if not any(True for _ in grid.rows):
        return
    for column in grid.sheet.columns:
        if column.needs == "MMM" and not grid.has(column.key):
            place = grid.place._replace(row=grid.heading_row.number, line=grid.heading_row.line)
            name = column.heading(grid.headed)
            told.tell("heading-missing", place, name=name)
