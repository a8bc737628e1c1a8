"""Tables and sentences for people, in colours where there is a terminal."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from red_catalog.model import Defect
from red_catalog.terminal.plain import clean

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


def console(*, err: bool = False) -> Console:
    """A console on stdout or stderr; plain where that is no terminal or NO_COLOR is set."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else _WIDTH
    return Console(stderr=err, highlight=False, width=width, soft_wrap=width is not None)


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


def print_problem(source: str, location: str, problem: Defect, lang: str = "en") -> None:
    """One sentence naming source, document and line, and what to do, on stderr."""
    where = location if problem.line is None else f"{location}:{problem.line}"
    line = f"{source}: {where}: {problem.message[lang]} {problem.fix[lang]}"
    console(err=True).print(clean(line), markup=False)


def _cell(value: object) -> RichText:
    return coloured(value) if isinstance(value, str) else RichText(str(value))
