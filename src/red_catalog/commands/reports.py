"""How things stand: `status`, `report` and `diff`."""

from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.harvests import conclude
from red_catalog.commands.options import clock, door, with_config, with_lang
from red_catalog.pipeline.desk import reporting, reviewing
from red_catalog.pipeline.desk.withdrawing import Abandoned, find_abandoned
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.pipeline.letters.owing import Owed, find_owed
from red_catalog.register.ledger import Register
from red_catalog.terminal.checks import print_holder
from red_catalog.terminal.events import listening
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.runs import print_problems, run_to_plain
from red_catalog.terminal.standings import (
    print_differences,
    print_others,
    print_status,
    print_targets,
)


@click.command()
@with_config
def status(config_path: Path, *, as_json: bool) -> None:
    """Show each source at a glance."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        rows = reporting.status(settings, register)
        targets = reporting.balances(settings, register)
        others: list[Abandoned | Owed] = [*find_abandoned(settings, register), *find_owed(settings)]
    if as_json:
        print_json(
            [row.to_plain() for row in rows]
            + [row.to_plain() for row in targets]
            + [one.to_plain() for one in others]
        )
    else:
        print_status(rows)
        print_targets(targets)
        print_others(others)


@click.command()
@click.argument("holder")
@with_lang("the report")
@click.option("--fixes", is_flag=True, help="Print the fixes to copy.")
@with_config
def report(config_path: Path, holder: str, lang: str, *, as_json: bool, fixes: bool) -> None:
    """Print what a HOLDER should correct."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        found = reviewing.report(settings, register, settings.holder(holder), lang)
    if as_json:
        print_json(found.to_plain())
    else:
        print_holder(found, lang, fixes=fixes)


@click.command()
@click.argument("source")
@with_config
def diff(config_path: Path, source: str, *, as_json: bool) -> None:
    """Show what harvesting a SOURCE now would change."""
    settings = config.load(config_path)
    chosen = settings.source(source)
    with (
        Register.open(settings.register) as register,
        door(settings) as http,
        listening("text", 1) as tell,
    ):
        harvester = Harvester(settings, register, http, clock=clock(), tell=tell)
        run, changes = reporting.differences(harvester, chosen)
    if as_json:
        print_json({**run_to_plain(run), "changes": [change.to_plain() for change in changes]})
    else:
        print_differences(run, changes)
        print_problems(run)
    conclude(settings, [run], "text")
