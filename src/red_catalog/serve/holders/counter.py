"""The counter of the register: who stands at it, by key, and who works at it."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request

from red_catalog.config import Config
from red_catalog.errors import BusyError, RedError
from red_catalog.model import CATALOGUE_FEED
from red_catalog.register.desk import Desk
from red_catalog.register.tokens import BODY, Token
from red_catalog.serve.holders.seat import Found, Seat
from red_catalog.serve.request.clients import Allowance, client_of
from red_catalog.serve.request.refusal import Refusal
from red_catalog.serve.seldom import Seldom
from red_catalog.store.index import INDEX, find_told

HEADER: Final = "X-API-Key"
CHALLENGE: Final = {"WWW-Authenticate": f'ApiKey header="{HEADER}"'}
"""What every 401 says of how to send a key."""
_STRANGERS: Final = 60  # requests with no good key, a minute and client
_ACTIONS: Final = {
    "write": ("déposer des descriptions", "hand descriptions in"),
    "delete": ("retirer des descriptions", "take descriptions back"),
    "attest": ("confirmer que des descriptions sont à jour", "attest descriptions"),
    "read": ("lire ce qui est réservé aux détenteurs", "read what is kept for holders"),
}
_TELLING: Final = 60.0  # seconds after which the log says again that the register is of no use
_LOG = logging.getLogger(__name__)
_KEY: Final = 200  # characters of a key
Clock = Callable[[], datetime]


def now() -> datetime:
    """The time, in whole seconds of UTC; stopped at SOURCE_DATE_EPOCH where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    found = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    return found.replace(microsecond=0)


class Counter:
    """Identifies keys, and works at the desk. One seat to write: SQLite has one writer anyhow.

    Another is for what reads much, so that no key waits for it.
    """

    def __init__(self, config: Config, clock: Clock = now) -> None:
        self.config = config
        self.clock = clock
        self._keys = Allowance(config.serve.pushes_per_minute)
        self._strangers = Allowance(_STRANGERS)
        self._telling = Seldom(_TELLING)
        self._desk = Seat(config.register, "desk")
        self._reading = Seat(config.register, "reading")

    async def close(self) -> None:
        """Closes the register."""
        await self._desk.leave()
        await self._reading.leave()

    async def permit(self, request: Request, scope: str, sent: str | None = None) -> Token:
        """Whose key was sent, if it may do this. Raises Refusal (401, 403)."""
        token = await self.identify(request, sent)
        if scope not in token.scopes:
            fr, en = _ACTIONS[scope]
            raise Refusal(
                403,
                f"Cette clé ne permet pas de {fr} : demandez-en une autre à l'opérateur.",
                f"This key does not let you {en}: ask the operator for another.",
            )
        return token

    async def identify(self, request: Request, sent: str | None = None) -> Token:
        """Whose key was sent. Raises Refusal (401): the same for any key that opens nothing.

        `sent`: the key, where it did not come in the header.
        """
        key = (request.headers.get(HEADER, "") if sent is None else sent)[:_KEY]
        token = await self.work(lambda desk: desk.identify(key, self.clock()))
        known = token is not None and (
            token.holder == BODY or any(h.id == token.holder for h in self.config.holders)
        )
        if token is None or not known:
            self._strangers.take(client_of(request))
            raise _unknown(typed=sent is not None)
        self._keys.take(token.id)
        return token

    def told(self) -> int | None:
        """The number of the last change that is public; None where no release says."""
        return find_told(self.config.public / "current" / INDEX, CATALOGUE_FEED)

    async def work(self, work: Callable[[Desk], Found]) -> Found:
        """What comes of some work at the desk. Raises Refusal (503) where it must wait too long."""
        return await self._ask(self._desk, work)

    async def read(self, work: Callable[[Desk], Found]) -> Found:
        """The same of what reads much and writes nothing."""
        return await self._ask(self._reading, work)

    async def _ask(self, seat: Seat, work: Callable[[Desk], Found]) -> Found:
        try:
            return await seat.work(work)
        except BusyError:
            raise Refusal(
                503,
                "Le catalogue est en train d'écrire : réessayez dans un instant.",
                "The catalogue is writing: try again in a moment.",
                headers={"Retry-After": "30"},
            ) from None
        except RedError as error:
            if self._telling.is_time():
                _LOG.error("Keys open nothing: %s", error)
            raise Refusal(
                503,
                "Le registre ne peut pas être utilisé pour le moment : réessayez plus tard.",
                "The register cannot be used at the moment: try again later.",
                headers={"Retry-After": "60"},
            ) from None


def _unknown(*, typed: bool) -> Refusal:
    """The refusal of a key; whoever typed it into a form knows of no header."""
    fr = (
        "saisissez la vôtre dans le champ de la clé" if typed else f"envoyez la vôtre dans {HEADER}"
    )
    en = "type yours into the field of the key" if typed else f"send yours as {HEADER}"
    return Refusal(
        401,
        f"Clé inconnue, expirée ou révoquée : {fr}.",
        f"Unknown, expired or revoked key: {en}.",
        headers=CHALLENGE,
    )
