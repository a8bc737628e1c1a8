"""What a harvest tells while it goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `name`: started, misconfigured, documents, unreadable, record or ended.
    """

    name: str
    source: str
    facts: Mapping[str, object] = field(default_factory=dict)


Listener = Callable[[Event], None]
"""Hears events, from several threads at once."""


def keep_silent(event: Event) -> None:
    """Hears and says nothing."""
