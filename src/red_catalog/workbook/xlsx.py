"""The values of a workbook's cells, once its anatomy is known to be harmless."""

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import openpyxl

from red_catalog.workbook.anatomy import Sheet, examine
from red_catalog.workbook.tables import Cell, Note, RefusedError, Row, Table, visible

# How the format writes tabs and breaks of lines, and an underscore where a text looks like that;
# other texts of this form are names, in files whose makers did not know of it.
_ESCAPED: Final = re.compile("_x(000[9A-Da-d])_|_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")

_DECIMALS: Final = re.compile(r"0\.(0{1,30})")


def read_xlsx(content: bytes, max_bytes: int) -> list[Table]:
    """The sheets of a workbook that hold something. Raises RefusedError."""
    sheets, notes = examine(content, max_bytes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out is not about values
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            found = [_read(book, sheet) for sheet in sheets if sheet.name in book.sheetnames]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise RefusedError("xlsx-broken", reason=str(error)[:100]) from None
    tables = [table for table in found if table.rows]
    if tables and notes:
        tables[0] = tables[0]._replace(notes=(*notes, *tables[0].notes))
    return tables


def _read(book: Any, sheet: Sheet) -> Table:
    worksheet = book[sheet.name]
    if not hasattr(worksheet, "reset_dimensions"):  # a sheet that is a chart
        return Table(sheet.name, ())
    worksheet.reset_dimensions()  # a size that the file makes up may be enormous
    notes = list(sheet.notes)
    shown = _Shown()
    rows = tuple(_rows(worksheet, notes, shown))
    notes += shown.notes()
    return Table(sheet.name, rows, tuple(notes), frozenset(sheet.unsaved))


class _Shown:
    """Counts the numbers, by column, that people see with more zeros than they have."""

    def __init__(self) -> None:
        self._first: dict[int, Note] = {}
        self._counts: Counter[int] = Counter()

    def look(self, row: int, column: int, cell: Cell, form: str) -> None:
        """Compares a number with what its format shows."""
        shown = _show(cell.text, form)
        if shown != cell.text:
            self._counts[column] += 1
            details = {"value": cell.text, "shown": shown}
            self._first.setdefault(column, Note("number-shown", row, column, details))

    def notes(self) -> list[Note]:
        """The first of each column, and how many are like it."""
        return [
            note._replace(details={**note.details, "count": self._counts[column]})
            for column, note in self._first.items()
        ]


def _rows(worksheet: Any, notes: list[Note], shown: _Shown) -> Iterator[Row]:
    for number, written in enumerate(worksheet.iter_rows(), 1):
        cells = {}
        for column, one in enumerate(written, 1):
            if one.value is None:
                continue
            cell = _cell(one.value, one.data_type)
            if cell.kind == "odd":
                notes.append(Note("cell-odd", number, column, {"value": cell.text}))
            elif cell.text.strip():
                cells[column] = cell
                if cell.kind == "number":
                    shown.look(number, column, cell, one.number_format)
        if cells:
            yield Row(number, number, cells)


def _cell(value: object, kind: str) -> Cell:
    if isinstance(value, bool):
        cell = Cell("boolean", "true" if value else "false")
    elif isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        cell = Cell("number", f"{value:.0f}" if whole else repr(value))
    elif isinstance(value, datetime) and value.time() != time():
        cell = Cell("moment", value.replace(microsecond=0).isoformat())
    elif isinstance(value, datetime):
        cell = Cell("date", value.date().isoformat())
    elif isinstance(value, date):
        cell = Cell("date", value.isoformat())
    elif isinstance(value, time | timedelta):
        cell = Cell("time", str(value))
    elif isinstance(value, str):
        cell = Cell("error" if kind == "e" else "text", visible(_unescape(value)))
    else:
        cell = Cell("odd", str(value)[:80])
    return cell


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "_", text)


def _show(number: str, form: str) -> str:
    """What the format `000000` or `0.00` makes of a number; every other one changes no digit."""
    if not form.strip("0") and number.isdecimal():
        return number.zfill(len(form))
    if match := _DECIMALS.fullmatch(form):
        shown = f"{float(number):.{len(match[1])}f}"
        return shown if shown.rstrip("0").rstrip(".") == number else number
    return number
