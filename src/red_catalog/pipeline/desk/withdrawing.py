"""Datasets of sources and holders that the configuration no longer has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.model import Outcome, Run, State
from red_catalog.pipeline.harvest.comparing import compare
from red_catalog.pipeline.harvest.wording import say
from red_catalog.register.ledger import Change, Register


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Datasets that stay published though `red.toml` no longer has their source or holder."""

    what: str
    id: str
    datasets: int

    def tell(self) -> str:
        """How many there are, and what to do."""
        if self.datasets == 1:
            told = f"1 dataset of the {self.what} {self.id}, which red.toml no longer has, stays"
        else:
            told = (
                f"{self.datasets} datasets of the {self.what} {self.id}, which red.toml no longer "
                "has, stay"
            )
        withdraw = f", or run `red-catalog withdraw {self.id}`, then `red-catalog publish`."
        hand_over = (
            " before a harvest gives what their sources describe to the holders that red.toml has "
            f'now, or write former = ["{self.id}"] in the holder that takes over, then harvest.'
        )
        rest = withdraw if self.what == "source" else hand_over
        return f"{told} published: put the {self.what} back{rest}"

    def to_plain(self) -> dict[str, Any]:
        """As `status --json` prints it, after sources and targets."""
        facts = {"abandoned": self.what, "id": self.id, "datasets": self.datasets}
        return {**facts, "message": self.tell()}


def find_abandoned(config: Config, register: Register) -> list[Abandoned]:
    """Live datasets of sources that are no longer configured, then those of such holders."""
    sources = {source.id for source in config.sources}
    holders = {one for holder in config.holders for one in (holder.id, *holder.former)}
    found: dict[tuple[str, str], int] = {}
    for source, holder, count in register.origins():
        if source not in sources:
            key = ("source", source)
        elif holder not in holders:
            key = ("holder", holder)
        else:
            continue
        found[key] = found.get(key, 0) + count
    ordered = sorted(found.items(), key=lambda one: (one[0][0] == "holder", one[0]))
    return [Abandoned(what, name, count) for (what, name), count in ordered]


def withdraw(config: Config, register: Register, source: str, clock: Callable[[], datetime]) -> Run:
    """Withdraws every dataset of a source that `red.toml` no longer has.

    Raises RedError for one that it has, and for one that has no dataset.
    """
    if any(one.id == source for one in config.sources):
        raise RedError(
            f"The source {source} is still in {config.file}: take it out first; of a source that "
            "stays, harvests withdraw what it no longer gives."
        )
    started = clock()
    live = [k.iri for k in register.known(source, ()).values() if not k.withdrawn]
    if not live:
        others = [a.id for a in find_abandoned(config, register) if a.what == "source"]
        known = f"there are some of: {', '.join(others)}." if others else "nothing is to be done."
        raise RedError(f"No dataset of a source {source} is in the catalogue; {known}")
    reason = say("source-gone", source=source)
    outcomes = tuple(Outcome(iri, State.WITHDRAWN, reason=reason) for iri in sorted(live))
    run = Run(0, source, started, clock(), "ok", outcomes=outcomes)
    # Put back, the source is to give again what it gave before.
    done = register.commit(Change(run=run, withdrawn=tuple(live), bookmark=""))
    compare(config, register)
    return done
