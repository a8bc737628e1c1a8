"""The code lists: `vocab list`."""

from pathlib import Path

import click

from red_catalog.commands.options import installed, with_config
from red_catalog.pipeline.desk import reporting
from red_catalog.rdf.terms import make_iri
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.writing import print_table
from red_catalog.validation.advice.pasting import shorten
from red_catalog.validation.listing import CodeList, code_lists


@click.group()
def vocab() -> None:
    """The code lists that descriptions take values from."""


@vocab.command("list")
@with_config
def list_lists(config_path: Path, *, as_json: bool) -> None:
    """List the code lists, with the properties whose values come from each."""
    found = code_lists(installed(config_path))
    if as_json:
        print_json([reporting.list_to_plain(one) for one in found])
    else:
        rows = [[one.name["en"], one.codes, _properties(one), one.iri, one.digest] for one in found]
        head = ["name", "codes", "used by", "list", "digest"]
        print_table("Code lists", head, rows, ["digest", "list"])


def _properties(one: CodeList) -> str:
    """The properties, each once; `names only` where a list only gives names to its codes."""
    return ", ".join(sorted({shorten(make_iri(path)) for _, path in one.used_by})) or "names only"
