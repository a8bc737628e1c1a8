"""Which words each shard of the index has: a page for each, which Pagefind indexes as well.

A shard that lacks a word takes a shorter one for it, or leaves it out: what one index would never
do where any dataset has the word. So a search asks first which shards have all its words.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.links import file

NAME: Final = "words"
_SHOWN: Final = re.compile(r' meta-\d+="([^"]*)"')
_TAG: Final = re.compile(r"<[^>]*>")
_END: Final = "</html>"
_AROUND: Final = ".,;:!?()[]«»“”\"'’"


def write(pages: Path, shards: Mapping[str, str]) -> str:
    """Writes the words of each shard whose digest changed; gives a digest of the words of all.

    `pages`: where the fragments of each shard lie; the words lie beside them.
    """
    told = hashlib.sha256()
    for name, key in shards.items():
        for code in CODES:
            told.update(_refresh(pages, name, code, key).encode())
    for code in CODES:
        for left in (pages / NAME / file(code, "x.html")).parent.glob("*.html"):
            if left.stem not in shards:
                left.unlink()
    return told.hexdigest()


def _refresh(pages: Path, name: str, code: str, key: str) -> str:
    """The page of a shard's words, written anew where it is not of this digest."""
    target, head = pages / NAME / file(code, f"{name}.html"), f"<!-- {key} -->"
    written = target.read_text("utf-8") if target.exists() else ""
    # One that was cut short has no end.
    if not (written.startswith(head) and written.endswith(_END)):
        written = head + _page(name, code, _read(pages / name / file(code, "dataset")))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(written, "utf-8")
    return written.removeprefix(head)


def _page(name: str, code: str, words: set[str]) -> str:
    return (
        f'<!doctype html><html lang="{code}"><head><title>-</title></head>'
        f'<body data-pagefind-body><i data-pagefind-filter="in:{name}"></i>'
        f"<p>{' '.join(sorted(words))}</p></body>{_END}"
    )


def _read(folder: Path) -> set[str]:
    """The words of fragments, as they are written there."""
    return {word.strip(_AROUND) for text in _texts(folder) for word in text.split()}


def _texts(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.html"):
        written = path.read_text("utf-8")
        yield _TAG.sub(" ", written)
        yield from _SHOWN.findall(written)
