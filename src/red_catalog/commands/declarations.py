"""Holders without RDF: `template` and `convert`."""

from collections.abc import Sequence
from pathlib import Path

import click

from red_catalog.commands.options import with_lang
from red_catalog.pipeline.desk import spreadsheets
from red_catalog.terminal.checks import print_converted
from red_catalog.terminal.plain import print_json


@click.command()
@click.argument("path", metavar="FILE.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@with_lang("its headings and lists")
@click.option(
    "--access",
    type=click.Choice(["PUBLIC", "RESTRICTED", "NON_PUBLIC"], case_sensitive=False),
    default="NON_PUBLIC",
    metavar="[PUBLIC|RESTRICTED|NON_PUBLIC]",
    show_default=True,
    help="The access level that most of the datasets have.",
)
def template(path: Path, lang: str, access: str) -> None:
    """Write the workbook in which holders without RDF describe their datasets."""
    spreadsheets.make_template(path, lang, access)
    click.echo(path)


@click.command()
@click.argument(
    "paths",
    metavar="FILE.xlsx|FILE.csv...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The file of Turtle to write.")  # fmt: skip
@click.option("--base", help="What the addresses of datasets without one begin with.")
@with_lang("what is told")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def convert(
    paths: Sequence[Path], output: Path, base: str | None, lang: str, *, as_json: bool
) -> int:
    """Turn a workbook, or the CSV files of one declaration, into Turtle."""
    converted = spreadsheets.convert(paths, output, base)
    if as_json:
        print_json(converted.to_plain())
    else:
        print_converted(converted, output, lang)
    return int(bool(converted.mistakes))
