"""`red-catalog holder`: who holds data, what each declared, and its guide."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from red_catalog import config
from red_catalog.commands.options import with_config, with_lang, with_place
from red_catalog.config import INGEST
from red_catalog.config.kinds import HARVESTED, SOURCE_KINDS
from red_catalog.config.writing import add_holder
from red_catalog.ehds import categories
from red_catalog.model import FUNDINGS, HOLDER_KINDS
from red_catalog.pipeline.desk import holding, onboarding
from red_catalog.register.ledger import Register
from red_catalog.terminal.plain import clean, print_json, print_text
from red_catalog.terminal.writing import print_table
from red_catalog.vocabulary.words import LANGUAGES

_FUNDED: Final = {
    "fr": {"public": "public", "private": "privé", "mixed": "public et privé"},
    "en": {"public": "public", "private": "private", "mixed": "public and private"},
}


@click.group()
def holder() -> None:
    """The holders: who there is, what each declared, and a guide for each."""


@holder.command("add")
@click.argument("holder_id", metavar="ID")
@click.option("--name", "names", multiple=True, required=True,
              help="Its name; French, then English if twice; pt=NAME for others.")  # fmt: skip
@click.option("--kind", type=click.Choice(list(HOLDER_KINDS)), default="other", show_default=True,
              help="What kind of organisation it is.")  # fmt: skip
@click.option("--siren", help="Nine digits.")
@click.option("--siret", help="Fourteen digits.")
@click.option("--finess", help="Nine characters.")
@click.option("--ror", help="Its whole address, https://ror.org/….")
@click.option("--email", help="A role mailbox, never a person's.")
@click.option("--homepage", help="Its website.")
@click.option("--namespace", "namespaces", multiple=True, help="What its identifiers begin with.")
@click.option("--funding", type=click.Choice(FUNDINGS), help="Who pays for its data.")
@click.option("--exempt", metavar="REASON", help="Why the duty to describe does not bind it.")
@click.option("--none", "holds_none", multiple=True, metavar="CATEGORY",
              help="A category of Article 51 that it declares to have no data of.")  # fmt: skip
@click.option("--trusted", is_flag=True, help="It is on the access body's list.")
@click.option("--note", help="For the operator; never published.")
@click.option("--source", "kind_of_source", type=click.Choice([INGEST, *HARVESTED]),
              help="The kind of its first source.")  # fmt: skip
@click.option("--location", help="Where that source is: an address, or a path beside red.toml.")
@with_config
def add(config_path: Path, holder_id: str, *, as_json: bool, **given: Any) -> None:
    """Add a holder to the configuration, as a commented section at its end."""
    if (given["location"] is None) != (given["kind_of_source"] in {None, INGEST}):
        raise click.UsageError(
            "A source that is fetched has a kind and a place: give --source KIND and --location, "
            "both or none; `--source ingest` stands alone."
        )
    if len(given["names"]) > len(_by_language(given["names"])):
        raise click.UsageError(
            "A holder has a name in French and one in English: give --name once or twice, or each "
            "with its language, like pt=NAME."
        )
    table, source = _tables(holder_id, given)
    settings = add_holder(config_path, table, source)
    with Register.open(settings.register) as register:
        found = holding.one(settings, register, holder_id)
    if as_json:
        print_json(found.to_plain())
        return
    click.echo(f"{holder_id} was added to {config_path}.")
    click.echo("A server that runs knows it once it is restarted.", err=True)
    click.echo(f"Next: red-catalog holder guide {holder_id}", err=True)


@holder.command("list")
@with_config
def list_holders(config_path: Path, *, as_json: bool) -> None:
    """List the holders: datasets, categories, and what is to be looked at."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        found = holding.every(settings, register)
    if as_json:
        print_json([one.to_plain() for one in found])
        return
    heads = ("id", "name", "kind", "datasets", "conformant", "categories", "none of", "state")
    spare = ("none of", "kind", "categories", "conformant", "name", "datasets")
    print_table("Holders", heads, [_row(one) for one in found], spare)


@holder.command("show")
@click.argument("holder_id", metavar="ID")
@with_lang("its names and of what is told")
@with_config
def show(config_path: Path, holder_id: str, lang: str, *, as_json: bool) -> None:
    """Show one holder: identifiers, sources, declarations, contradictions."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        found = holding.one(settings, register, holder_id)
    if as_json:
        print_json(found.to_plain())
        return
    colon = "\xa0:" if lang == "fr" else ":"
    for name, value in _facts(found, lang):
        click.echo(clean(f"{name}{colon} {value}"))
    for caution in found.cautions:
        click.echo(clean(f"! {caution[lang]}"))


@holder.command("guide")
@click.argument("holder_id", metavar="ID")
@with_lang("the guide")
@with_place
def guide(config_path: Path, holder_id: str, lang: str) -> None:
    """Print what a holder owes, how to send it and by when, ready to be mailed."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        print_text(onboarding.guide(settings, register, holder_id, lang))


def _by_language(names: Sequence[str]) -> dict[str, str]:
    """A name by language, which each tells (`pt=…`), or else one for both, or both in order.

    None where some tell theirs and others do not.
    """
    tagged = dict(one.partition("=")[::2] for one in names)
    if known := tagged.keys() & LANGUAGES.keys():
        return tagged if known == tagged.keys() else {}
    return {"fr": names[0], "en": names[-1]}


def _tables(
    holder_id: str, given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The sections to write: only what was given."""
    names: Sequence[str] = given["names"]
    numbers = {name: given[name] for name in ("siren", "siret", "finess", "ror") if given[name]}
    table: dict[str, Any] = {
        "id": holder_id,
        "name": _by_language(names),
        "kind": given["kind"],
    }
    if numbers:
        table["identifiers"] = numbers
    for name in ("namespaces", "homepage", "email", "funding", "exempt", "holds_none", "note"):
        if given[name]:
            table[name] = list(given[name]) if isinstance(given[name], tuple) else given[name]
    if given["trusted"]:
        table["trusted"] = True
    if not given["kind_of_source"]:
        return table, None
    kind = given["kind_of_source"]
    source = {"id": f"{holder_id}-{kind}", "holder": holder_id, "kind": kind}
    return table, source | ({"location": given["location"]} if given["location"] else {})


def _row(one: holding.Held) -> Sequence[object]:
    letters = categories.LETTERS
    state = "declares none" if one.state == "declares" else one.state
    state = f"{state}, {len(one.cautions)} to look at" if one.cautions else state
    return (
        one.holder.id, one.holder.name["fr"], one.holder.kind, one.datasets, one.conformant,
        "".join(letters[code] for code in one.declared),
        "".join(letters[code] for code in one.holder.holds_none), state,
    )  # fmt: skip


def _facts(found: holding.Held, lang: str) -> list[tuple[str, str]]:
    holder, letters = found.holder, categories.LETTERS
    french = lang == "fr"
    cited = "{})" if french else "({})"
    described = ", ".join(f"{cited.format(letters[c])} {n}" for c, n in found.declared.items())
    sources = ", ".join(f"{s.id} ({SOURCE_KINDS[s.kind][lang]})" for s in found.sources)
    rows = [
        (holder.id, holder.name[lang]),
        ("nature" if french else "kind", holding.kind_name(holder)[lang]),
        *((kind.upper(), number) for kind, number in holder.identifiers.items()),
        ("adresse" if french else "mailbox", holder.email or "–"),
        ("financement" if french else "funding", _FUNDED[lang].get(holder.funding or "", "–")),
        ("exemption", holder.exempt[lang] if holder.exempt else "–"),
        ("sources", sources or "–"),
        ("jeux de données" if french else "datasets", str(found.datasets)),
        ("conformes" if french else "conformant", str(found.conformant)),
        ("catégories décrites" if french else "categories described", described or "–"),
        ("déclare ne rien détenir de" if french else "declares none of",
         ", ".join(cited.format(letters[c]) for c in holder.holds_none) or "–"),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]
