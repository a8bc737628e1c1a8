"""Workbooks (.xlsx) and CSV that others wrote: their tables, read in a disposable process."""

from red_catalog.workbook.reading import read_tables
from red_catalog.workbook.tables import MAX_ROWS, Cell, Note, Row, Table, column_letters, visible

__all__ = ["MAX_ROWS", "Cell", "Note", "Row", "Table", "column_letters", "read_tables", "visible"]
