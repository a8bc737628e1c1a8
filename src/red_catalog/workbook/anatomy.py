"""What a workbook is made of, looked at before its cells are read.

A .xlsx file is a zip of XML: here it is held to bounds, refused where its XML declares
entities, and searched for what its cells alone would not tell (merged cells, formulas, hidden
rows and columns).
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Final
from xml.parsers import expat

from red_catalog.workbook.tables import (
    MAX_COLUMNS,
    MAX_NOTES,
    MAX_ROWS,
    Note,
    RefusedError,
    column_letters,
)

_MAX_PARTS: Final = 2_000
_MAX_DEPTH: Final = 100
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# The names of a variant of the format, which openpyxl finds no sheet in.
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_PIECE: Final = 1 << 16


@dataclass(slots=True)
class Sheet:
    """What one sheet of a workbook has besides its values."""

    name: str
    part: str
    hidden: bool = False
    notes: list[Note] = field(default_factory=list)
    unsaved: set[tuple[int, int]] = field(default_factory=set)


def examine(content: bytes, max_bytes: int) -> tuple[list[Sheet], list[Note]]:
    """The sheets in their order, and notes on the whole. Raises RefusedError."""
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise RefusedError("xlsx-locked" if locked else "xls-old")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _examine(archive, max_bytes)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise RefusedError("xlsx-broken", reason=str(error)) from None
    except RuntimeError:  # an encrypted part
        raise RefusedError("xlsx-locked") from None
    except (OSError, ValueError, KeyError, zlib.error) as error:
        if str(error).startswith("Error -4"):  # what zlib calls the end of memory
            raise MemoryError from None
        raise RefusedError("xlsx-broken", reason=str(error)) from None


def _examine(archive: zipfile.ZipFile, max_bytes: int) -> tuple[list[Sheet], list[Note]]:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MAX_PARTS or unpacked > max_bytes:
        raise RefusedError("xlsx-bomb", megabytes=max_bytes // 1_000_000)
    names = {part.filename for part in parts}
    if "content.xml" in names:
        raise RefusedError("ods")
    if "xl/workbook.xml" not in names:
        raise RefusedError("xlsx-not")
    sheets = _list_sheets(archive)
    for name in sorted(names):
        if name.endswith((".xml", ".rels", ".vml")):
            about = next((sheet for sheet in sheets if sheet.part == name), None)
            _scan(archive, name, _Guard() if about is None else _SheetGuard(about))
    notes = []
    if any(name.endswith("vbaProject.bin") for name in names):
        notes.append(Note("macros"))
    if any(name.startswith("xl/externalLinks/") for name in names):
        notes.append(Note("external-links"))
    return sheets, notes


def _scan(archive: zipfile.ZipFile, name: str, guard: "_Guard") -> None:
    try:
        with archive.open(name) as part:
            while piece := part.read(_PIECE):
                guard.parser.Parse(piece, False)  # noqa: FBT003
            guard.parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        # Excel itself writes `<br>` into the drawing of a button, which nobody reads.
        if name.endswith(".vml"):
            return
        raise RefusedError("xlsx-xml", part=name, line=error.lineno) from None
    guard.finish()


def _list_sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    links = _Links()
    _scan(archive, "xl/_rels/workbook.xml.rels", links)
    targets = {
        one.get("Id", ""): normpath(join("/xl", one.get("Target", ""))).lstrip("/")
        for name, one in links.found
        if name == "Relationship"
    }
    book = _Links()
    _scan(archive, "xl/workbook.xml", book)
    if book.strict:
        raise RefusedError("xlsx-strict")
    return [
        Sheet(one.get("name", ""), targets.get(one.get("id", ""), ""),
              one.get("state", "visible") != "visible")
        for name, one in book.found if name == "sheet"
    ]  # fmt: skip


class _Guard:
    """Refuses a part that declares a document type or nests without end."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self._depth = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise RefusedError("xlsx-deep", depth=_MAX_DEPTH)
        self.see(_local(name), {_local(key): value for key, value in given.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self.leave(_local(name))

    def see(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""

    def leave(self, name: str) -> None:
        """An element ends."""

    def finish(self) -> None:
        """The part has ended."""

    def _refuse(self, *_: object) -> None:
        raise RefusedError("xlsx-dtd")


class _Links(_Guard):
    """Gathers sheets and relationships. `strict`: the workbook is of the strict variant."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.strict = False

    def start(self, name: str, given: dict[str, str]) -> None:
        self.strict |= name.startswith(_STRICT)
        super().start(name, given)

    def see(self, name: str, given: dict[str, str]) -> None:
        if name in {"sheet", "Relationship"}:
            self.found.append((name, given))


class _SheetGuard(_Guard):
    """Notes what is odd about a sheet, and counts its rows."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._rows = self._row = self._column = 0
        self._filled = self._formula = self._value = self._is_text = self._hidden_row = False
        self._formulas: list[tuple[int, int]] = []
        self._hidden: list[int] = []
        self._hidden_columns: set[int] = set()
        self._used: set[int] = set()

    def see(self, name: str, given: dict[str, str]) -> None:
        match name:
            case "row":
                self._row = _whole(given.get("r")) or self._row + 1
                self._column, self._filled = 0, False
                self._hidden_row = given.get("hidden") in {"1", "true"}
            case "c":
                place = _PLACE.fullmatch(given.get("r", ""))
                self._column = column_number(place[1]) if place else self._column + 1
                self._formula = self._value = False
                # A formula may have the empty text as its result: `<v></v>` says so here only.
                self._is_text = given.get("t") == "str"
            case "f":
                self._formula = True
            case "v" | "t":
                self.parser.CharacterDataHandler = self._hold
            case "mergeCell":
                self._note_merged(given.get("ref", ""))
            case "col" if given.get("hidden") in {"1", "true"}:
                first, last = _whole(given.get("min")) or 1, _whole(given.get("max")) or 1
                self._hidden_columns |= set(range(first, min(last, MAX_COLUMNS) + 1))

    def _hold(self, text: str) -> None:
        self._value = self._value or bool(text)

    def leave(self, name: str) -> None:
        if name in {"v", "t"}:
            self.parser.CharacterDataHandler = None
        elif name == "c":
            if self._formula and (self._value or self._is_text):
                self._formulas.append((self._row, self._column))
            elif self._formula:
                self._note("formula-empty", self._row, self._column)
                self._sheet.unsaved.add((self._row, self._column))
            if self._formula or self._value:
                self._filled = True
                self._used.add(self._column)
                if self._column > MAX_COLUMNS:
                    raise RefusedError("column-far", self._row, **self._far())
        elif name == "row" and self._filled:
            self._rows += 1
            if self._hidden_row:
                self._hidden.append(self._row)
            # The headings are one more; help and examples of our own template two more.
            if self._rows > MAX_ROWS + 3:
                raise RefusedError("too-many-rows", self._row, limit=MAX_ROWS)

    def finish(self) -> None:
        if self._formulas:
            row, column = self._formulas[0]
            self._note("formulas", row, column, count=len(self._formulas))
        for column in sorted(self._hidden_columns & self._used):
            self._note("hidden-column", None, column)
        if self._hidden:
            self._note("hidden-row", self._hidden[0], None, count=len(self._hidden))
        if self._sheet.hidden and self._rows:
            self._note("hidden-sheet", None, None)

    def _far(self) -> dict[str, object]:
        cell = f"{column_letters(self._column)}{self._row}"
        return {"sheet": self._sheet.name, "cell": cell, "limit": MAX_COLUMNS}

    def _note_merged(self, written: str) -> None:
        place = _PLACE.match(written)
        row, column = (int(place[2]), column_number(place[1])) if place else (None, None)
        self._note("merged", row, column, cells=written[:40])

    def _note(self, code: str, row: int | None, column: int | None, **details: object) -> None:
        if len(self._sheet.notes) < MAX_NOTES:
            self._sheet.notes.append(Note(code, row, column, details))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _whole(written: str | None) -> int | None:
    return int(written) if written and written.isdecimal() and len(written) < 8 else None


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
