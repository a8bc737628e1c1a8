"""Things that are said once in a while, however often they happen."""

import math
import time


class Seldom:
    """Says when so many seconds have passed since it last did."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = -math.inf

    def is_time(self) -> bool:
        """Whether it is time; the first time it is."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True
