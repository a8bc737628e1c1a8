"""A catalogue begun and kept well: `init`, `backup`, `restore`, `withdraw` and `erase`."""

from pathlib import Path
from shlex import quote
from typing import Final

import click

from red_catalog import config
from red_catalog.commands.options import clock, with_config
from red_catalog.pipeline.desk import erasing, initialising, keys, withdrawing
from red_catalog.register.ledger import Register
from red_catalog.terminal.plain import clean, print_json
from red_catalog.terminal.runs import run_to_plain

_UNKNOWN: Final = (
    "What was done after the backup could not be taken over. Numbers of events may be used twice:"
    " tell whoever reads the feeds to begin again. Keys that were revoked since open again: see"
    " `red-catalog token list`. Nothing is published before every source is harvested, or at least"
    " tried, for what was withdrawn or marked private since would be public again: before that,"
    " have holders take back what they had handed in. What they attested since is to be attested"
    " again."
)
_SEND: Final = (
    "{0} may have what this catalogue does not know: once published, run `red-catalog push {0}"
    " --rebuild`, and have deleted there what was published after the backup.",
    "{0} may have what this catalogue does not know: once published, run `red-catalog push {0}"
    " --verify`.",
)
_STILL: Final = (
    "Backups, var/register.before-*.db, var/cache, earlier releases and whoever read the feeds may"
    " still have it: docs/guides/operator.md tells what to do."
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Write a commented configuration that works into FOLDER."""
    for path in initialising.initialise(folder):
        click.echo(path)
    click.echo(f"Next: red-catalog run --config {quote(str(folder / 'red.toml'))}", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_config
def backup(config_path: Path, file: Path, *, as_json: bool) -> None:
    """Copy the register to a FILE while everything goes on."""
    written = keys.back_up(config.load(config_path), file)
    if as_json:
        print_json({"file": str(written)})
    else:
        click.echo(written)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@with_config
def restore(config_path: Path, file: Path, *, as_json: bool) -> None:
    """Put a backup FILE in the register's place; what was there is kept beside it."""
    settings = config.load(config_path)
    done = keys.restore(settings, file, clock()())
    before = done.before
    if as_json:
        print_json({"before": str(before) if before else None, "goes_on": done.goes_on})
    else:
        click.echo(f"Restored. What was there before: {before}" if before else "Restored.")
    if not done.goes_on:
        click.echo(_UNKNOWN, err=True)
        for target in settings.targets:
            click.echo(_SEND[target.kind == "sparql"].format(target.id), err=True)
    # Never `publish` alone: what sources mark private is taken up before anything is public.
    click.echo("Next: red-catalog doctor, then red-catalog run", err=True)


@click.command()
@click.argument("source")
@with_config
def withdraw(config_path: Path, source: str, *, as_json: bool) -> None:
    """Withdraw what a SOURCE gave that red.toml no longer has."""
    settings = config.load(config_path)
    with settings.locked(), Register.open(settings.register) as register:
        run = withdrawing.withdraw(settings, register, source, clock())
    if as_json:
        print_json(run_to_plain(run))
    else:
        click.echo(f"{source}: {len(run.outcomes)} withdrawn.")
    click.echo("Next: red-catalog publish", err=True)


@click.command()
@click.argument("datasets", metavar="DATASET …", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Of every dataset.")
@with_config
def erase(config_path: Path, datasets: tuple[str, ...], *, every: bool, as_json: bool) -> None:
    """Erase for good, from earlier versions, what the holder of a DATASET marked private since.

    DATASET: its IRI, or the name of its page.
    """
    if bool(datasets) == every:
        raise click.UsageError("Name datasets by their IRI or page, or give --all.")
    found = erasing.erase(config.load(config_path), datasets, clock()())
    if as_json:
        print_json([one.to_plain() for one in found])
    else:
        told = [one.tell() for one in found if one.versions or datasets]
        click.echo(clean("\n".join(told or ["Nothing to erase."])))
    if any(one.versions for one in found):
        click.echo(_STILL, err=True)
