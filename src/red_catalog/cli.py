"""The command line: one verb a stage, thin."""

import io
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Final

import click

from red_catalog import __version__
from red_catalog.commands.table import COMMANDS
from red_catalog.errors import RedError, find_trouble
from red_catalog.terminal.events import print_trouble

_ENDED: Final = 128 + signal.SIGTERM
_told: list[float] = []


class _Ended(KeyboardInterrupt):
    """SIGTERM came. What is open is closed, as at Ctrl-C."""


def main() -> None:
    """Runs the command line and exits with the code that scripts depend on."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not in UTF-8 has no ≥: the rest of the sentence is still read.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _end)
    code = run_command(sys.argv[1:])
    if code == _ENDED:
        # By the signal itself, where the system lets it: service managers take that for well.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTERM)
    sys.exit(code)


def _open_closed() -> None:
    """Lets what is said to a stream that was closed (`2>&-`) lead nowhere, as to /dev/null."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _end(_number: int, _frame: FrameType | None) -> None:
    # `timeout` sends it twice at once: the second one would break what the first one closes.
    now = monotonic()
    if not _told or now - _told[-1] > 1:
        _told.append(now)
        raise _Ended


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of a command line (docs/command-line.md)."""
    try:
        return cli.main(list(arguments), "red-catalog", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt) as error:
        ended = isinstance(error.__cause__ or error, _Ended)
        click.echo(f"red-catalog: {'ended by SIGTERM' if ended else 'interrupted'}.", err=True)
        return _ENDED if ended else 130
    except RedError as error:
        return _tell(error, arguments)
    except Exception as error:  # noqa: BLE001  a bug keeps its traceback, and its own exit code
        trouble = find_trouble(error) if isinstance(error, OSError) else None
        if trouble is not None:
            return _tell(trouble, arguments)
        traceback.print_exc()
        return 5


def _tell(error: RedError, arguments: Sequence[str]) -> int:
    print_trouble(error, "json" if _is_logging_json(arguments) else "text")
    return error.exit_code


def _is_logging_json(arguments: Sequence[str]) -> bool:
    """Whether stderr is a structured log, in which everything is an event."""
    return any(
        a == "--log=json" or pair == ("--log", "json")
        for a, pair in zip(arguments, [*pairwise(arguments), ("", "")], strict=True)
    )


class _OnDemand(click.Group):
    """A group that loads a command when it is asked for: together they take a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's own words
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"red_catalog.commands.{module}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """All commands in a line each, none of them loaded."""
        room = formatter.width - 6 - max(map(len, COMMANDS))
        stubs = [click.Command(name, help=told) for name, (_, told) in COMMANDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl([(s.name or "", s.get_short_help_str(room)) for s in stubs])


@click.group(cls=_OnDemand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """The catalogue of health datasets: harvest, check, publish, serve."""
