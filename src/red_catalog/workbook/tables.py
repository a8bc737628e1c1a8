"""Tables as they were found, before anybody says what they mean."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 300
MAX_CELLS: Final = 2_000_000
MAX_CHARACTERS: Final = 50_000_000
MAX_NOTES: Final = 200
# Soft hyphens, blanks without width and marks of direction, which come along from web pages.
_UNSEEN: Final = dict.fromkeys(
    (0xAD, *range(0x200E, 0x2010), 0x200B, *range(0x202A, 0x202F), 0x2060,
     *range(0x2066, 0x206A), 0xFEFF)
)  # fmt: skip


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


def visible(text: str) -> str:
    """The text without the characters that nobody sees; those that join letters stay.

    Its lines end in one way, whatever browser or program broke them.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else text.translate(_UNSEEN)


def column_letters(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(65 + rest) + written
    return written
