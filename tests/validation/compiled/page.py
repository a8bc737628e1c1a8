"""The tables of docs/shacl-conformance.md, which tests write and hold it to."""

import os
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[3] / "docs" / "shacl-conformance.md"


def keep_table(name: str, table: str) -> tuple[str, str]:
    """The table on the page and the one given; with RED_WRITE_DOCS=1 the page gets it first."""
    begin, end = f"<!-- {name}: begin -->\n", f"\n<!-- {name}: end -->"
    before, rest = PAGE.read_text("utf-8").split(begin)
    kept, after = rest.split(end)
    if os.environ.get("RED_WRITE_DOCS"):
        PAGE.write_text(f"{before}{begin}{table}{end}{after}", "utf-8")
        kept = table
    return kept, table
