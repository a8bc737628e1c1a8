"""What commands share: `--config`, `--json`, the clock, and the door to other servers."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click
from click.core import ParameterSource

from red_catalog import config
from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.http import Http, user_agent
from red_catalog.pipeline.harvest.harvesting import Clock, utc_now

Command = Callable[..., Any]

_DIGITS: Final = 12  # seconds of so many are beyond the year 5138, where sums of months end


def with_config(command: Command) -> Command:
    """Adds `--config` and `--json`, which every command on a catalogue takes that tells facts."""
    return with_place(click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command))


def with_place(command: Command) -> Command:
    """Adds `--config`, which every command on a catalogue takes."""
    path = click.Path(path_type=Path, dir_okay=False)
    return click.option(
        "--config", "config_path", default="red.toml", show_default=True, type=path,
        help="The configuration file.",
    )(command)  # fmt: skip


def with_lang(what: str) -> Callable[[Command], Command]:
    """Adds `--lang`, the language of what is written."""
    return click.option(
        "--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True,
        help=f"The language of {what}.",
    )  # fmt: skip


def installed(config_path: Path) -> Path | None:
    """The folder of the profiles installed in a catalogue; None without one, and none was named."""
    where = click.get_current_context().get_parameter_source("config_path")
    if where is ParameterSource.DEFAULT and not config_path.exists():
        return None
    return config.load(config_path).shapes


def clock() -> Clock:
    """The clock, stopped at SOURCE_DATE_EPOCH where that is set.

    Raises RedError where it is set to what is no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return utc_now
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) < _DIGITS):
        raise RedError(
            f"SOURCE_DATE_EPOCH is `{epoch}`: set it to whole seconds since 1970, or to nothing "
            "by `unset SOURCE_DATE_EPOCH`."
        )
    fixed = datetime.fromtimestamp(int(epoch), UTC)
    return lambda: fixed


def door(settings: Config) -> Http:
    """The way to other servers that this catalogue allows."""
    agent = user_agent(settings.catalogue.contact)
    return Http(settings.var / "cache", agent, settings.limits)
