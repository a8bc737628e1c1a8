"""Whether harvests are made, and bring anything: nobody misses them for long otherwise."""

from datetime import datetime, timedelta
from typing import Final

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.register.ledger import Register

_MISSED: Final = 48  # hours without a harvest that are no mishap, and twice those of the source
_LASTING: Final = timedelta(days=7)  # in which a source that fails may come back by itself


def check_harvests(config: Config, now: datetime) -> str:
    """Raises RedError where sources are harvested no more, or nothing comes of it for days."""
    with Register.open(config.register) as register:
        # The run that told it first: those that only repeat it are no events.
        told = [run for s in config.sources for run in register.runs(s.id, only_eventful=True)]
        latest = [(run.ended, s) for s in config.sources for run in register.runs(s.id)]
    late = [
        (ended, source)
        for ended, source in latest
        if now - ended > timedelta(hours=max(2 * source.every_hours, _MISSED))
    ]
    if late:
        ended, source = min(late, key=lambda one: one[0])
        raise RedError(
            f"{source.id} was last asked on {ended:%Y-%m-%d}, and is due every"
            f" {source.every_hours:g} hours (late: {len(late)} of {len(config.sources)} sources):"
            " see that the timer or cron runs `red-catalog run`, or mend `every_hours`."
        )
    lasting = [r for r in told if r.status in {"failed", "guarded"} and now - r.ended > _LASTING]
    if lasting:
        first = min(lasting, key=lambda run: run.ended)
        raise RedError(
            f"Nothing is taken from {first.source} since {first.ended:%Y-%m-%d}, which is"
            f" {first.status} ({len(lasting)} of {len(config.sources)} sources for days): see"
            f" `red-catalog diff {first.source}`."
        )
    return "made when they are due"
