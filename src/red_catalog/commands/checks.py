"""`check`: what is wrong with a description, and how to mend it."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from red_catalog import __version__, config
from red_catalog.commands.options import with_lang
from red_catalog.http import Http
from red_catalog.model import OWN_PROFILE
from red_catalog.pipeline import linking
from red_catalog.pipeline.desk import checking
from red_catalog.pipeline.desk.checking import verified_to_plain
from red_catalog.publish.checks import WRITERS
from red_catalog.rdf.limits import Limits
from red_catalog.terminal.checks import print_checks, print_verified
from red_catalog.terminal.plain import print_json, print_text


@click.command()
@click.argument("locations", metavar="FILE|URL|-...", nargs=-1, required=True)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    help="A set of rules; may be given several times, and each is told apart. Default: "
    f"{checking.DEFAULT_PROFILE}, with the catalogue's own checks beside it.",
)
@with_lang("the report")
@click.option(
    "--format", "form", type=click.Choice(["text", *WRITERS]), default="text", show_default=True,
    help="What the report is written as.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--fixes", is_flag=True, help="With text: print the fixes to copy.")
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "never"]),
    default="violation",
    show_default=True,
    help="The least severe finding that makes the exit code 1.",
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "pyshacl"]),
    default="compiled",
    show_default=True,
    help="What runs the shapes.",
)
@click.option("--verify", is_flag=True, help="Run both engines and say where they differ.")
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The catalogue whose installed profiles may be named, and whose rules are linked; "
    "default: ./red.toml, where there is one.",
)
def check(  # noqa: PLR0913  one argument an option
    locations: Sequence[str],
    profiles: Sequence[str],
    lang: str,
    form: str,
    engine: str,
    config_path: Path | None,
    *,
    as_json: bool,
    fixes: bool,
    fail_on: str,
    verify: bool,
) -> int:
    """Check the descriptions in a FILE, at a URL or on standard input (-).

    The CSV files of one declaration, or a folder of them, are checked together.
    """
    if verify and form not in {"text", "json"}:
        raise click.UsageError("--verify prints text or JSON only.")
    found = config_path or next((p for p in [Path("red.toml")] if p.is_file()), None)
    settings = config.load(found) if found else None
    own = not profiles and (settings is None or OWN_PROFILE in settings.validation.profiles)
    profiles = profiles or (checking.DEFAULT_PROFILE,)
    manner = checking.Manner(engine, settings.shapes if settings else None, own)
    with (
        TemporaryDirectory() as cache,
        Http(Path(cache), f"red-catalog/{__version__}", Limits()) as http,
    ):
        given = checking.gather(locations, http)
    if verify:
        compared = checking.verify(given, profiles, manner)
        if as_json or form == "json":
            print_json(verified_to_plain(compared, lang))
        else:
            print_verified(compared, lang)
        return compared.exit_code()
    checks = checking.check(given, profiles, manner=manner)
    if settings:
        base = settings.catalogue.base_iri
        checks = tuple(linking.link_rules(checked, base, lang) for checked in checks)
    if form == "text" and not as_json:
        print_checks(checks, lang, fixes=fixes)
    else:
        print_text(WRITERS["json" if as_json else form](checks, lang))
    return max(checked.exit_code(fail_on) for checked in checks)
