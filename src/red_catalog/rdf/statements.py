"""Cutting Turtle into its statements, to find the one that a mistake lies in.

Run only on documents that hold a mistake, so it is a tokenizer that never fails.
"""

import re
from bisect import bisect_right
from typing import Final, NamedTuple
from urllib.parse import urljoin

from red_catalog.namespaces import DATASET

_TOKEN: Final = re.compile(
    r'''(?P<skip>\s+|\#[^\n]*)
    |(?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<open>"(?:[^"\\\n]|\\.)*|'(?:[^'\\\n]|\\.)*)
    |(?P<iri><[^<>\n]*>?)
    |(?P<end>\.(?!\d))
    |(?P<brace>[{}])
    |(?P<word>(?:[^\s<>"'\[\](){};,\\]|\\.)+)
    |(?P<other>.)''',
    re.VERBOSE | re.DOTALL,
)
_RELATIVE: Final = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:)")
_ESCAPE: Final = re.compile(r"\\(.)")
_TYPED: Final = re.compile(
    r"""(?<![^\s"'])(<[^<>\s]*>|[\w-]*:[^\s<>"';,]+)\s+(?:a|\w+:type|<[^<>\s]*\#type>)\s+"""
    r"""(<[^<>\s]*>|[\w-]*:\w+)"""
)


class Token(NamedTuple):
    """A token, its place in the text and on its line (from 1), and whether it opens the line."""

    kind: str
    text: str
    start: int
    column: int
    first: bool


class Statement(NamedTuple):
    """A statement's place, the subject it opens with, and where it says that one is a dataset."""

    start: int
    end: int
    subject: str | None
    dataset: int | None

    @property
    def names_dataset(self) -> bool:
        """Whether it says of something that it is a dataset."""
        return self.dataset is not None and self.dataset < self.end


class Statements:
    """The statements of a text, to be looked up by line and column."""

    def __init__(self, text: str, base: str | None = None) -> None:
        self.text: Final = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._cutter = _cut(text, base)
        self._all = self._cutter.found
        self._starts = [statement.start for statement in self._all]

    def offset(self, line: int, column: int) -> int:
        """Where a line and a column, both from 1, lie in the text."""
        return min(self._lines[min(line, len(self._lines)) - 1] + column - 1, len(self.text))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a place in the text."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def at(self, offset: int) -> Statement | None:
        """The statement that covers this place, or the last before it."""
        index = bisect_right(self._starts, offset) - 1
        return self._all[index] if index >= 0 else None

    def further(self, statement: Statement) -> list[tuple[int, str]]:
        """The datasets that a broken statement seems to run over, each with its place."""
        found = []
        for match in _TYPED.finditer(self.text, statement.start + 1, statement.end):
            subject, kind = map(self._cutter.expand, match.groups())
            if kind == DATASET and subject not in {None, statement.subject}:
                found.append((match.start(), str(subject)))
        return found


def _cut(text: str, base: str | None) -> "_Cutter":
    cutter = _Cutter(base)
    line = end = 0
    for match in _TOKEN.finditer(text):
        written, start = match[0], match.start()
        if match.lastgroup != "skip":
            column = start - line + 1
            cutter.take(Token(str(match.lastgroup), written, start, column, first=end <= line))
            end = match.end()
        if "\n" in written:
            line = start + written.rindex("\n") + 1
    cutter.close(len(text))
    return cutter


class _Cutter:
    def __init__(self, base: str | None) -> None:
        self.found: list[Statement] = []
        self._base = base or ""
        self._prefixes: dict[str, str] = {}
        self._tokens: list[Token] = []

    def take(self, token: Token) -> None:
        if self._lost_its_end(token):
            self.close(self._tokens[-1].start + len(self._tokens[-1].text))
        if token.kind == "end":
            self.close(token.start + 1)
            return
        if token.kind == "brace":
            self.close(token.start)
            return
        written = token.text
        ends = token.kind == "word" and written.endswith(".") and not written.endswith("\\.")
        self._tokens.append(token._replace(text=written.rstrip(".")) if ends else token)
        if ends or self._is_sparql_directive():
            self.close(token.start + len(written))

    def close(self, end: int) -> None:
        if self._tokens:
            self._declare()
            start, subject = self._tokens[0].start, self._expand(self._tokens[0])
            named = (token.start for token in self._tokens if self._expand(token) == DATASET)
            self.found.append(Statement(start, end, subject, next(named, None)))
        self._tokens = []

    def expand(self, written: str) -> str | None:
        """The term that an address or an abbreviation stands for, None for anything else."""
        kind = "iri" if written.startswith("<") else "word"
        return self._expand(Token(kind, written, 0, 1, first=True))

    def _lost_its_end(self, token: Token) -> bool:
        """Whether an open text took the full stop with it: what may be a subject opens a line.

        `"Suite de l"étude"@fr .` leaves one quote too many, after which all is text.
        """
        last = self._tokens[-1] if self._tokens else None
        if last is None or last.kind != "open" or last.text.rstrip().endswith((";", ",")):
            return False
        opens = token.kind == "iri" or ":" in token.text or token.text[0] in "@[("
        return opens and token.first and token.column <= self._tokens[0].column

    def _is_sparql_directive(self) -> bool:
        word = self._tokens[0].text.lower()
        return (word == "prefix" and len(self._tokens) == 3) or (
            word == "base" and len(self._tokens) == 2
        )

    def _declare(self) -> None:
        words = [token.text for token in self._tokens]
        if words[0].lower() in {"@prefix", "prefix"} and len(words) > 2:
            self._prefixes[words[1].removesuffix(":")] = self._resolve(words[2])
        elif words[0].lower() in {"@base", "base"} and len(words) > 1:
            self._base = self._resolve(words[1])

    def _resolve(self, token: str) -> str:
        written = token.strip("<>")
        return urljoin(self._base, written) if _RELATIVE.match(written) else written

    def _expand(self, token: Token) -> str | None:
        if token.kind == "iri":
            return f"<{self._resolve(token.text)}>"
        if token.kind != "word" or token.text.startswith("@"):
            return None
        prefix, colon, local = token.text.partition(":")
        if not colon:
            return None
        if prefix == "_":
            return token.text
        namespace = self._prefixes.get(prefix)
        if namespace is None:
            return None
        local = _ESCAPE.sub(r"\1", local)
        return f"<{namespace}{local}>"
