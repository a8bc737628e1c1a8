"""A progress bar for whoever looks on."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from red_catalog.pipeline.harvest.progress import Event, Listener
from red_catalog.terminal.plain import clean
from red_catalog.terminal.writing import console


@contextmanager
def showing(sources: int) -> Iterator[Listener]:
    """A bar of so many sources on stderr, gone at the end."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console(err=True), transient=True) as bar:
        task = bar.add_task("…", total=sources)
        yield partial(_show, bar, task)


def _show(bar: Progress, task: TaskID, event: Event) -> None:
    documents = event.facts.get("documents")
    text = event.source if documents is None else f"{event.source} ({documents})"
    bar.update(task, description=clean(text), advance=event.name == "ended")
