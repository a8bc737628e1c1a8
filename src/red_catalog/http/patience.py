"""How long each source may keep us, all its documents together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from red_catalog.http.defects import Refused


class Patience:
    """Until when each source is asked: sources are fetched at once, each with its own time."""

    def __init__(self) -> None:
        self._ends: dict[str, tuple[float, float]] = {}

    @contextmanager
    def lasting(self, source: str, seconds: float) -> Iterator[None]:
        """Counts the seconds of a source."""
        self._ends[source] = (time.monotonic() + seconds, seconds)
        try:
            yield
        finally:
            del self._ends[source]

    def left(self, source: str) -> float:
        """Seconds left for a source, none below zero; endless where nobody counts them."""
        end, _ = self._ends.get(source, (inf, inf))
        return max(end - time.monotonic(), 0.0)

    def refusal(self, source: str) -> Refused | None:
        """What to say where a source has had its time."""
        if self.left(source) > 0:
            return None
        return Refused("source-slow", seconds=f"{self._ends[source][1]:g}")
