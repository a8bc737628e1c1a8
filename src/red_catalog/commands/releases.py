"""Publishing what the register holds: `publish` and `run`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from red_catalog import config
from red_catalog.commands.harvests import conclude, harvest_sources, raising_bugs, with_harvesting
from red_catalog.commands.options import clock, with_config
from red_catalog.errors import RedError
from red_catalog.model import Run
from red_catalog.pipeline.letters.notifying import notify
from red_catalog.pipeline.letters.reminding import remind as send_reminders
from red_catalog.pipeline.publishing import Published
from red_catalog.pipeline.publishing import publish as publish_release
from red_catalog.register.ledger import Register
from red_catalog.terminal.events import print_trouble
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.runs import print_runs, run_to_plain
from red_catalog.terminal.standings import print_published


@click.command()
@click.option("--afresh", is_flag=True, help="Write everything anew, even what did not change.")
@with_config
def publish(config_path: Path, *, as_json: bool, afresh: bool) -> None:
    """Publish what the register holds as a new release."""
    settings = config.load(config_path)
    with settings.locked(), Register.open(settings.register) as register:
        published = publish_release(settings, register, clock()(), afresh=afresh)
    if as_json:
        print_json(published.to_plain())
    else:
        print_published(published, settings.public / "current" / "site")
    if published.bug:
        raise published.bug


@click.command()
@click.option(
    "--wait",
    type=click.IntRange(0),
    default=0,
    metavar="SECONDS",
    help="How long to wait where another red-catalog is writing.",
)
@with_harvesting
def run(config_path: Path, *, as_json: bool, wait: int, **options: Any) -> None:
    """Harvest, then publish."""
    settings = config.load(config_path)
    with raising_bugs(options["log"]) as bugs, settings.locked(wait):
        with Register.open(settings.register) as register:
            runs = harvest_sources(settings, register, bugs, dry_run=False, **options)
            published = _publish(settings, register, runs, options["log"])
        if as_json:
            harvested = [run_to_plain(run) for run in runs]
            print_json({"harvest": harvested, "publish": published.to_plain()})
        else:
            print_runs(runs, options["log"])
            print_published(published, settings.public / "current" / "site")
        if published.bug:
            bugs.append(published.bug)
        conclude(
            settings, runs, options["log"],
            lambda register: notify(settings, register, runs),
            # Nobody writes for long meanwhile: what was mailed is noted at once.
            lambda register: send_reminders(settings, register, clock()()),
        )  # fmt: skip


def _publish(
    settings: config.Config, register: Register, runs: Sequence[Run], log: str
) -> Published:
    """Publishes. Where that fails letters go out all the same: the next harvest sees no change."""
    try:
        return publish_release(settings, register, clock()())
    except Exception:
        try:
            notify(settings, register, runs)
        except RedError as error:
            print_trouble(error, log)
        raise
