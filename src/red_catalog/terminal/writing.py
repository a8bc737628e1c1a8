"""Tables and sentences for people, in colours where there is a terminal."""

import re
import sys
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from red_catalog.model import Defect
from red_catalog.terminal.plain import clean

_GAP = 2  # between two columns
_MOMENT = re.compile(r"\b(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\+00:00")
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


def print_table(
    title: str, head: Sequence[str], rows: Iterable[Sequence[object]], spare: Sequence[str]
) -> None:
    """A table on stdout: numbers to the right, the rest to the left.

    `spare`: columns that a terminal without room does without, the first one first.
    """
    rows = list(rows)
    out = console()
    shown = list(range(len(head)))
    if out_is_terminal():
        rows = [[_shorten(value) for value in row] for row in rows]
        shown = _fit(head, rows, out.width, spare)
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for number in shown:
        right = bool(rows) and all(isinstance(row[number], int) for row in rows)
        table.add_column(head[number], justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row[number]) for number in shown))
    out.print(table)
    gone = ", ".join(name for number, name in enumerate(head) if number not in shown)
    if gone:
        told = f"Without {gone}: a wider terminal or --json has all."
        out.print(told, style="dim", markup=False)


def out_is_terminal() -> bool:
    """Whether somebody looks at stdout."""
    return sys.stdout.isatty()


def _fit(
    head: Sequence[str], rows: Sequence[Sequence[object]], width: int, spare: Sequence[str]
) -> list[int]:
    """The numbers of the columns that there is room for."""
    wide = [
        max(cell_len(text) for text in (name, *(str(row[number]) for row in rows)))
        for number, name in enumerate(head)
    ]
    shown = list(range(len(head)))
    # What is empty is missed by nobody.
    empty = [head[n] for n in shown if rows and all(row[n] == "" for row in rows)]
    for name in dict.fromkeys(one for one in (*empty, *spare) if one in head):
        if sum(wide[number] + _GAP for number in shown) - _GAP <= width:
            break
        shown.remove(head.index(name))
    return shown


def _shorten(value: object) -> object:
    """A moment to the minute."""
    return _MOMENT.sub(r"\1 \2", value) if isinstance(value, str) else value


def print_problem(source: str, location: str, problem: Defect, lang: str = "en") -> None:
    """One sentence naming source, document and line, and what to do, on stderr."""
    line = f"{source}: {tell_problem(location, problem, lang)}"
    console(err=True).print(clean(line), markup=False)


def tell_problem(location: str, problem: Defect, lang: str = "en") -> str:
    """The document and the line, what is wrong there, and what to do."""
    where = location if problem.line is None else f"{location}:{problem.line}"
    return f"{where}: {problem.message[lang]} {problem.fix[lang]}"


def _cell(value: object) -> RichText:
    return coloured(value) if isinstance(value, str) else RichText(str(value))
