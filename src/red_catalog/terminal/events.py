"""What goes to stderr while work goes on: a progress bar, a log, or what went wrong."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from red_catalog.errors import RedError
from red_catalog.pipeline.harvest.progress import Event, Listener, keep_silent
from red_catalog.terminal.plain import clean


@contextmanager
def listening(log: str, sources: int) -> Iterator[Listener]:
    """What hears the events of a harvest: a JSON log, a progress bar on a terminal, or nobody."""
    if log == "json":
        yield _log_json
        return
    troubles: list[str] = []
    with _showing(sources) as show:

        def tell(event: Event) -> None:
            if event.name == "misconfigured":
                troubles.append(str(event.facts["message"]))
            show(event)

        yield tell
    # Sources are asked by several threads.
    for trouble in sorted(troubles):
        sys.stderr.write(f"red-catalog: {clean(trouble)}\n")


@contextmanager
def _showing(sources: int) -> Iterator[Listener]:
    """Shows how far a harvest is where somebody looks on."""
    if not sys.stderr.isatty():
        yield keep_silent
        return
    # Here: most harvests run where nobody looks, and a bar takes long to load.
    from red_catalog.terminal.bar import showing  # noqa: PLC0415

    with showing(sources) as show:
        yield show


def _log_json(event: Event) -> None:
    """One event on a line; JSON's own escapes leave no raw control character."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    facts = {"time": moment, "event": event.name, "source": event.source, **event.facts}
    sys.stderr.write(json.dumps(facts, default=str) + "\n")


def print_trouble(error: RedError, log: str) -> None:
    """What the operator must mend, on stderr: a sentence, or an event of the log."""
    if log == "json":
        facts = {"message": str(error), "exit_code": error.exit_code}
        _log_json(Event("error", "", facts))
    else:
        sys.stderr.write(f"red-catalog: {clean(str(error))}\n")
