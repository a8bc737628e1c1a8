"""From the register to the live release."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from red_catalog import vocabulary
from red_catalog.config import Config
from red_catalog.model import Entry, Run
from red_catalog.publish import release
from red_catalog.register.ledger import Register
from red_catalog.store import embedded

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. `fresh` is False where the live release was already right."""

    fresh: bool
    datasets: int
    withdrawn: int

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


def publish(config: Config, register: Register) -> Published:
    """Prepares a release beside the live one, fills its store, and switches to it."""
    entries = list(register.entries())
    runs = [run for s in config.sources for run in register.runs(s.id, only_eventful=True)]
    prepared = release.prepare(
        config, entries, runs, _moment(entries, runs), trend=register.trend("catalogue")
    )
    if prepared is not None:
        dump = prepared.folder / "site" / "dumps" / "catalogue.nq.gz"
        embedded.build(prepared.folder / "store", dump, vocabulary.triples())
        release.switch(config, prepared)
    release.prune(config)
    withdrawn = sum(e.withdrawn_at is not None for e in entries)
    return Published(prepared is not None, len(entries) - withdrawn, withdrawn)


def _moment(entries: list[Entry], runs: list[Run]) -> datetime:
    """When the register last changed: the only time that a release knows."""
    return max([_EPOCH, *(e.changed for e in entries), *(r.ended for r in runs)])
