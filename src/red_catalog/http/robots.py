"""What a robots.txt asks of us."""

import re
from dataclasses import dataclass
from typing import Final

from protego import Protego

AGENT: Final = "red-catalog"
LONGEST_DELAY: Final = 60
_WHOSE: Final = re.compile(r"\s*user(?:-|\s+)?agent(?=[\s:#]|\Z)[\s:]*([^\s#/]*)", re.IGNORECASE)
_OURS: Final = f"User-agent: {AGENT}"
_ALL: Final = "User-agent: *"
_OTHER: Final = "User-agent: other"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one server for this harvester. `named`: whether they speak of it alone."""

    parser: Protego | None = None
    named: bool = False

    @property
    def delay(self) -> float:
        """Seconds between two requests, at most a minute."""
        asked = self.parser.crawl_delay(AGENT) if self.parser else None
        return min(max(asked or 0.0, 0.0), LONGEST_DELAY)

    def allows(self, url: str, *, crawling: bool) -> bool:
        """Whether this URL may be fetched.

        A portal's usual rules keep crawlers out of its interface for programs, which is what
        it gave us the address of: unless we crawl, only rules that name us forbid anything.
        """
        if self.parser is None or not (crawling or self.named):
            return True
        return bool(self.parser.can_fetch(url, AGENT))


def parse(content: bytes) -> Robots:
    """The rules in a robots.txt; what is not one rules nothing."""
    text = content.decode("utf-8", "replace").lstrip("\N{BYTE ORDER MARK}")
    lines = [_rename(line) for line in text.splitlines()]
    try:
        return Robots(Protego.parse("\n".join(lines)), _OURS in lines)
    except ValueError:  # addresses that are none: `Disallow: //[`
        return Robots()


def _rename(line: str) -> str:
    """A line, where it names a robot other than us by one name for all of them.

    The parser keeps every rule once for each name that it stands under: of thousands of names and
    thousands of rules it would make millions.
    """
    match = _WHOSE.match(line)
    if match is None:
        return line
    name = match[1].lower()
    return _OURS if name.replace("*", "") == AGENT else _ALL if name == "*" else _OTHER
