"""Texts, tables and JSON on stdout, without what could deceive a reader."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDTH = 240  # of what is no terminal: a file or a pipe keeps a row on its line
_COLOURS = {
    "ok": "green",
    "conformant": "green",
    "incomplete": "yellow",
    "flagged": "yellow",
    "guarded": "red",
    "failed": "red",
    "violation": "red",
    "warning": "yellow",
    "info": "blue",
}


def clean(text: str) -> str:
    """The text without control or bidirectional characters, which could deceive a reader."""
    return _CONTROL.sub("�", text)


def console(*, err: bool = False) -> Console:
    """A console on stdout or stderr; plain where that is no terminal or NO_COLOR is set."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else _WIDTH
    return Console(stderr=err, highlight=False, width=width, soft_wrap=width is not None)


def print_json(value: Any) -> None:
    """The value as indented JSON on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_text(text: str) -> None:
    """A whole text on stdout, in UTF-8 and with the line ends that it has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def coloured(word: str) -> RichText:
    """A status or a verdict in its colour; the word itself always stays."""
    return RichText(clean(word), style=_COLOURS.get(word, ""))


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout: numbers to the right, the rest to the left."""
    rows = list(rows)
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for number, name in enumerate(head):
        right = bool(rows) and all(isinstance(row[number], int) for row in rows)
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    console().print(table)


def _cell(value: object) -> RichText:
    return coloured(value) if isinstance(value, str) else RichText(str(value))
