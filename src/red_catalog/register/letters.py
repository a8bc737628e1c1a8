"""Links that let a mailbox attest: signed, for one version of one description, until a moment.

A link opens a page; only the button on it attests, so that what scans mail attests nothing.
"""

import base64
import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from red_catalog.register.pen import writing

_SEPARATOR: Final = "~"
_NAME: Final = "links"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a link says: the page name and holder of a dataset, when it was sent, until when."""

    slug: str
    holder: str
    sent: datetime
    until: datetime


def key(db: sqlite3.Connection) -> bytes:
    """The secret that links are signed with; made at its first use."""
    found = "SELECT value FROM secret WHERE name = ?"
    row = db.execute(found, (_NAME,)).fetchone()
    if row is None:
        made = (_NAME, secrets.token_bytes(32))
        with writing(db):
            # Another process may have made it meanwhile.
            db.execute("INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)", made)
            row = db.execute(found, (_NAME,)).fetchone()
    return bytes(row[0])


def seal(secret: bytes, letter: Letter) -> str:
    """The letter with its signature, as it stands in an address."""
    said = _SEPARATOR.join(
        (letter.slug, letter.holder, _seconds(letter.sent), _seconds(letter.until))
    )
    return f"{said}{_SEPARATOR}{_sign(secret, said)}"


def read(secret: bytes, sealed: str) -> Letter | None:
    """The letter, None for one that was not signed here. Whether it is past is not asked."""
    said, _, signature = sealed.rpartition(_SEPARATOR)
    if not hmac.compare_digest(_sign(secret, said).encode(), signature.encode("utf-8", "replace")):
        return None
    slug, holder, sent, until = said.split(_SEPARATOR)
    return Letter(slug, holder, _moment(sent), _moment(until))


def _sign(secret: bytes, said: str) -> str:
    digest = hmac.new(secret, said.encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
