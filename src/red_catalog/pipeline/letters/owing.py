"""Letters on harvests that are on their way: kept in a folder until the mail server takes them.

A harvest is told once: what is not taken now goes with the letters of the next run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

from red_catalog.config import Config
from red_catalog.pipeline.letters.posting import POLICY, file_name, keep, save

_LONGEST: Final = timedelta(days=5)  # as mail servers try: RFC 5321, 4.5.4.1


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that somebody is still to have; `name`: that of its file."""

    name: str
    message: EmailMessage

    @property
    def receivers(self) -> list[str]:
        """Who is still to have it."""
        return [one.addr_spec for one in self.message["To"].addresses]

    @property
    def since(self) -> datetime:
        """When the harvest ended that it tells."""
        moment: datetime = self.message["Date"].datetime
        return moment

    def tell(self) -> str:
        """That it is owed, to whom, and since when."""
        to = ", ".join(self.receivers)
        return (
            f"A letter to {to} of {self.since:%Y-%m-%d %H:%M} waits for the mail server to take "
            "it: the next `red-catalog run` tries again."
        )

    def to_plain(self) -> dict[str, Any]:
        """As `status --json` prints it, at the end."""
        facts = {"letter": self.name, "to": self.receivers, "since": self.since.isoformat()}
        return {**facts, "message": self.tell()}


def find_owed(config: Config) -> list[Owed]:
    """The letters that are owed, the oldest first."""
    letters = [Owed(file.name, _read(file)) for file in sorted(config.owed.glob("*.eml"))]
    # One that was written as the machine went down may be empty.
    return [one for one in letters if one.message["To"]]


def _read(file: Path) -> EmailMessage:
    message = message_from_bytes(file.read_bytes(), policy=POLICY)
    assert isinstance(message, EmailMessage)  # as this policy makes them
    return message


def add(config: Config, letters: Sequence[tuple[str, EmailMessage]]) -> list[Owed]:
    """Keeps letters with those that are owed already; returns all, these last."""
    before = find_owed(config)
    if letters:
        keep(config.owed, letters)
    return before + [Owed(file_name(name, message), message) for name, message in letters]


def settle(config: Config, one: Owed, left: Sequence[str]) -> None:
    """Notes who is still to have a letter: nobody, and it is no more."""
    file = config.owed / one.name
    if not left:
        file.unlink(missing_ok=True)
    elif [*left] != one.receivers:
        one.message.replace_header("To", ", ".join(left))
        save(file, one.message)


def give_up(config: Config, now: datetime) -> None:
    """Forgets the letters that nobody took for so long."""
    for one in find_owed(config):
        if now - one.since > _LONGEST:
            settle(config, one, ())
