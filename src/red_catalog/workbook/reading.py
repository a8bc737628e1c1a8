"""Reading a workbook through its disposable child process."""

import json
import re
from pathlib import PurePosixPath
from time import monotonic
from typing import Any, Final

from red_catalog.model import Document
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.process import Process, StoppedError
from red_catalog.rdf.syntax import find_foreign
from red_catalog.workbook.tables import Cell, Note, Row, Table

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
TYPES: Final = {".xlsx": XLSX, ".xlsm": XLSX, ".csv": CSV}
_MEDIA: Final = (CSV, "application/vnd.openxml", "application/vnd.ms-excel")
# The first statement of Turtle that declares no prefix: `ex:1 a dcat:Dataset ; …`.
_STATEMENT: Final = re.compile(r"[\w-]*:\S*\s+(?:a\s|[\w-]*:|<)")


def is_spreadsheet(document: Document) -> bool:
    """Whether the document is a workbook or CSV, by its content, type or name."""
    if document.content.startswith((_ZIP, _OLE)):
        return True
    named = PurePosixPath(document.location.partition("?")[0]).suffix.lower() in TYPES
    return named or (document.media_type or "").lower().startswith(_MEDIA)


def is_csv(document: Document) -> bool:
    """Whether the document is to be read as CSV: text, whatever it is announced as."""
    return not document.content.startswith((_ZIP, _OLE))


def begins_as_csv(content: bytes) -> bool:
    """Whether what has no name begins as CSV does and no RDF: a first line of three columns."""
    start = content[:2000].decode("utf-8-sig", "replace").lstrip()
    line = start.partition("\n")[0]
    if line[:1] in set("@<{[#_(") or line[:6].lower() in {"prefix", "base <"}:
        return False
    if _STATEMENT.match(line):
        return False
    return any(line.count(separator) >= 2 for separator in (";", ",", "\t"))


def is_table(document: Document) -> bool:
    """Whether this is a spreadsheet, which may have been pasted, or named as nothing else is."""
    return is_spreadsheet(document) or begins_as_csv(document.content)


def read_tables(document: Document, limits: Limits) -> tuple[Table, ...] | Note:
    """The tables of a workbook or CSV file, or why there are none."""
    if len(document.content) > limits.document_bytes:
        return Note("too-big", None, None, {"megabytes": limits.document_bytes // 1_000_000})
    if foreign := find_foreign(document.content):
        return Note(foreign)
    deadline = monotonic() + limits.document_seconds
    header = {
        "form": "csv" if is_csv(document) else "xlsx",
        "charset": _charset(document.media_type),
        "document_bytes": limits.document_bytes,
        "document_seconds": limits.document_seconds,
        "memory_bytes": limits.memory_bytes,
    }
    process = Process("red_catalog.workbook.child")
    try:
        process.send(header, document.content, deadline)
        answer, payload = process.receive(deadline)
    except StoppedError as stopped:
        return Note(stopped.code, None, None, {"seconds": limits.document_seconds})
    finally:
        process.close()
    if answer["kind"] == "refused":
        return Note(*answer["note"])
    return tuple(_table(plain) for plain in json.loads(payload))


def _table(plain: list[Any]) -> Table:
    name, rows, notes, unsaved = plain
    return Table(
        name,
        tuple(
            Row(number, line, {column: Cell(*cell) for column, cell in cells})
            for number, line, cells in rows
        ),
        tuple(Note(*note) for note in notes),
        frozenset((row, column) for row, column in unsaved),
    )


def _charset(media_type: str | None) -> str | None:
    for part in (media_type or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"') or None
    return None
