"""The tables of docs/sources/spreadsheet.md, made from the table of sheets and columns.

`python -m red_catalog.harvesters.spreadsheet.documentation docs/sources/spreadsheet.md` renews
them.
"""

import re
import sys
from pathlib import Path
from typing import Final

from red_catalog.harvesters.spreadsheet.columns import Column, Sheet
from red_catalog.harvesters.spreadsheet.sheets import SHEETS

START: Final = "<!-- columns -->"
END: Final = "<!-- /columns -->"
_LISTS: Final = re.compile(r"(?:.*[/#:])?([^/#:]+)[/#]?(?:1\.0)?")


def describe() -> str:
    """A table for each sheet, in Markdown."""
    return "\n\n".join(_describe_sheet(sheet) for sheet in SHEETS)


def renew(text: str) -> str:
    """The page with its tables made anew."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{describe()}\n{END}{rest.partition(END)[2]}"


def _describe_sheet(sheet: Sheet) -> str:
    lines = [
        f"### {sheet.name('fr')} / {sheet.name('en')}",
        "",
        sheet.about[1],
        "",
        "| column (fr) | column (en) | property | P | R | N | several | list |",
        "|---|---|---|---|---|---|---|---|",
        *(_describe_column(column) for column in sheet.columns),
    ]
    return "\n".join(lines)


def _describe_column(column: Column) -> str:
    lists = ", ".join(_LISTS.sub(r"\1", name) for name in column.lists)
    cells = [
        column.heading("fr") + (" (+ anglais)" if column.translated else ""),
        column.heading("en") + (" (+ French)" if column.translated else ""),
        f"`{column.property}`" if column.property else "",
        *column.needs.replace("-", " "),
        "yes" if column.many else "",
        lists,
    ]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(renew(page.read_text("utf-8")), "utf-8")
