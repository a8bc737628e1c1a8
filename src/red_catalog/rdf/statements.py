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
        |"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)
    |(?P<iri><[^<>\n]*>?)
    |(?P<end>\.(?!\d))
    |(?P<brace>[{}])
    |(?P<word>(?:[^\s<>"'\[\](){};,\\]|\\.)+)
    |(?P<other>.)''',
    re.VERBOSE | re.DOTALL,
)
_RELATIVE: Final = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:)")
_ESCAPE: Final = re.compile(r"\\(.)")


class Statement(NamedTuple):
    """A statement's place in the text, the subject it opens with, and whether it is a dataset."""

    start: int
    end: int
    subject: str | None
    names_dataset: bool


class Statements:
    """The statements of a text, to be looked up by line and column."""

    def __init__(self, text: str, base: str | None = None) -> None:
        self.text: Final = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._all = _cut(text, base)
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


def _cut(text: str, base: str | None) -> list[Statement]:
    cutter = _Cutter(base)
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            cutter.take(str(match.lastgroup), match[0], match.start())
    cutter.close(len(text))
    return cutter.found


class _Cutter:
    def __init__(self, base: str | None) -> None:
        self.found: list[Statement] = []
        self._base = base or ""
        self._prefixes: dict[str, str] = {}
        self._tokens: list[tuple[str, str]] = []
        self._start = 0

    def take(self, kind: str, token: str, start: int) -> None:
        if kind == "end":
            self.close(start + 1)
            return
        if kind == "brace":
            self.close(start)
            return
        ends = kind == "word" and token.endswith(".") and not token.endswith("\\.")
        if not self._tokens:
            self._start = start
        self._tokens.append((kind, token.rstrip(".") if ends else token))
        if ends or self._is_sparql_directive():
            self.close(start + len(token))

    def close(self, end: int) -> None:
        if self._tokens:
            self._declare()
            subject = self._expand(*self._tokens[0])
            dataset = any(self._expand(*token) == DATASET for token in self._tokens)
            self.found.append(Statement(self._start, end, subject, dataset))
        self._tokens = []

    def _is_sparql_directive(self) -> bool:
        word = self._tokens[0][1].lower()
        return (word == "prefix" and len(self._tokens) == 3) or (
            word == "base" and len(self._tokens) == 2
        )

    def _declare(self) -> None:
        words = [token for _, token in self._tokens]
        if words[0].lower() in {"@prefix", "prefix"} and len(words) > 2:
            self._prefixes[words[1].removesuffix(":")] = self._resolve(words[2])
        elif words[0].lower() in {"@base", "base"} and len(words) > 1:
            self._base = self._resolve(words[1])

    def _resolve(self, token: str) -> str:
        written = token.strip("<>")
        return urljoin(self._base, written) if _RELATIVE.match(written) else written

    def _expand(self, kind: str, token: str) -> str | None:
        if kind == "iri":
            return f"<{self._resolve(token)}>"
        if kind != "word" or token.startswith("@"):
            return None
        prefix, colon, local = token.partition(":")
        if not colon:
            return None
        if prefix == "_":
            return token
        namespace = self._prefixes.get(prefix)
        if namespace is None:
            return None
        local = _ESCAPE.sub(r"\1", local)
        return f"<{namespace}{local}>"
