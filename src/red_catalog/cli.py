"""The command line: one verb a stage, thin."""

import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from red_catalog import __version__, config, terminal
from red_catalog.commands.checks import check
from red_catalog.commands.declarations import convert, template
from red_catalog.commands.harvests import harvest, publish, run
from red_catalog.commands.holders import holder
from red_catalog.commands.options import with_config
from red_catalog.commands.pushing import push
from red_catalog.commands.reports import diff, report, status
from red_catalog.commands.reviews import attest, evidence, history, remind, reviews
from red_catalog.commands.shapes import shapes
from red_catalog.commands.tokens import token
from red_catalog.commands.upkeep import backup, doctor, init, restore
from red_catalog.errors import RedError

_COMMANDS = (
    init, check, harvest, publish, run, status, report, diff, template, convert, shapes, token,
    backup, restore, doctor, holder, attest, evidence, history, remind, reviews, push,
)  # fmt: skip


def main() -> None:
    """Runs the command line and exits with the code that scripts depend on."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of a command line (DESIGN.md, section 7)."""
    try:
        return cli.main(list(arguments), "red-catalog", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("red-catalog: interrupted.", err=True)
        return 130
    except RedError as error:
        terminal.print_trouble(error, "json" if _is_logging_json(arguments) else "text")
        return error.exit_code
    except Exception:  # noqa: BLE001  a bug keeps its traceback, and its own exit code
        traceback.print_exc()
        return 5


def _is_logging_json(arguments: Sequence[str]) -> bool:
    """Whether stderr is a structured log, in which everything is an event."""
    return any(
        a == "--log=json" or pair == ("--log", "json")
        for a, pair in zip(arguments, [*pairwise(arguments), ("", "")], strict=True)
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """The catalogue of health datasets: harvest, check, publish, serve."""


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes answer; each has SPARQL workers of its own.",
)
@with_config
def serve(config_path: Path, host: str, port: int, processes: int, *, as_json: bool) -> None:  # noqa: ARG001
    """Serve the live release: pages, files and SPARQL."""
    # Here: what serves takes as long to load as all the rest, which the other commands would pay.
    from red_catalog.serve.running import serve as serve_release  # noqa: PLC0415

    serve_release(config.load(config_path), host, port, processes)


for command in _COMMANDS:
    cli.add_command(command)
