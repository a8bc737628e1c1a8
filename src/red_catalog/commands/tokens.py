"""Keys of holders and of the access body: `token create`, `list`, `revoke` and `log`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import clock, with_config
from red_catalog.errors import RedError
from red_catalog.pipeline.desk import keys
from red_catalog.register.tokens import BODY, SCOPES
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.writing import print_table


@click.group()
def token() -> None:
    """The keys by which holders hand descriptions in."""


@token.command("create")
@click.argument("holder_id", metavar="[HOLDER]", required=False)
@click.option("--access-body", is_flag=True, help="A key of the access body: it reads all.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES),
              help="This only; may be repeated. Default: all of use to its holder.")  # fmt: skip
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="The first day without it.")
@with_config
def create_token(
    config_path: Path,
    holder_id: str | None,
    scopes: Sequence[str],
    expires: datetime | None,
    *,
    access_body: bool,
    as_json: bool,
) -> None:
    """Make a key for a HOLDER, or for the access body, and print it, this once."""
    if access_body == bool(holder_id):
        raise RedError("Name a holder, or give --access-body: a key is of one of them.")
    settings = config.load(config_path)
    found, sent = keys.create(settings, holder_id or BODY, scopes, expires, clock()())
    if as_json:
        print_json({**keys.to_plain(found), "key": sent})
    else:
        click.echo(sent)
    if not scopes and (nowhere := keys.tell_nowhere(settings, found.holder)):
        named = " and ".join(found.scopes)
        click.echo(f"This key is for {named} only: {nowhere} Then make another key.", err=True)


@token.command("list")
@with_config
def list_tokens(config_path: Path, *, as_json: bool) -> None:
    """List the keys, without their secrets."""
    rows = [keys.to_plain(one) for one in keys.every(config.load(config_path))]
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("No keys yet: `red-catalog token create HOLDER`.")
    else:
        heads = list(rows[0])
        cells = [["" if v is None else str(v) for v in row.values()] for row in rows]
        print_table("Keys", heads, cells, ["created", "last_used", "scopes"])


@token.command("revoke")
@click.argument("key_id", metavar="ID")
@with_config
def revoke_token(config_path: Path, key_id: str, *, as_json: bool) -> None:
    """End a key by its ID, at once."""
    keys.revoke(config.load(config_path), key_id, clock()())
    if as_json:
        print_json({"revoked": key_id})
    else:
        click.echo(f"{key_id} opens nothing any more.")


@token.command("log")
@with_config
def show_log(config_path: Path, *, as_json: bool) -> None:
    """Show what was done with keys, and what was refused, the oldest first."""
    rows = keys.log(config.load(config_path))
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("Nothing was done yet.")
    else:
        heads = [name for name in rows[0] if name not in {"number", "seal"}]
        cells = [[row[name] for name in heads] for row in rows]
        print_table("Log", heads, cells, ["digest", "actor", "holder"])
