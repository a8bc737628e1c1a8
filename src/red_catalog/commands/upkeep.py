"""A catalogue begun and kept well: `init`, `backup`, `restore` and `withdraw`."""

from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import clock, with_config
from red_catalog.pipeline.desk import initialising, keys, withdrawing
from red_catalog.register.ledger import Register
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.runs import run_to_plain


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Write a commented configuration that works into FOLDER."""
    for path in initialising.initialise(folder):
        click.echo(path)
    click.echo(f"Next: red-catalog run --config {folder / 'red.toml'}", err=True)


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
    aside = keys.restore(config.load(config_path), file, clock()())
    if as_json:
        print_json({"before": str(aside) if aside else None})
    else:
        click.echo(f"Restored. What was there before: {aside}" if aside else "Restored.")
    click.echo("Next: red-catalog doctor, then red-catalog publish", err=True)


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
