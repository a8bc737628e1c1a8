"""What a robots.txt asks of us."""

import re
from dataclasses import dataclass
from typing import Final

from protego import Protego

AGENT: Final = "red-catalog"
LONGEST_DELAY: Final = 60
_NAMED: Final = re.compile(rf"^\s*user-agent\s*:\s*{AGENT}\b", re.IGNORECASE | re.MULTILINE)


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
    try:
        return Robots(Protego.parse(text), bool(_NAMED.search(text)))
    except ValueError:  # addresses that are none: `Disallow: //[`
        return Robots()
