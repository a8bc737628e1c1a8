"""Whether harvests are made at all: nobody misses them for long otherwise."""

from datetime import datetime, timedelta
from typing import Final

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.register.ledger import Register

_MISSED: Final = 48  # hours without a harvest that are no mishap, and twice those of the source


def check_harvests(config: Config, now: datetime) -> str:
    """Raises RedError where sources that were harvested are so no more, well or not."""
    with Register.open(config.register) as register:
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
    return "made when they are due"
