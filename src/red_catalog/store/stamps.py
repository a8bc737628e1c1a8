"""Since when what a release changed is public: written into its index right before it is."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from red_catalog.errors import RedError

# Later than any moment, so that what has it is in no list.
PENDING: Final = "~"
# Whoever asks the release before, until the very switch, goes on from a moment that is no later.
AHEAD: Final = timedelta(seconds=2)


def stamp(moment: datetime) -> str:
    """A moment in whole seconds, as every answer writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def show(path: Path, moment: datetime | None = None) -> None:
    """Gives what is new in an index, and is pending, its moment: very soon, unless it is given.

    It is the last one told where that is later: a clock put back hides no change from who asks
    since.
    """
    try:
        _show(path, stamp(moment or datetime.now(UTC) + AHEAD))
    except sqlite3.OperationalError as error:
        told = f"{path} cannot be written ({error}): make room, or look at the disk."
        raise RedError(told) from None
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _show(path: Path, moment: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        (last,) = db.execute("SELECT MAX(stamp) FROM change WHERE stamp < ?", (PENDING,)).fetchone()
        now = max(moment, last or "")
        db.execute("UPDATE change SET stamp = ? WHERE stamp = ?", (now, PENDING))
        db.execute(
            "UPDATE about SET value = replace(value, ?, ?) WHERE name IN ('published', 'shown')",
            (PENDING, now),
        )
        db.execute("COMMIT")
