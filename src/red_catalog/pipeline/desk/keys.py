"""What an operator does with the register beside harvesting: keys of holders, backups."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.register import copies
from red_catalog.register.desk import Desk
from red_catalog.register.tokens import BODY, SCOPES, Token

_HANDING_IN: Final = {"write", "delete"}


def create(
    config: Config, holder: str, scopes: Sequence[str], expires: datetime | None, now: datetime
) -> tuple[Token, str]:
    """A new key of a holder (or BODY) and, this once, what it must send.

    Raises RedError for an unknown holder, or one that has nowhere to hand in and should.
    """
    wanted = _scopes(config, holder, scopes)
    ends = expires and expires.replace(tzinfo=UTC)
    if ends and ends <= now:
        raise RedError(f"{ends:%Y-%m-%d} is past: give --expires a later day.")
    with Desk.open(config.register) as desk:
        return desk.create_token(holder, wanted, ends, now)


def _scopes(config: Config, holder: str, given: Sequence[str]) -> tuple[str, ...]:
    """What the key may do; by default all that its owner can make use of."""
    if holder == BODY:
        if set(given) - {"read"}:
            raise RedError("A key of the access body reads; it hands nothing in for a holder.")
        return ("read",)
    known = config.holder(holder)
    nowhere = tell_nowhere(config, known.id)
    usual = SCOPES if nowhere is None else tuple(s for s in SCOPES if s not in _HANDING_IN)
    wanted = tuple(dict.fromkeys(given)) or usual
    if set(wanted) & _HANDING_IN and nowhere is not None:
        raise RedError(nowhere)
    return wanted


def tell_nowhere(config: Config, holder: str) -> str | None:
    """That a holder has nowhere to hand in, and what to do; None where it has."""
    if holder == BODY or config.ingest_source(holder) is not None:
        return None
    return (
        f"{holder} has nowhere to hand descriptions in: add to the configuration"
        f' [[source]] with id = "{holder}-ingest", holder = "{holder}", kind = "ingest".'
    )


def every(config: Config) -> list[Token]:
    """Every key, the oldest first."""
    with Desk.open(config.register) as desk:
        return desk.tokens()


def revoke(config: Config, number: str, now: datetime) -> None:
    """Ends a key at once. Raises RedError for an unknown one."""
    with Desk.open(config.register) as desk:
        desk.revoke(number, now)


def log(config: Config) -> list[dict[str, Any]]:
    """What was done with keys, or refused, the oldest first, as `--json` prints it."""
    with Desk.open(config.register) as desk:
        return [{**asdict(one), "moment": one.moment.isoformat()} for one in desk.log()]


def back_up(config: Config, file: Path) -> Path:
    """Copies the register while it is in use. Raises RedError where it cannot."""
    if not config.register.is_file():
        raise RedError("There is no register yet: run `red-catalog run`.")
    copies.back_up(config.register, file)
    return file


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back. `before`: where what was there lies now, if anything was.

    `goes_on`: whether events go on from those of what was there.
    """

    before: Path | None
    goes_on: bool


def restore(config: Config, file: Path, now: datetime) -> Restored:
    """Puts a backup in the register's place, and what was there beside it."""
    aside = config.register.with_name(f"register.before-{now:%Y%m%dT%H%M%SZ}.db")
    with config.locked():
        goes_on = copies.restore(config.register, file, aside, now)
        with Desk.open(config.register) as desk:
            desk.note_restored(file.name, now, goes_on=goes_on)
    return Restored(aside if aside.exists() else None, goes_on)


def to_plain(token: Token) -> dict[str, Any]:
    """A key as `--json` prints it."""
    moments = ("created", "expires", "revoked", "last_used")
    said = {name: getattr(token, name) for name in moments}
    return {
        "id": token.id,
        "holder": token.holder,
        "scopes": " ".join(token.scopes),
        **{name: value and value.isoformat() for name, value in said.items()},
    }
