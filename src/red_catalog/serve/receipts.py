"""What came of a hand-in by the form, to be shown by an address that hands nothing in again."""

import re
import secrets
import time
from pathlib import Path
from typing import Final

_MOST: Final = 100
_TOKEN: Final = re.compile(r"[0-9]{20}-[\w-]{22}", re.ASCII)


class Receipts:
    """The pages of late: the oldest makes room, and all end with the server.

    In memory, or in a folder for several server processes: any of them is asked for it.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._kept: dict[str, bytes] = {}

    def keep(self, page: bytes) -> str:
        """What to ask for this page by, which nobody guesses; a later one sorts behind it."""
        token = f"{time.time_ns():020d}-{secrets.token_urlsafe(16)}"
        if self._folder is None:
            self._kept[token] = page
            if len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
            return token
        _file(self._folder, token).write_bytes(page)
        for old in sorted(self._folder.glob("*.html"))[:-_MOST]:
            old.unlink(missing_ok=True)
        return token

    def find(self, token: str) -> bytes | None:
        """A page that is still kept."""
        if self._folder is None or not _TOKEN.fullmatch(token):
            return self._kept.get(token)
        try:
            return _file(self._folder, token).read_bytes()
        except FileNotFoundError:
            return None


def _file(folder: Path, token: str) -> Path:
    return folder / f"{token}.html"
