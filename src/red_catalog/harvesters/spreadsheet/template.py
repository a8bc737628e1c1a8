"""The workbook that holders fill in, made from the table of sheets and columns."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from red_catalog.harvesters.spreadsheet import guidance
from red_catalog.harvesters.spreadsheet.choices import labels
from red_catalog.harvesters.spreadsheet.columns import LEVELS, Column, Sheet
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.harvesters.spreadsheet.grids import EXAMPLE_MARKS, HELP_MARKS, SILENT
from red_catalog.harvesters.spreadsheet.sheets import CONTACTS, SHEETS
from red_catalog.model.spelling import bind
from red_catalog.vocabulary import labels as names_of

FIRST_ROW: Final = 4
LAST_ROW: Final = 1003
_FILLS: Final = {"mandatory": "1F4E79", "recommended": "5B7F9F", "optional": "8A8A8A"}
_MISSING: Final = {"mandatory": "F8CBCB", "recommended": "FFF2CC"}
_MODIFIED: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# Either of the two will do.
_OTHERWISE: Final = {("contacts", "email"): "page"}

Columns = list[tuple[Column, bool]]
"""Each column of a sheet, and whether it is the one of its translations."""


def write_template(
    path: Path,
    language: str = "fr",
    level: str = "NON_PUBLIC",
    desk: guidance.Desk | None = None,
) -> None:
    """Writes the workbook; the same bytes for the same arguments."""
    book = Workbook()
    _write_readme(book.active, guidance.steps(language, level, desk), language)
    ranges = _write_lists(book, language)
    for number, sheet in enumerate(SHEETS, 1):
        worksheet = book.create_sheet(sheet.name(language), number)
        _write_sheet(worksheet, sheet, language, level, ranges)
    book.properties.title = guidance.TITLES[language]
    book.properties.creator = "red-catalog"
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(freeze(content.getvalue()))


def freeze(content: bytes) -> bytes:
    """The workbook without the moments at which it was written."""
    frozen = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(frozen, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in written.infolist():
            data = written.read(part)
            if part.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z", data)
            bare = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            bare.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(bare, data)
    return frozen.getvalue()


def layout(sheet: Sheet) -> Columns:
    """The columns of a sheet in their order, those of translations beside their own."""
    return [
        (column, other)
        for column in sheet.columns
        for other in ((False, True) if column.translated else (False,))
    ]


def _write_readme(worksheet: Any, steps: Sequence[str], language: str) -> None:
    worksheet.title = SILENT["readme"][language == "en"]
    worksheet.column_dimensions["A"].width = 100
    worksheet.append([guidance.TITLES[language]])
    worksheet["A1"].font = Font(bold=True, size=16)
    for step in steps:
        worksheet.append([step])
        worksheet.cell(worksheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    for need, colour in _FILLS.items():
        worksheet.append([guidance.NEEDS[language][need]])
        cell = worksheet.cell(worksheet.max_row, 1)
        cell.fill = PatternFill("solid", start_color=colour)
        cell.font = Font(bold=True, color="FFFFFF")
    worksheet.sheet_view.showGridLines = False


def _write_lists(book: Workbook, language: str) -> dict[tuple[str, ...], str]:
    """The code lists, one a column; where each is, for the drop-downs."""
    worksheet = book.create_sheet(SILENT["lists"][language == "en"])
    ranges: dict[tuple[str, ...], str] = {}
    for sheet in SHEETS:
        for column in sheet.columns:
            if not column.lists or column.lists in ranges:
                continue
            number = len(ranges) + 1
            letter = get_column_letter(number)
            named = names_of(column.lists[0])
            head = worksheet.cell(1, number, named[language] if named else column.heading(language))
            head.font = Font(bold=True)
            offered = labels(column.lists, language)
            for row, label in enumerate(offered, 2):
                worksheet.cell(row, number, label)
            worksheet.column_dimensions[letter].width = 34
            title = quote_sheetname(worksheet.title)
            ranges[column.lists] = f"{title}!${letter}$2:${letter}${len(offered) + 1}"
    worksheet.freeze_panes = "A2"
    return ranges


def _write_sheet(
    worksheet: Worksheet,
    sheet: Sheet,
    language: str,
    level: str,
    ranges: dict[tuple[str, ...], str],
) -> None:
    columns = layout(sheet)
    for number, (column, other) in enumerate(columns, 1):
        _write_column(worksheet, number, column, language, level, other=other)
        if not other:
            _restrict(worksheet, number, column, language, ranges)
            _colour_missing(worksheet, number, sheet, column, language, level)
    worksheet.row_dimensions[1].height = 32
    worksheet.row_dimensions[2].height = 92
    worksheet.freeze_panes = f"B{FIRST_ROW}"
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_title_rows = "1:1"


def _write_column(
    worksheet: Worksheet, number: int, column: Column, language: str, level: str, *, other: bool
) -> None:
    dimension = worksheet.column_dimensions[get_column_letter(number)]
    dimension.width = column.width
    dimension.alignment = Alignment(wrap_text=True, vertical="top")
    # Dates as text: a year alone, typed into a cell of dates, becomes a day of 1905.
    dimension.number_format = "0" if column.kind == "whole" else "@"
    need = "optional" if other else column.need(level)
    mark = " *" if need == "mandatory" else ""
    heading = column.other_heading(language) if other else column.heading(language)
    edge = Side(style="thin", color="FFFFFF")
    head = worksheet.cell(1, number, heading + mark)
    head.font = Font(bold=True, color="FFFFFF")
    head.fill = PatternFill("solid", start_color=_FILLS[need])
    head.alignment = Alignment(wrap_text=True, vertical="center")
    head.border = Border(left=edge, right=edge)
    need_name = guidance.NEEDS[language][need]
    explained = column.explain(language)
    explained = bind(explained) if language == "fr" else explained
    told = worksheet.cell(2, number, f"{HELP_MARKS[language]}{need_name}. {explained}")
    told.font = Font(italic=True, size=9, color="404040")
    told.fill = PatternFill("solid", start_color="EEF3F8")
    written = "" if other else EXAMPLE_MARKS[language] + column.example(language)
    example = worksheet.cell(3, number, written or None)
    example.font = Font(size=9, color="6A6A6A")
    example.fill = PatternFill("solid", start_color="F6F6F6")
    for cell in (told, example):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = "@"


def _restrict(
    worksheet: Worksheet,
    number: int,
    column: Column,
    language: str,
    ranges: dict[tuple[str, ...], str],
) -> None:
    """A drop-down list, or a whole number; a list of several values only proposes."""
    target = {"agent": CONTACTS, "contact": CONTACTS, "dataset": DATASETS}.get(column.kind)
    if column.lists:
        formula = f"={ranges[column.lists]}"
    elif target:
        title = quote_sheetname(target.name(language))
        formula = f"={title}!$A${FIRST_ROW}:$A${LAST_ROW}"
    elif column.kind == "whole":
        formula = None
    else:
        return
    rule = (
        DataValidation(type="list", formula1=formula, allow_blank=True)
        if formula
        else DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
    )
    rule.error = (guidance.NOT_LISTED if formula else guidance.NOT_WHOLE)[language]
    rule.errorTitle = column.heading(language)[:32]
    rule.showErrorMessage = not (column.many or column.kind == "place")
    if column.many:
        rule.prompt = guidance.SEVERAL[language]
        rule.promptTitle = column.heading(language)[:32]
        rule.showInputMessage = True
    letter = get_column_letter(number)
    rule.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
    worksheet.add_data_validation(rule)


def _colour_missing(
    worksheet: Worksheet, number: int, sheet: Sheet, column: Column, language: str, level: str
) -> None:
    """Colours what is mandatory or recommended and empty in a row that holds something."""
    columns = layout(sheet)
    letter = get_column_letter(number)
    row = f"$A{FIRST_ROW}:${get_column_letter(len(columns))}{FIRST_ROW}"
    empty = f"LEN(TRIM({letter}{FIRST_ROW}))=0"
    for need, colour in _MISSING.items():
        levels = [one for one in LEVELS if column.need(one) == need]
        if not levels:
            continue
        tests = [f"COUNTA({row})>0", empty]
        if len(levels) < len(LEVELS):
            tests.append(_at_levels(columns, levels, language, level))
        if otherwise := _OTHERWISE.get((sheet.key, column.key)):
            at = next(n for n, (c, _) in enumerate(columns, 1) if c.key == otherwise)
            tests.append(f"LEN(TRIM({get_column_letter(at)}{FIRST_ROW}))=0")
        rule = FormulaRule(  # type: ignore[no-untyped-call]
            formula=[f"AND({','.join(tests)})"],
            fill=PatternFill("solid", start_color=colour, end_color=colour),
        )
        worksheet.conditional_formatting.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}", rule)


def _at_levels(columns: Columns, levels: list[str], language: str, level: str) -> str:
    """Whether the row is at one of these access levels; an empty cell is at the one chosen."""
    at = next(n for n, (column, _) in enumerate(columns, 1) if column.key == "access")
    cell = f"${get_column_letter(at)}{FIRST_ROW}"
    names = [guidance.LEVEL_NAMES[language][one] for one in levels]
    tests = [f'{cell}="{name}"' for name in [*names, *([""] if level in levels else [])]]
    return f"OR({','.join(tests)})"
