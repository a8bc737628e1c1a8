"""Keys by which holders hand in descriptions: only a salted hash of each is kept."""

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from red_catalog.errors import BusyError, RedError
from red_catalog.register.encoding import moment
from red_catalog.register.pen import writing

SCOPES: Final = ("write", "delete", "attest", "read")
"""To hand descriptions in, to take them back, to attest them, to read what is private."""
BODY: Final = "*"
"""Whom the access body's own keys belong to: no holder, and all of them."""
PREFIX: Final = "red"
_COLUMNS: Final = "id, holder, scopes, created, expires, revoked, last_used"
# Compared with when no key has the number, so that an unknown key costs as much time.
_NOBODY: Final = (b"\0" * 16, b"\0" * 32)
# Last use is told to the minute: one write a request would slow everybody down.
_NOTED: Final = timedelta(minutes=1)
# Seconds that a request waits to have it told: a harvest may write for longer.
_PATIENCE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Token:
    """A key without its secret. `id` is public: it names the key in lists and in the log."""

    id: str
    holder: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    last_used: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Whether it opens anything now."""
        return self.revoked is None and (self.expires is None or now < self.expires)


def create(
    db: sqlite3.Connection,
    holder: str,
    scopes: Sequence[str],
    expires: datetime | None,
    now: datetime,
) -> tuple[Token, str]:
    """A new key and, this once, what its owner must send."""
    number, secret, salt = secrets.token_hex(4), secrets.token_urlsafe(32), secrets.token_bytes(16)
    ends = expires.isoformat() if expires else None
    db.execute(
        "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        (number, holder, salt, _hash(salt, secret), " ".join(scopes), now.isoformat(), ends),
    )
    return Token(number, holder, tuple(scopes), now, expires), f"{PREFIX}_{number}_{secret}"


def find(db: sqlite3.Connection, sent: str, now: datetime) -> Token | None:
    """The key that was sent, if it is known, neither expired nor revoked."""
    _, _, rest = sent.partition("_")
    number, _, secret = rest.partition("_")
    row = db.execute("SELECT salt, hash FROM token WHERE id = ?", (number,)).fetchone()
    salt, expected = row or _NOBODY
    same = hmac.compare_digest(_hash(salt, secret), expected)
    if not (same and row):
        return None
    token = _read(db.execute(f"SELECT {_COLUMNS} FROM token WHERE id = ?", (number,)).fetchone())  # noqa: S608
    if not token.is_valid(now):
        return None
    if token.last_used is None or now - token.last_used > _NOTED:
        with suppress(BusyError), writing(db, _PATIENCE):
            db.execute("UPDATE token SET last_used = ? WHERE id = ?", (now.isoformat(), number))
    return token


def is_open(db: sqlite3.Connection, number: str, now: datetime) -> bool:
    """Whether the key of this number opens anything now."""
    row = db.execute(f"SELECT {_COLUMNS} FROM token WHERE id = ?", (number,)).fetchone()  # noqa: S608
    return row is not None and _read(row).is_valid(now)


def every(db: sqlite3.Connection) -> list[Token]:
    """Every key, the oldest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM token ORDER BY created, id")  # noqa: S608
    return [_read(row) for row in rows]


def revoke(db: sqlite3.Connection, number: str, now: datetime) -> None:
    """Ends a key. Raises RedError for an unknown one."""
    done = db.execute(
        "UPDATE token SET revoked = COALESCE(revoked, ?) WHERE id = ?", (now.isoformat(), number)
    )
    if not done.rowcount:
        raise RedError(f"No key has the id {number}: see `red-catalog token list`.")


def _hash(salt: bytes, secret: str) -> bytes:
    # The secret has 256 random bits: a slow hash would add nothing but cost.
    return hashlib.sha256(salt + secret.encode("utf-8", "surrogatepass")).digest()


def _read(row: Sequence[str]) -> Token:
    number, holder, scopes, created, expires, revoked, used = row
    return Token(
        number,
        holder,
        tuple(scopes.split()),
        moment(created),
        moment(expires) if expires else None,
        moment(revoked) if revoked else None,
        moment(used) if used else None,
    )
