"""The profiles of a catalogue: `shapes list` and `shapes install`."""

from collections.abc import Iterator
from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import door, installed, with_config
from red_catalog.pipeline.desk import checking, reporting
from red_catalog.terminal.plain import clean, print_json
from red_catalog.terminal.writing import print_table
from red_catalog.validation.profiles import Profile


@click.group()
def shapes() -> None:
    """The profiles that descriptions can be checked against."""


@shapes.command("list")
@with_config
def list_shapes(config_path: Path, *, as_json: bool) -> None:
    """List the profiles: ours, and those installed in this catalogue."""
    rows = reporting.profiles_to_plain(installed(config_path))
    if as_json:
        print_json(rows)
    else:
        head = ["name", "release", "title", "origin", "digest"]
        cells = [[row[name] for name in head] for row in rows]
        print_table("Profiles", head, cells, ["digest", "origin", "release"])


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
    for sentence in _tell_missing(profile):
        click.echo(clean(sentence), err=True)


def _tell_missing(profile: Profile) -> Iterator[str]:
    """What the profile goes without, so that it may check less than its authors meant."""
    if profile.imports:
        named = ", ".join(profile.imports)
        yield f"Imports are not followed: {named}. Install a folder that holds their files, too."
    if profile.left_out:
        yield f"Left out, since it never runs here: {', '.join(profile.left_out)}."
