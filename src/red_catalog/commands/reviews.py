"""The yearly checks: `attest`, `reviews`, `remind`, `evidence` and `history`."""

from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import clock, with_config, with_lang
from red_catalog.ehds.reviews import Standing
from red_catalog.errors import writing
from red_catalog.pipeline.desk import attesting, proving
from red_catalog.pipeline.letters import reminding
from red_catalog.publish.lists.cards import card
from red_catalog.publish.pages.dues import Due
from red_catalog.publish.pages.dues import reviews as list_reviews
from red_catalog.register.ledger import Register
from red_catalog.terminal.plain import clean, format_json, print_json, print_text
from red_catalog.terminal.writing import print_table


@click.command()
@click.argument("dataset")
@click.option("--holder", help="Whose it must be; default: whoever's it is.")
@click.option("--via", default="", metavar="TEXT", help="How the holder told you; kept.")
@click.option("--digest", help="SHA-256 of the version that was checked: another is not attested.")
@with_config
def attest(
    config_path: Path, dataset: str, holder: str, via: str, digest: str, *, as_json: bool
) -> None:
    """Note that the holder of a DATASET (IRI or page name) checked its description today."""
    settings = config.load(config_path)
    found = attesting.attest(settings, dataset, via, clock()(), holder or "", digest)
    if as_json:
        print_json(proving.to_plain(found))
        return
    click.echo(f"{found.iri}: version {found.version} attested by {found.holder}.")


@click.command()
@click.option("--holder", help="Of this holder only.")
@click.option("--due", "wanted", flag_value="due", help="Those due, overdue ones included.")
@click.option("--overdue", "wanted", flag_value="overdue", help="Those overdue.")
@with_config
def reviews(config_path: Path, holder: str | None, wanted: str | None, *, as_json: bool) -> None:
    """List when each description must be checked by its holder, the longest overdue first."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        entries = register.entries_of(settings.holder(holder).id) if holder else register.entries()
        found = list_reviews(entries, clock()().date(), settings.exempt)
    shown = {None: set(Standing), "due": {Standing.DUE, Standing.OVERDUE}}
    found = [one for one in found if one.standing in shown.get(wanted, {Standing.OVERDUE})]
    if as_json:
        print_json([one.to_plain() for one in found])
        return
    heads = ("standing", "holder", "dataset", "title", "attested", "due", "overdue")
    rows = [
        (d.standing.value, d.entry.holder, d.entry.slug, card(d.entry).title("fr"),
         _attested(d), d.days.due.isoformat(), d.days.overdue.isoformat())
        for d in found
    ]  # fmt: skip
    print_table("Yearly checks", heads, rows, ["overdue", "attested", "title", "holder"])


@click.command()
@click.option("--dry-run", is_flag=True, help="Say who would be reminded; send nothing.")
@with_config
def remind(config_path: Path, *, dry_run: bool, as_json: bool) -> None:
    """Mail holders what is due, once at 11 months, once at 12, then every 30 days."""
    settings = config.load(config_path)
    # Nobody writes for long meanwhile: what was mailed is noted at once.
    pen = nullcontext() if dry_run else settings.locked()
    with pen, Register.open(settings.register) as register:
        found = reminding.remind(settings, register, clock()(), dry_run=dry_run)
    reaches = settings.notify.smtp or settings.notify.folder
    if not reaches:
        click.echo("Nobody is reminded: [notify] has neither `smtp` nor `folder`.", err=True)
    for name, count in found.untold.items():
        click.echo(f"{name}: {count} to check, not told: it has no `email`", err=True)
    if as_json:
        print_json([{"holder": r.holder, "iri": r.iri, "stage": r.stage} for r in found.sent])
        return
    for name, count in Counter(one.holder for one in found.sent).items():
        click.echo(f"{name}: {count} to check")
    if reaches and not found.sent and not found.untold:
        click.echo("Nobody to remind.")


@click.command()
@click.option("--holder", help="Of this holder only.")
@click.option("--format", "form", type=click.Choice(["csv", "html"]), default="csv",
              show_default=True, help="A table, or a page to print.")  # fmt: skip
@with_lang("the evidence")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="A file; default: stdout.")  # fmt: skip
@with_config
def evidence(
    config_path: Path, holder: str | None, form: str, lang: str, output: Path | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Write who attested which version when."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        if as_json:
            told = proving.given(settings, register, holder)
            content = format_json([proving.to_plain(a) for a in told]).encode()
        else:
            content = proving.evidence(settings, register, clock()(), (holder, form, lang))
    if output:
        with writing(output):
            output.write_bytes(content)
        click.echo(output)
    else:
        print_text(content.decode())


@click.command()
@click.argument("dataset")
@click.option("--text", "version", type=int, metavar="VERSION",
              help="Print the description of this version in place of it.")  # fmt: skip
@with_config
def history(config_path: Path, dataset: str, version: int | None, *, as_json: bool) -> None:
    """Show what happened to a DATASET (IRI or page name): versions, checks, reminders."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        if version is not None:
            text, told = attesting.look_up(register, dataset, version)
            if told:
                click.echo(told, err=True)
            print_text(text.decode())
            return
        found = attesting.history(register, dataset)
    if as_json:
        print_json(found)
        return
    for one in found:
        facts = ((k, v) for k, v in one.items() if k not in {"moment", "event"} and v)
        told = ", ".join(k if v is True else f"{k} {v}" for k, v in facts)
        click.echo(clean(f"{one['moment']}  {one['event']}  {told}".rstrip()))


def _attested(due: Due) -> str:
    last = due.entry.reviewed
    if last is None:
        return "never"
    since = ", changed since" if due.entry.changed_since else ""
    return f"{last.moment.date().isoformat()} (version {last.version}{since})"
