"""What came of a hand-in by the form, to be shown by an address that hands nothing in again."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from red_catalog.serve.outcome import Outcome
from red_catalog.serve.replacing import Replaced

_MOST: Final = 100


class Receipt(NamedTuple):
    """The answer to a hand-in, what was found, and what was replaced.

    `draft`: when the browser had last kept the draft of it.
    """

    handed: Mapping[str, Any]
    outcome: Outcome
    replaced: Sequence[Replaced]
    draft: str


class Receipts:
    """The receipts of late, in memory alone: the oldest makes room, and all end with the server."""

    def __init__(self) -> None:
        self._kept: dict[str, Receipt] = {}

    def keep(self, receipt: Receipt) -> str:
        """What to ask for this receipt by, which nobody guesses."""
        token = secrets.token_urlsafe(16)
        self._kept[token] = receipt
        if len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]
        return token

    def find(self, token: str) -> Receipt | None:
        """A receipt that is still kept."""
        return self._kept.get(token)
