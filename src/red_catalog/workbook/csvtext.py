"""CSV as spreadsheets export it: `;` or `,`, with a byte order mark or in Windows-1252."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from red_catalog.rdf.encoding import decode_as, is_utf8, is_western
from red_catalog.workbook.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Note,
    RefusedError,
    Row,
    Table,
    visible,
)

_DELIMITERS: Final = (";", ",", "\t")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Accented letters, quotes and dashes in UTF-8: in Windows-1252, what nobody writes (`Ã©`, `â€™`).
_IN_UTF8: Final = re.compile(rb"[\xc2\xc3\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
# Such letters in a line that has nothing else but ASCII are no text of Windows-1252.
_LETTERS: Final = re.compile(rb"\xc3[\x80-\xbf]")
# What é, à, è, ê or ô of the code pages of MS-DOS and old Macintoshes are in Windows-1252, which
# nobody writes within a word.
_OLDER: Final = re.compile(rb"[A-Za-z][\x82\x83\x87-\x8a\x8e\x99][a-z]")
_BROKEN: Final = "\N{REPLACEMENT CHARACTER}"
_LONGEST_CELL: Final = 1_000_000


def read_csv(content: bytes, charset: str | None = None) -> Table:
    """The one table of a CSV file. Raises RefusedError where it cannot be read whole."""
    text, notes = _decode(content, charset)
    if "\x00" in text:
        raise RefusedError("csv-nul", text.count("\n", 0, text.index("\x00")) + 1)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text), strict=True)
    return Table(None, tuple(_rows(reader)), notes)


def _rows(reader: Any) -> Iterator[Row]:
    number, line, filled = 0, 1, 0
    try:
        for written in reader:
            number += 1
            texts = enumerate(map(visible, written), 1)
            cells = {n: Cell("text", value) for n, value in texts if value.strip()}
            if cells:
                filled += 1
                if filled > MAX_ROWS + 1:
                    raise RefusedError("too-many-rows", line, limit=MAX_ROWS)
                if max(cells) > MAX_COLUMNS:
                    raise RefusedError("too-many-columns", line, limit=MAX_COLUMNS)
                yield Row(number, line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise RefusedError("csv-broken", line, reason=str(error)) from None


def _decode(content: bytes, charset: str | None) -> tuple[str, tuple[Note, ...]]:
    """The text, and a note where it is in UTF-8 but announced as something else."""
    marked = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    told = [charset] if charset else []
    # What is read as UTF-8 is in it, whatever a server says of all its files; null characters
    # are those of UTF-16 without a mark.
    order = [*told, "utf-8"] if b"\0" in content else ["utf-8", *told]
    for encoding in [marked] if marked else order:
        try:
            text = decode_as(content, encoding)
        except UnicodeDecodeError as error:
            line = _find_odd_line(error, charset, encoding)
            if line is not None:
                raise RefusedError("csv-mixed", line) from None
            continue
        except LookupError:
            continue
        wrong = encoding == "utf-8" and charset and not content.isascii() and not is_utf8(charset)
        return text, (Note("csv-charset", details={"charset": charset}),) if wrong else ()
    if marked is None and not _OLDER.search(content):
        with suppress(UnicodeDecodeError):
            return content.decode("windows-1252"), ()
    raise RefusedError("csv-encoding")


def _find_odd_line(error: UnicodeDecodeError, charset: str | None, encoding: str) -> int | None:
    """The first line in another encoding than the rest of what is no UTF-8, or not all of it.

    Such rows were pasted from another file, or appended by a program.
    """
    content, named = error.object, not charset or is_utf8(charset) or is_western(charset)
    if encoding != "utf-8-sig" and not (encoding == "utf-8" and named):
        return None
    broken = content.decode("utf-8", "replace").count(_BROKEN)
    if encoding == "utf-8-sig" or len(_IN_UTF8.findall(content)) > broken:
        return content.count(b"\n", 0, error.start) + 1
    lines = enumerate(content.split(b"\n"), 1)
    return next((n for n, line in lines if _LETTERS.search(line) and _is_utf8(line)), None)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _find_delimiter(text: str) -> str:
    """The one that stands most often in the first line that holds something, outside quotes."""
    for line in text.splitlines():
        bare = "".join(line.split('"')[::2])
        if bare.strip(" ;,\t"):
            return max(_DELIMITERS, key=bare.count)
    return _DELIMITERS[0]
