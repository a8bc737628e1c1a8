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
# The language of titles and labels in an example; a page puts its own there.
_LANGUAGE: Final = '"fr"'
# They ask for catalogue records, holders or `red:search`, which a remote store has not.
_OURS: Final = frozenset({"02-holders", "10-recent", "11-search"})
_HEAD: Final = re.compile(r"# fr: ([^\n]+)\n# en: ([^\n]+)\n+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query and what it answers."""

    name: str
    sentence: Text
    text: str


@cache
def queries(code: str = "fr", *, remote: bool = False) -> tuple[Query, ...]:
    """Every example, in the order of its file name; titles and labels in this language.

    `remote`: those alone that a remote store answers.
    """
    found = (_read(path, code) for path in sorted(FOLDER.glob("*.rq")))
    return tuple(one for one in found if not (remote and one.name in _OURS))


def _read(path: Path, code: str) -> Query:
    head = _HEAD.fullmatch(path.read_text("utf-8"))
    if head is None:
        raise ValueError(f"{path.name} must begin with `# fr:` and `# en:`.")
    text = head[3].strip().replace(_LANGUAGE, f'"{code}"')
    return Query(path.stem, {"fr": head[1], "en": head[2]}, text)
