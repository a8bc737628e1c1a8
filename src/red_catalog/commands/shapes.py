"""The profiles of a catalogue: `shapes list` and `shapes install`."""

from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import door, with_config
from red_catalog.pipeline.desk import checking, reporting
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.writing import print_table


@click.group()
def shapes() -> None:
    """The profiles that descriptions can be checked against."""


@shapes.command("list")
@with_config
def list_shapes(config_path: Path, *, as_json: bool) -> None:
    """List the profiles: ours, and those installed in this catalogue."""
    installed = config.load(config_path).shapes if config_path.exists() else None
    rows = reporting.profiles_to_plain(installed)
    if as_json:
        print_json(rows)
    else:
        cells = [list(row.values()) for row in rows]
        print_table("Profiles", list(rows[0]), cells, ["digest", "origin", "release"])


@shapes.command("install")
@click.argument("location")
@click.option("--name", help="What to call the profile; default: as the file or folder is called.")
@click.option("--release", help="Its version; default: what the shapes say.")
@with_config
def install_shapes(
    config_path: Path, location: str, name: str | None, release: str | None, *, as_json: bool
) -> None:
    """Install the shapes in a file or folder, or at a URL, as a profile of this catalogue."""
    settings = config.load(config_path)
    with door(settings) as http:
        profile = checking.install_shapes(location, name, settings.shapes, release, http)
    if as_json:
        print_json(reporting.profile_to_plain(profile))
    else:
        click.echo(f"Installed {profile.name}, release {profile.release}, {profile.digest}")
