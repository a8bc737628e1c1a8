"""Which variables the groups of a query bind, whatever else is found or not."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from red_catalog.store.strings import Strings

_PART: Final = re.compile(r"<[^<>\s\"{}|^`\\]*>|[?$]?\w+|[{}()]|[^\w\"'#<?${}()]+|.", re.DOTALL)
# After these a variable may stand unbound, or what stood before them counts.
_ASKING_WHAT_IS_BOUND: Final = frozenset({"OPTIONAL", "MINUS", "BIND"})
_BINDING_PERHAPS: Final = _ASKING_WHAT_IS_BOUND | {
    "UNION", "VALUES", "SELECT", "EXISTS", "SERVICE",
}  # fmt: skip


class Part(NamedTuple):
    """A word of a query in capitals, or a variable; `path`: the groups that it is in."""

    start: int
    text: str
    path: tuple[int, ...]
    within: bool  # parentheses


class Groups:
    """The groups of a query, to be asked about a place in one of them."""

    def __init__(self, query: str) -> None:
        self._parts = list(_read(query))
        self._holds_undef = any(part.text == "UNDEF" for part in self._parts)

    def binds(self, variable: str, start: int, end: int) -> bool:
        """Whether a filter from `start` to `end` may be a join: its variable is surely bound."""
        path = next((p.path for p in self._parts if p.start >= start), ())
        inside = [p for p in self._parts if p.path[: len(path)] == path]
        others = [p for p in inside if not start <= p.start < end]
        named = [p for p in others if p.text == f"?{variable[1:]}" and not p.within]
        if self._holds_undef or not named:
            return False
        own = [p.start for p in named if p.path == path]
        if not own:
            return not any(p.text in _BINDING_PERHAPS for p in others)
        return not any(p.text in _ASKING_WHAT_IS_BOUND and end <= p.start < own[0] for p in others)


def _read(query: str) -> Iterator[Part]:
    strings, at, count = Strings(query), 0, 0
    path: tuple[int, ...] = ()
    open_: list[int] = [0]  # parentheses, by group
    while at < len(query):
        end = strings.end(at)
        if end is None:
            found = _PART.match(query, at)
            assert found is not None
            text, end = found[0], found.end()
            if text == "{":
                count += 1
                path, open_ = (*path, count), [*open_, 0]
            elif text == "}":
                path, open_ = path[:-1], open_[:-1] or [0]
            elif text in {"(", ")"}:
                open_[-1] += 1 if text == "(" else -1
            elif text[0] in "?$":
                yield Part(at, f"?{text[1:]}", path, open_[-1] > 0)
            elif text[0].isalpha():
                yield Part(at, text.upper(), path, open_[-1] > 0)
        at = end
