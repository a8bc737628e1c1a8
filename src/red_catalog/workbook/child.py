"""The disposable process that reads one workbook: nothing here trusts what it reads.

Started by `reading`, as `python -m red_catalog.workbook.child`; it answers one request (see
`rdf.frames`) and ends.
"""

import contextlib
import json
import resource
import sys
from typing import Any

from red_catalog.rdf import frames
from red_catalog.workbook.csvtext import read_csv
from red_catalog.workbook.tables import (
    MAX_CELLS,
    MAX_CHARACTERS,
    Note,
    RefusedError,
    Table,
)


def main() -> None:
    """Answers one request."""
    sys.modules["socket"] = None  # type: ignore[assignment]  # nothing here may reach out
    header, content = frames.unpack(sys.stdin.buffer.read)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 32)
    _limit(resource.RLIMIT_AS, int(header["memory_bytes"]))
    _limit(resource.RLIMIT_CPU, int(header["document_seconds"]) + 2)
    try:
        tables = _read(header, content)
        _weigh(tables)
        answer = json.dumps([_to_plain(table) for table in tables]).encode()
        sys.stdout.buffer.write(frames.pack({"kind": "tables"}, answer))
    except RefusedError as refused:
        _refuse(refused.note)
    except MemoryError:
        _limit(resource.RLIMIT_AS, 2 * int(header["memory_bytes"]))  # to say so takes some
        _refuse(Note("memory"))


def _read(header: dict[str, Any], content: bytes) -> list[Table]:
    if header["form"] == "csv":
        return [read_csv(content, header["charset"])]
    from red_catalog.workbook.xlsx import read_xlsx  # noqa: PLC0415  # CSV needs no openpyxl

    return read_xlsx(content, header["document_bytes"])


def _weigh(tables: list[Table]) -> None:
    """Refuses what would fill the memory of whoever asked: one long text in a million cells."""
    cells = sum(len(row.cells) for table in tables for row in table.rows)
    texts = (c.text for table in tables for row in table.rows for c in row.cells.values())
    if cells > MAX_CELLS or sum(map(len, texts)) > MAX_CHARACTERS:
        raise RefusedError("too-much", cells=MAX_CELLS, characters=MAX_CHARACTERS)


def _refuse(note: Note) -> None:
    sys.stdout.buffer.write(frames.pack({"kind": "refused", "note": note}))


def _limit(what: int, amount: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        amount = min(amount, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (amount, hard))


def _to_plain(table: Table) -> list[Any]:
    rows = [(row.number, row.line, list(row.cells.items())) for row in table.rows]
    return [table.name, rows, table.notes, sorted(table.unsaved)]


if __name__ == "__main__":
    main()
