"""The catalogue brought up to date: `harvest`, `publish` and `run`."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import click

from red_catalog import config, terminal
from red_catalog.commands.options import Command, clock, door, with_config
from red_catalog.errors import RedError, RemovalError, SourcesError
from red_catalog.model import Run, Source
from red_catalog.pipeline.clustering import cluster
from red_catalog.pipeline.harvesting import Harvester
from red_catalog.pipeline.notifying import notify
from red_catalog.pipeline.publishing import publish as publish_release
from red_catalog.pipeline.reminding import remind as send_reminders
from red_catalog.register.ledger import Register

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
    with settings.locked(), Register.open(settings.register) as register:
        runs = _harvest(settings, register, **options)
    if as_json:
        terminal.print_json([terminal.run_to_plain(run) for run in runs])
    else:
        terminal.print_runs(runs, options["log"])
    letters = [] if options["dry_run"] else [lambda register: notify(settings, register, runs)]
    _conclude(settings, runs, options["log"], *letters)


@click.command()
@with_config
def publish(config_path: Path, *, as_json: bool) -> None:
    """Publish what the register holds as a new release."""
    settings = config.load(config_path)
    with settings.locked(), Register.open(settings.register) as register:
        published = publish_release(settings, register)
    if as_json:
        terminal.print_json(published.to_plain())
    else:
        terminal.print_published(published, settings.public / "current" / "site")


@click.command()
@with_harvesting
def run(config_path: Path, *, as_json: bool, **options: Any) -> None:
    """Harvest, then publish."""
    settings = config.load(config_path)
    with settings.locked(), Register.open(settings.register) as register:
        runs = _harvest(settings, register, dry_run=False, **options)
        published = publish_release(settings, register)
    if as_json:
        harvested = [terminal.run_to_plain(run) for run in runs]
        terminal.print_json({"harvest": harvested, "publish": published.to_plain()})
    else:
        terminal.print_runs(runs, options["log"])
        terminal.print_published(published, settings.public / "current" / "site")
    _conclude(
        settings, runs, options["log"],
        lambda register: notify(settings, register, runs),
        lambda register: send_reminders(settings, register, clock()()),
    )  # fmt: skip


def _harvest(  # noqa: PLR0913  one argument an option
    settings: config.Config,
    register: Register,
    *,
    sources: Sequence[str],
    workers: int | None,
    accept_removals: bool,
    dry_run: bool,
    log: str,
    scheduler: str | None = None,
) -> list[Run]:
    chosen: Sequence[Source] = [settings.source(s) for s in sources] or settings.sources
    with (
        _executor(workers, scheduler) as executor,
        door(settings) as http,
        terminal.listening(log, len(chosen)) as tell,
    ):
        harvester = Harvester(settings, register, http, executor, clock(), accept_removals, tell)
        if not dry_run:
            return list(harvester.harvest_all(chosen))
        runs = []
        for change in harvester.examine_all(chosen):
            harvester.tell_run(change.run)
            runs.append(change.run)
        return runs


def worker_context() -> ForkServerContext:
    """How processes that share the work come to be: forked from one that loaded the program.

    Otherwise each of them would load all of it again, which costs it more than its start.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["red_catalog.cli"])
    return context


@contextmanager
def _executor(workers: int | None, scheduler: str | None) -> Iterator[Executor | None]:
    """A cluster or a pool of processes; None for one worker, which is this process."""
    if scheduler is not None:
        with cluster(scheduler) as executor:
            yield executor
        return
    count = workers or os.cpu_count() or 1
    if count == 1:
        yield None
        return
    with ProcessPoolExecutor(count, mp_context=worker_context()) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _conclude(settings: config.Config, runs: Sequence[Run], log: str, *letters: Letters) -> None:
    """Sends the letters; raises RedError for the gravest that there is to say.

    Mail that could not be sent hides no failed source, and the other way round.
    """
    try:
        with Register.open(settings.register) as register:
            for send in letters:
                send(register)
    except RedError as error:
        if all(run.status == "ok" for run in runs):
            raise
        terminal.print_trouble(error, log)
    _raise_for(runs)


def _raise_for(runs: Sequence[Run]) -> None:
    guarded = [run.source for run in runs if run.status == "guarded"]
    if guarded:
        raise RemovalError(
            f"Too many datasets would vanish from {', '.join(guarded)}: check, then run again "
            "with --accept-removals."
        )
    failed = [run.source for run in runs if run.status != "ok"]
    if failed:
        raise SourcesError(
            f"Not everything in {', '.join(failed)} could be read, for the reasons above; "
            "what the catalogue already had of the rest stays."
        )
