"""Tables as they were found, before anybody says what they mean."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 300
MAX_CELLS: Final = 2_000_000
MAX_CHARACTERS: Final = 50_000_000
MAX_NOTES: Final = 200


class Cell(NamedTuple):
    """What a cell holds. `kind`: text, number, boolean, date, moment, time or error."""

    kind: str
    text: str


class Row(NamedTuple):
    """A row that holds something. `line`: where it begins in a file of text, else `number`."""

    number: int
    line: int
    cells: Mapping[int, Cell]


class Note(NamedTuple):
    """Something odd about a table: a code, where, and what fills its sentence."""

    code: str
    row: int | None = None
    column: int | None = None
    details: Mapping[str, Any] = {}


class Table(NamedTuple):
    """One sheet. `name` is None for a file of CSV, which has no sheets.

    `unsaved`: row and column of each cell whose formula has no saved result.
    """

    name: str | None
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    unsaved: frozenset[tuple[int, int]] = frozenset()


class RefusedError(Exception):
    """The whole file cannot be read; the note says why."""

    def __init__(self, code: str, row: int | None = None, **details: object) -> None:
        super().__init__(code)
        self.note = Note(code, row, None, details)
