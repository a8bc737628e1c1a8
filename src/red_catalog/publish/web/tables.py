"""Tables as CSV that spreadsheets open safely."""

import csv
import io
from collections.abc import Iterable, Sequence

from red_catalog.publish.record.cells import harmless


def write_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table in UTF-8 with a byte order mark, for spreadsheets to read its accents."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return harmless(str(value))
