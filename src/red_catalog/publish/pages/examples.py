"""Example queries: `queries/*.rq`, each with a sentence in both languages at its head."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from red_catalog.model import Text

FOLDER: Final = Path(__file__).parent / "queries"
# Stands in an example for a dataset; the page puts one of its own there.
PLACEHOLDER: Final = "<https://example.org/dataset/1>"
_HEAD: Final = re.compile(r"# fr: ([^\n]+)\n# en: ([^\n]+)\n+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query and what it answers."""

    name: str
    sentence: Text
    text: str


@cache
def queries() -> tuple[Query, ...]:
    """Every example, in the order of its file name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def _read(path: Path) -> Query:
    head = _HEAD.fullmatch(path.read_text("utf-8"))
    if head is None:
        raise ValueError(f"{path.name} must begin with `# fr:` and `# en:`.")
    return Query(path.stem, {"fr": head[1], "en": head[2]}, head[3].strip())
