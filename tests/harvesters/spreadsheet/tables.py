"""Rows as tables, without a file to read them from: what becomes of them is known at once."""

from collections.abc import Mapping, Sequence

from red_catalog.harvesters.spreadsheet.conversion import Conversion, convert_tables
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.model import Document, Source
from red_catalog.workbook import Cell, Row, Table

SOURCE = Source("s", "h", "spreadsheet", "", namespaces=("https://ch-tamaris.example/jeu/",))
Rows = Sequence[Mapping[str, str | Cell]]


def table(sheet: str, rows: Rows) -> Table:
    """Rows of a sheet, by the keys of their columns, under French headings."""
    columns = next(one for one in SHEETS if one.key == sheet)
    keys = list(dict.fromkeys(key for row in rows for key in row if key[-1] != "@"))
    every: list[Mapping[str, str | Cell]] = [
        {key: columns.column(key).heading("fr") for key in keys},
        *rows,
    ]
    return Table(sheet, tuple(
        Row(number, number, {at: _cell(row[k]) for at, k in enumerate(keys, 1) if k in row})
        for number, row in enumerate(every, 1)
    ))  # fmt: skip


def converted(*tables: Table) -> tuple[str, list[str]]:
    """The statements, and the codes of what is told."""
    found = convert_tables(tables, SOURCE, "d.xlsx")
    return statements(found), codes(found)


def one(key: str, written: str | Cell) -> tuple[str, list[str]]:
    """The same of a dataset that says this in a column."""
    row = {"identifier": "TAM-URG", "title": "Passages aux urgences", key: written}
    return converted(table("datasets", [row]))


def statements(found: Conversion) -> str:
    """What a document that was made says."""
    assert isinstance(found.document, Document), found
    return found.document.content.decode()


def codes(found: Conversion) -> list[str]:
    """What is told of a document that was made, beside what is missing."""
    assert isinstance(found.document, Document), found
    return [defect.code.removeprefix("sheet-") for defect in found.document.defects]


def _cell(written: str | Cell) -> Cell:
    return Cell("text", written) if isinstance(written, str) else written
