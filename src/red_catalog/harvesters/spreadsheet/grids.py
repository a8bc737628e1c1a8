"""From tables to rows that know what their columns are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final

from red_catalog.harvesters.spreadsheet.choices import plain
from red_catalog.harvesters.spreadsheet.columns import LANGUAGES, Column, Sheet
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.emptiness import said
from red_catalog.harvesters.spreadsheet.headings import known_heading, nearest
from red_catalog.harvesters.spreadsheet.mistakes import Place, tell
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.model import Defect
from red_catalog.workbook import Cell, Note, Row, Table, column_letters

# Help and examples of the template begin with one of these: such rows say nothing.
HELP_MARKS: Final = {"fr": "Aide : ", "en": "Help: "}
EXAMPLE_MARKS: Final = {"fr": "Ex. : ", "en": "E.g.: "}
_MARKS: Final = tuple(plain(m) for m in (*HELP_MARKS.values(), *EXAMPLE_MARKS.values()))
_HELPS: Final = tuple(plain(m) for m in HELP_MARKS.values())
# The kinds of columns whose numbers are names, or parts of texts.
_NAMING: Final = frozenset({"agent", "contact", "dataset", "plain", "text"})
# Sheets of the template that are for people alone.
SILENT: Final = {"readme": ("Lisez-moi", "Read me"), "lists": ("Listes", "Lists")}
_SILENT: Final = frozenset(plain(name) for names in SILENT.values() for name in names)
# Programs name the export of a sheet after its workbook too.
_SILENT_FILE: Final = re.compile(rf"(?:^|[-_. ])(?:{'|'.join(sorted(_SILENT))})$")
# Without one of these columns a sheet says nothing of its own.
_TELLING: Final = {
    "datasets": {"title"}, "distributions": {"access_url"}, "variables": {"name"},
    "contacts": {"key", "name"},
}  # fmt: skip
_DEEP: Final = 20
# What rows of parts call themselves, the first that is there.
_NAMES: Final = ("title", "name", "key")
# What became of no value, of one and of several under a heading that is not known.
_UNREAD: Final = (
    {"unread_fr": "elle est vide", "unread_en": "it is empty"},
    {"unread_fr": "sa valeur n'a pas été lue", "unread_en": "its value was not read"},
    {
        "unread_fr": "ses {count} valeurs n'ont pas été lues",
        "unread_en": "its {count} values were not read",
    },
)


@dataclass(frozen=True, slots=True)
class Value:
    """One cell of a known column. `language`: of its text, where it has one."""

    cell: Cell
    place: Place
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row, by column."""

    place: Place
    values: Mapping[tuple[str, str], Value]

    def of(self, key: str) -> list[Value]:
        """What the row says in a column, the language of the sheet first."""
        return [value for (column, _), value in self.values.items() if column == key]

    def text(self, key: str) -> str:
        """The first text of a column that says something, empty where there is none."""
        return next((text for value in self.of(key) if (text := said(value.cell))), "")


@dataclass(slots=True)
class Grid:
    """One table whose columns are known; `at`: where each is, by its key.

    `headed`: the language of its headings; `language`: that of the texts under them.
    """

    sheet: Sheet
    place: Place
    headed: str
    language: str
    columns: dict[int, tuple[Column, str]]
    headings: dict[int, str]
    heading_row: Row
    rows: Sequence[Row]
    unsaved: frozenset[tuple[int, int]] = frozenset()
    at: Mapping[str, int] = field(default_factory=dict)
    mistakes: list[Defect] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """The rows that hold something of the holder's own."""
        for row in self.rows:
            if _is_own(row):
                yield self._line(row)

    def cell_place(self, row: Row, column: int) -> Place:
        """Where a cell is."""
        known = self.columns.get(column)
        return self.place._replace(
            row=row.number, line=row.line, column=column, heading=self.headings.get(column),
            property=known[0].property if known else "", part=self._part(row),
        )  # fmt: skip

    def has(self, key: str) -> bool:
        """Whether there is such a column: in the language of the sheet, or one that is used."""
        return key in self.at

    def place_of(self, line: Line, key: str) -> Place:
        """Where a column of a row is, also when nothing is written there."""
        if key not in self.at:
            return line.place
        number = self.at[key]
        heading, said = self.headings[number], self.columns[number][0].property
        return line.place._replace(column=number, heading=heading, property=said)

    def lacks_result(self, line: Line, key: str) -> bool:
        """Whether a formula stands in a column of a row, and nobody saved what it gives."""
        return any(
            column.key == key and (line.place.row, number) in self.unsaved
            for number, (column, _) in self.columns.items()
        )

    def _is_own_text(self, number: int, cell: Cell) -> bool:
        """Whether a variable is described by examples of its own, and not by the template's."""
        column, _ = self.columns[number]
        written = {plain(EXAMPLE_MARKS[lang] + column.example(lang)) for lang in LANGUAGES}
        helped = plain(cell.text).startswith(_HELPS)
        own = self.sheet.key == "variables" and column.key == "description" and not helped
        return own and plain(cell.text) not in written

    def tells(self, note: Note) -> bool:
        """Whether a note is worth telling: a hidden column says something, a number is a name."""
        at = note.column or 0
        if note.code == "number-shown":
            return at in self.columns and self.columns[at][0].kind in _NAMING
        cells = (row.cells[at] for row in self.rows if at in row.cells)
        return note.code != "hidden-column" or not all(map(_is_marked, cells))

    def _part(self, row: Row) -> str | None:
        if self.sheet is DATASETS:
            return None
        texts = {
            column.key: row.cells[number].text.strip()
            for number, (column, language) in self.columns.items()
            if number in row.cells and language == self.language
        }
        return next((texts[key] for key in _NAMES if texts.get(key)), "")

    def _line(self, row: Row) -> Line:
        values: dict[tuple[str, str], Value] = {}
        for number, cell in row.cells.items():
            place = self.cell_place(row, number)
            if number not in self.columns:
                if number not in self.headings:
                    self.mistakes.append(tell("no-heading", place, None, value=cell.text))
            elif _is_marked(cell) and not self._is_own_text(number, cell):
                self.mistakes.append(tell("example-left", place, None, value=cell.text))
            else:
                column, language = self.columns[number]
                values.setdefault((column.key, language), Value(cell, place, language))
        place = self.place._replace(row=row.number, line=row.line, part=self._part(row))
        ordered = sorted(values.items(), key=lambda one: one[0][1] != self.language)
        return Line(place, dict(ordered))


def recognise(table: Table, location: str, language: str, texts: str = "") -> Grid | list[Defect]:
    """The table as one of our sheets; else what to tell of it.

    `texts`: the language of what is under headings that name none, where it is not theirs.
    """
    place = Place(location, table.name)
    # The addresses of the sheets of one document end in the same name.
    unnamed = "?" in location and table.name is None
    name = plain(table.name if table.name is not None else PurePosixPath(location).stem)
    if (table.name is not None and name in _SILENT) or not table.rows:
        return []
    named = next((sheet for sheet in SHEETS if name in _names(sheet)), None)
    found = max(
        ((_score(row, sheet), -at, row, sheet)
         for at, row in enumerate(table.rows[:_DEEP])
         for sheet in ([named] if named else SHEETS)),
        key=lambda one: one[:2],
    )  # fmt: skip
    score, at, row, sheet = found
    silent = table.name is None and _SILENT_FILE.search(name)
    if silent and not _TELLING[sheet.key] & _keys(row, sheet):
        return []
    if score < (1 if named or table.name is None else 2) * 2:
        known = ", ".join(f"{s.name('fr')} / {s.name('en')}" for s in SHEETS)
        return [tell("no-headings" if named else "unknown-sheet", place, None, known=known)]
    place = place._replace(called=sheet.names if unnamed else ("", ""))
    headed = _language(row, sheet) or language
    grid = _head(Grid(sheet, place, headed, texts or headed, {}, {}, row, table.rows[-at + 1 :]))
    return replace(grid, unsaved=table.unsaved)


def _head(grid: Grid) -> Grid:
    seen: dict[tuple[str, str], int] = {}
    for number, cell in sorted(grid.heading_row.cells.items()):
        grid.headings[number] = cell.text.strip(" *")
        known = known_heading(grid.sheet, grid.headed, plain(cell.text.strip(" *")))
        if known is None:
            grid.mistakes.append(_unknown_heading(grid, grid.heading_row, number))
            continue
        column, said = known
        said = grid.language if said == grid.headed else said
        first = seen.setdefault((column.key, said), number)
        if first != number:
            where = grid.cell_place(grid.heading_row, number)
            grid.mistakes.append(tell("double-heading", where, None, first=column_letters(first)))
        grid.columns[number] = column, said
    return replace(grid, at=_find_columns(grid))


def _find_columns(grid: Grid) -> dict[str, int]:
    """Where each column is: in the language of the sheet, else in the other one if it is used."""
    used = {number for row in grid.rows if _is_own(row) for number in row.cells}
    own = {c.key: n for n, (c, said) in reversed(grid.columns.items()) if said == grid.language}
    return {c.key: n for n, (c, _) in grid.columns.items() if n in used} | own


def _unknown_heading(grid: Grid, row: Row, number: int) -> Defect:
    written = grid.headings[number]
    count = sum(number in one.cells and not _is_marked(one.cells[number]) for one in grid.rows)
    facts = _UNREAD[min(count, 2)] | {"near_fr": "", "near_en": ""}
    if column := nearest(plain(written), grid.sheet):
        facts["near_fr"] = f" (peut-être « {column.heading('fr')} »)"
        facts["near_en"] = f" (perhaps “{column.heading('en')}”)"
    facts = {name: text.format(count=count) for name, text in facts.items()}
    return tell("unknown-heading", grid.cell_place(row, number), None, **facts)


def _names(sheet: Sheet) -> set[str]:
    return {plain(name) for name in (sheet.key, *sheet.names, *sheet.aliases)}


def _keys(row: Row, sheet: Sheet) -> set[str]:
    names = (plain(cell.text.strip(" *")) for cell in row.cells.values())
    known = (known_heading(sheet, "fr", name) for name in names)
    return {column.key for column, _ in filter(None, known)}


def _score(row: Row, sheet: Sheet) -> int:
    found = _keys(row, sheet)
    return len(found) * 2 + (sheet is DATASETS and bool(found))


def _language(row: Row, sheet: Sheet) -> str | None:
    """The language that most headings are in; None where they do not tell."""
    texts = {plain(cell.text.strip(" *")) for cell in row.cells.values()}
    counts = {
        language: sum(plain(column.heading(language)) in texts for column in sheet.columns)
        for language in LANGUAGES
    }
    if counts["fr"] == counts["en"]:
        return None
    return max(LANGUAGES, key=lambda language: counts[language])


def _is_own(row: Row) -> bool:
    return not all(map(_is_marked, row.cells.values()))


def _is_marked(cell: Cell) -> bool:
    return plain(cell.text[:12]).startswith(_MARKS)
