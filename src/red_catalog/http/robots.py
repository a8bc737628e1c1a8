"""What a robots.txt asks of us."""

from dataclasses import dataclass
from typing import Final
from urllib.robotparser import RobotFileParser

AGENT: Final = "red-catalog"
LONGEST_DELAY: Final = 60


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one server for this harvester."""

    parser: RobotFileParser | None = None

    @property
    def delay(self) -> float:
        """Seconds between two requests, at most a minute."""
        asked = self.parser.crawl_delay(AGENT) if self.parser else None
        return float(min(int(asked or 0), LONGEST_DELAY))

    def allows(self, url: str) -> bool:
        """Whether this URL may be fetched."""
        return self.parser is None or self.parser.can_fetch(AGENT, url)


def parse(content: bytes) -> Robots:
    """The rules in a robots.txt; what is not one rules nothing."""
    parser = RobotFileParser()
    text = content.decode("utf-8", "replace").lstrip("\N{BYTE ORDER MARK}")
    try:
        parser.parse(text.splitlines())
    except ValueError:  # the parser stumbles over `Disallow: //[` and `Crawl-delay: ²`
        return Robots()
    return Robots(parser)
