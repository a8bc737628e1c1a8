"""`harvest`: from the sources to the register."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from red_catalog import config
from red_catalog.commands.options import Command, clock, door, with_config
from red_catalog.errors import RedError, RemovalError, SourcesError
from red_catalog.model import Run, Source
from red_catalog.pipeline.harvest.clustering import cluster
from red_catalog.pipeline.harvest.crewing import Workers
from red_catalog.pipeline.harvest.harvesting import Bugs, Harvester
from red_catalog.register.ledger import Register
from red_catalog.terminal.events import listening, print_trouble
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.runs import print_runs, run_to_plain

Letters = Callable[[Register], object]


def with_harvesting(command: Command) -> Command:
    """Adds what `harvest` and `run` both take, in the order that help tells it."""
    for option in (
        click.option(
            "--log",
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
            help="What goes to stderr: a progress bar on a terminal, or one JSON object an event.",
        ),
        click.option("--accept-removals", is_flag=True, help="Let many datasets vanish."),
        click.option(
            "--scheduler", metavar="ADDRESS", help="Examine on this Dask cluster instead."
        ),
        click.option("--workers", type=click.IntRange(1), help="Processes; default: one a core."),
        click.argument("sources", nargs=-1),
    ):
        command = option(command)
    return with_config(command)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@with_harvesting
def harvest(config_path: Path, *, as_json: bool, **options: Any) -> None:
    """Harvest all SOURCES, or those named."""
    settings = config.load(config_path)
    with raising_bugs(options["log"]) as bugs:
        with settings.locked(), Register.open(settings.register) as register:
            runs = harvest_sources(settings, register, bugs, **options)
        if as_json:
            print_json([run_to_plain(run) for run in runs])
        else:
            print_runs(runs, options["log"])
        silent = options["dry_run"] or settings.notify.mode == "never"
        conclude(settings, runs, options["log"], *([] if silent else [_letters(settings, runs)]))


@contextmanager
def raising_bugs(log: str) -> Iterator[Bugs]:
    """Raises the first bug of single sources once all else is done, whatever else is told."""
    bugs: Bugs = []
    try:
        yield bugs
    except RedError as trouble:
        if not bugs:
            raise
        print_trouble(trouble, log)
    except Exception as bug:
        if not bugs:
            raise
        raise bug from bugs[0]  # both are told
    if bugs:
        raise bugs[0]


def harvest_sources(  # noqa: PLR0913  one argument an option
    settings: config.Config,
    register: Register,
    bugs: Bugs,
    *,
    sources: Sequence[str],
    workers: int | None,
    accept_removals: bool,
    dry_run: bool,
    log: str,
    scheduler: str | None = None,
) -> list[Run]:
    """What came of harvesting these sources, all of them by default; `bugs` takes theirs."""
    wanted = dict.fromkeys(sources)
    chosen: Sequence[Source] = [settings.source(s) for s in wanted] or settings.sources
    with (
        _executor(workers, scheduler) as executor,
        door(settings) as http,
        listening(log, len(chosen)) as tell,
    ):
        harvester = Harvester(settings, register, http, executor, clock(), accept_removals, tell)
        if not dry_run:
            return list(harvester.harvest_all(chosen, bugs))
        runs = []
        for change in harvester.examine_all(chosen, bugs):
            harvester.tell_run(change.run)
            runs.append(change.run)
        return runs


def _letters(settings: config.Config, runs: Sequence[Run]) -> Letters:
    # Here: most harvests send none.
    from red_catalog.pipeline.letters.notifying import notify  # noqa: PLC0415

    return lambda register: notify(settings, register, runs)


@contextmanager
def _executor(workers: int | None, scheduler: str | None) -> Iterator[Executor | None]:
    """A cluster or a pool of processes; None for one worker, which is this process."""
    count = workers or os.cpu_count() or 1
    if scheduler is not None:
        with cluster(scheduler) as executor:
            yield executor
    elif count == 1:
        yield None
    else:
        with Workers(count) as executor:
            yield executor


def conclude(settings: config.Config, runs: Sequence[Run], log: str, *letters: Letters) -> None:
    """Sends the letters; raises RedError for the gravest that there is to say.

    Mail that could not be sent hides no failed source, and the other way round.
    """
    troubles = []
    for send in letters:
        try:
            with Register.open(settings.register) as register:
                send(register)
        except RedError as error:
            troubles.append(error)
    sound = all(run.status == "ok" for run in runs)
    last = troubles.pop() if troubles and sound else None
    for trouble in troubles:
        print_trouble(trouble, log)
    if last:
        raise last
    _raise_for(runs)


def _raise_for(runs: Sequence[Run]) -> None:
    guarded = [run.source for run in runs if run.status == "guarded"]
    if guarded:
        raise RemovalError(
            f"Too many datasets would vanish from {', '.join(guarded)}: check (`red-catalog diff "
            f"{guarded[0]}`), then run `red-catalog run {' '.join(guarded)} --accept-removals`."
        )
    failed = [run.source for run in runs if run.status != "ok"]
    if failed:
        raise SourcesError(
            f"Not everything in {', '.join(failed)} could be read, for the reasons above; "
            "what the catalogue already had of the rest stays."
        )
