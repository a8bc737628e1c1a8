"""Whom a request counts for, and how much each may ask. Nothing is kept beyond a few minutes."""

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from red_catalog.serve.request.refusal import Refusal

_MOST = 10_000  # clients remembered at once


def client_of(request: Request) -> str:
    """Who asks: an address, or an IPv6 network, of which one person has all."""
    return name_client(request.client.host if request.client else "")


def name_client(host: str) -> str:
    """What an address counts for: itself, or its network."""
    try:
        address = read_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def read_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address; an IPv4 one also where a socket of both kinds tells it as IPv6.

    Raises ValueError for what is none.
    """
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


@dataclass(slots=True)
class _Left:
    amount: float
    since: float


class Allowance:
    """So many requests a minute for each client, saved up to one minute's worth."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._left: dict[str, _Left] = {}

    def take(self, client: str) -> None:
        """Counts one request. Raises Refusal (429) where nothing is left."""
        now = self._clock()
        left = self._left.pop(client, None) or _Left(self.per_minute, now)
        earned = (now - left.since) * self.per_minute / 60
        left = _Left(min(self.per_minute, left.amount + earned), now)
        self._left[client] = left  # at the end: the first are those who asked longest ago
        if len(self._left) > _MOST:
            del self._left[next(iter(self._left))]
        if left.amount < 1:
            wait = max(1, round((1 - left.amount) * 60 / max(self.per_minute, 1)))
            raise Refusal(
                429,
                f"Plus de {self.per_minute} demandes par minute : réessayez dans {wait} s.",
                f"More than {self.per_minute} requests a minute: try again in {wait} s.",
                headers={"Retry-After": str(wait)},
            )
        left.amount -= 1
