"""What went through the door: requests, bytes, seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traffic:
    """Counts of a run. `received`: bytes as they came; `unchanged`: answers 304."""

    requests: int = 0
    received: int = 0
    unchanged: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Traffic") -> "Traffic":
        return Traffic(
            self.requests + other.requests,
            self.received + other.received,
            self.unchanged + other.unchanged,
            self.seconds + other.seconds,
        )
