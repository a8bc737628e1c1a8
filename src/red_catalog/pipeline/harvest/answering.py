"""Finding out which addresses answer, with bounds: for the quality scores, never for more."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from red_catalog.config import Validation
from red_catalog.http import Http
from red_catalog.model import Source
from red_catalog.register.addresses import Tried

_HOSTS_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks addresses of a source through the door. `settings` bound how many and how long."""

    http: Http
    source: Source
    settings: Validation

    def ask(
        self, addresses: Iterable[str], known: Mapping[str, Tried], now: datetime
    ) -> dict[str, bool]:
        """What the addresses answer that were never tried, or too long ago.

        Those that must not or could not be asked, or whose turn did not come, are left out.
        """
        due = [a for a in set(addresses) if self._is_due(known.get(a), now)]
        # Who was never tried comes first, then who waits longest.
        due.sort(key=lambda a: (known[a].moment.isoformat() if a in known else "", a))
        hosts: dict[str, list[str]] = {}
        for address in due:
            hosts.setdefault(_host(address), []).append(address)
        until = monotonic() + self.settings.address_seconds
        queues = [some[: self.settings.addresses_per_host] for _, some in sorted(hosts.items())]
        with ThreadPoolExecutor(_HOSTS_AT_ONCE, "address") as threads:
            told = list(threads.map(lambda queue: self._ask_host(queue, until), queues))
        return {address: answer for one in told for address, answer in one.items()}

    def _ask_host(self, addresses: Iterable[str], until: float) -> dict[str, bool]:
        """What one server's addresses answer, one after the other until the time is over."""
        told: dict[str, bool] = {}
        for address in addresses:
            if monotonic() >= until:
                break
            answer = self.http.answers(address, self.source)
            if answer is not None:
                told[address] = answer
        return told

    def _is_due(self, tried: Tried | None, now: datetime) -> bool:
        return tried is None or now - tried.moment >= timedelta(days=self.settings.address_days)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
