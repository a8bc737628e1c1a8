"""The command line: one verb a stage, thin."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from red_catalog import __version__, config, terminal
from red_catalog.commands.holders import holder
from red_catalog.commands.options import clock, with_config
from red_catalog.commands.pushing import push
from red_catalog.commands.reviews import attest, evidence, history, remind, reviews
from red_catalog.errors import RedError, RemovalError, SourcesError
from red_catalog.http import Http, user_agent
from red_catalog.model import Run, Source
from red_catalog.pipeline import (
    checking,
    diagnosing,
    explaining,
    initialising,
    keys,
    reporting,
    reviewing,
    spreadsheets,
)
from red_catalog.pipeline.clustering import cluster
from red_catalog.pipeline.harvesting import Harvester
from red_catalog.pipeline.notifying import notify
from red_catalog.pipeline.publishing import publish as publish_release
from red_catalog.pipeline.reminding import remind as send_reminders
from red_catalog.publish.checks import WRITERS
from red_catalog.rdf.limits import Limits
from red_catalog.register.ledger import Register
from red_catalog.register.tokens import BODY, SCOPES
from red_catalog.serve.diagnosing import CHECKS as SERVER
from red_catalog.serve.running import serve as serve_release

Letters = Callable[[Register], object]


def main() -> None:
    """Runs the command line and exits with the code that scripts depend on."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of a command line (DESIGN.md, section 7)."""
    try:
        return cli.main(list(arguments), "red-catalog", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("red-catalog: interrupted.", err=True)
        return 130
    except RedError as error:
        terminal.print_trouble(error, "json" if _is_logging_json(arguments) else "text")
        return error.exit_code
    except Exception:  # noqa: BLE001  a bug keeps its traceback, and its own exit code
        traceback.print_exc()
        return 5


def _is_logging_json(arguments: Sequence[str]) -> bool:
    """Whether stderr is a structured log, in which everything is an event."""
    return any(
        a == "--log=json" or pair == ("--log", "json")
        for a, pair in zip(arguments, [*pairwise(arguments), ("", "")], strict=True)
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """The catalogue of health datasets: harvest, check, publish, serve."""


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Write a commented configuration that works into FOLDER."""
    for path in initialising.initialise(folder):
        click.echo(path)
    click.echo(f"Next: red-catalog run --config {folder / 'red.toml'}", err=True)


@cli.command()
@click.argument("location")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    default=[checking.DEFAULT_PROFILE],
    show_default=True,
    help="A set of rules; may be given several times, and each is told apart.",
)
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["text", *WRITERS]), default="text", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--fixes", is_flag=True, help="With text: print the fixes, ready to paste.")
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
    location: str,
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
    """Check the descriptions in a FILE, at a URL or on standard input (-)."""
    found = config_path or next((p for p in [Path("red.toml")] if p.is_file()), None)
    settings = config.load(found) if found else None
    manner = checking.Manner(engine, settings.shapes if settings else None)
    with (
        TemporaryDirectory() as cache,
        Http(Path(cache), f"red-catalog/{__version__}", Limits()) as http,
    ):
        document = checking.fetch(location, http)
    if verify:
        return terminal.print_verified(checking.verify(document, profiles, manner))
    checks = checking.check(document, profiles, manner=manner)
    if settings:
        base = settings.catalogue.base_iri
        checks = tuple(explaining.link_rules(checked, base, lang) for checked in checks)
    if form == "text" and not as_json:
        terminal.print_checks(checks, lang, fixes=fixes)
    else:
        terminal.print_text(WRITERS["json" if as_json else form](checks, lang))
    return max(checked.exit_code(fail_on) for checked in checks)


@cli.command()
@click.argument("sources", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--workers", type=click.IntRange(1), help="Processes; default: one a core.")
@click.option("--scheduler", metavar="ADDRESS", help="Examine on this Dask cluster instead.")
@click.option("--accept-removals", is_flag=True, help="Let many datasets vanish.")
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What goes to stderr: a progress bar on a terminal, or one JSON object an event.",
)
@with_config
def harvest(config_path: Path, *, as_json: bool, **options: Any) -> None:
    """Harvest all SOURCES, or those named."""
    settings = config.load(config_path)
    with settings.locked(), Register.open(settings.register) as register:
        runs = _harvest(settings, register, **options)
    if as_json:
        terminal.print_json([terminal.run_to_plain(run) for run in runs])
    else:
        terminal.print_runs(runs, options["log"])
    letters = [] if options["dry_run"] else [lambda register: notify(settings, register, runs)]
    _conclude(settings, runs, options["log"], *letters)


@cli.command()
@with_config
def publish(config_path: Path, *, as_json: bool) -> None:
    """Publish what the register holds as a new release."""
    settings = config.load(config_path)
    with settings.locked(), Register.open(settings.register) as register:
        published = publish_release(settings, register)
    if as_json:
        terminal.print_json(published.to_plain())
    else:
        terminal.print_published(published, settings.public / "current" / "site")


@cli.command()
@click.argument("sources", nargs=-1)
@click.option("--workers", type=click.IntRange(1), help="Processes; default: one a core.")
@click.option("--scheduler", metavar="ADDRESS", help="Examine on this Dask cluster instead.")
@click.option("--accept-removals", is_flag=True, help="Let many datasets vanish.")
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What goes to stderr: a progress bar on a terminal, or one JSON object an event.",
)
@with_config
def run(config_path: Path, *, as_json: bool, **options: Any) -> None:
    """Harvest, then publish."""
    settings = config.load(config_path)
    with settings.locked(), Register.open(settings.register) as register:
        runs = _harvest(settings, register, dry_run=False, **options)
        published = publish_release(settings, register)
    if as_json:
        harvested = [terminal.run_to_plain(run) for run in runs]
        terminal.print_json({"harvest": harvested, "publish": published.to_plain()})
    else:
        terminal.print_runs(runs, options["log"])
        terminal.print_published(published, settings.public / "current" / "site")
    _conclude(
        settings, runs, options["log"],
        lambda register: notify(settings, register, runs),
        lambda register: send_reminders(settings, register, clock()()),
    )  # fmt: skip


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes answer; each has SPARQL workers of its own.",
)
@with_config
def serve(config_path: Path, host: str, port: int, processes: int, *, as_json: bool) -> None:  # noqa: ARG001
    """Serve the live release: pages, files and SPARQL."""
    serve_release(config.load(config_path), host, port, processes)


@cli.command()
@with_config
def status(config_path: Path, *, as_json: bool) -> None:
    """Show each source at a glance."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        rows = reporting.status(settings, register)
        targets = reporting.balances(settings, register)
    if as_json:
        terminal.print_json([row.to_plain() for row in rows] + [row.to_plain() for row in targets])
    else:
        terminal.print_status(rows)
        terminal.print_targets(targets)


@cli.command()
@click.argument("holder")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--fixes", is_flag=True, help="Print the fixes, ready to paste.")
@with_config
def report(config_path: Path, holder: str, lang: str, *, as_json: bool, fixes: bool) -> None:
    """Print what a HOLDER should mend."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register:
        found = reviewing.report(settings, register, settings.holder(holder), lang)
    if as_json:
        terminal.print_json(found.to_plain())
    else:
        terminal.print_holder(found, lang, fixes=fixes)


@cli.command()
@click.argument("source")
@with_config
def diff(config_path: Path, source: str, *, as_json: bool) -> None:
    """Show what harvesting a SOURCE now would change."""
    settings = config.load(config_path)
    with Register.open(settings.register) as register, _http(settings) as http:
        harvester = Harvester(settings, register, http, clock=clock())
        changes = reporting.differences(harvester, settings.source(source))
    if as_json:
        terminal.print_json([change.to_plain() for change in changes])
    else:
        terminal.print_differences(changes)


@cli.command()
@click.argument("path", metavar="FILE.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option(
    "--access",
    type=click.Choice(["PUBLIC", "RESTRICTED", "NON_PUBLIC"], case_sensitive=False),
    default="NON_PUBLIC",
    show_default=True,
    help="The access level that most of the datasets have.",
)
def template(path: Path, lang: str, access: str) -> None:
    """Write the workbook in which holders without RDF describe their datasets."""
    spreadsheets.make_template(path, lang, access)
    click.echo(path)


@cli.command()
@click.argument(
    "paths",
    metavar="FILE.xlsx|FILE.csv...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--base", help="What the addresses of datasets without one begin with.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def convert(
    paths: Sequence[Path], output: Path, base: str | None, lang: str, *, as_json: bool
) -> int:
    """Turn a workbook, or the CSV files of one declaration, into Turtle."""
    converted = spreadsheets.convert(paths, output, base)
    if as_json:
        terminal.print_json(converted.to_plain())
    else:
        terminal.print_converted(converted, output, lang)
    return int(bool(converted.mistakes))


@cli.group()
def shapes() -> None:
    """The profiles that descriptions can be checked against."""


@shapes.command("list")
@with_config
def list_shapes(config_path: Path, *, as_json: bool) -> None:
    """List the profiles: ours, and those installed in this catalogue."""
    installed = config.load(config_path).shapes if config_path.exists() else None
    rows = reporting.profiles_to_plain(installed)
    if as_json:
        terminal.print_json(rows)
    else:
        terminal.print_table("Profiles", list(rows[0]), [list(row.values()) for row in rows])


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
    with _http(settings) as http:
        profile = checking.install_shapes(location, name, settings.shapes, release, http)
    if as_json:
        terminal.print_json(reporting.profile_to_plain(profile))
    else:
        click.echo(f"Installed {profile.name}, release {profile.release}, {profile.digest}")


@cli.group()
def token() -> None:
    """The keys by which holders hand descriptions in."""


@token.command("create")
@click.argument("holder_id", metavar="HOLDER", required=False)
@click.option("--access-body", is_flag=True, help="A key of the access body: it reads all.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES))
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
        terminal.print_json({**keys.to_plain(found), "key": sent})
    else:
        click.echo(sent)


@token.command("list")
@with_config
def list_tokens(config_path: Path, *, as_json: bool) -> None:
    """List the keys, without their secrets."""
    rows = [keys.to_plain(one) for one in keys.every(config.load(config_path))]
    if as_json:
        terminal.print_json(rows)
    else:
        heads = list(rows[0]) if rows else ["id"]
        cells = [["" if v is None else str(v) for v in row.values()] for row in rows]
        terminal.print_table("Keys", heads, cells)


@token.command("revoke")
@click.argument("number")
@with_config
def revoke_token(config_path: Path, number: str, *, as_json: bool) -> None:  # noqa: ARG001
    """End a key by its NUMBER, at once."""
    keys.revoke(config.load(config_path), number, clock()())


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_config
def backup(config_path: Path, file: Path, *, as_json: bool) -> None:  # noqa: ARG001
    """Copy the register to a FILE while everything goes on."""
    click.echo(keys.back_up(config.load(config_path), file))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@with_config
def restore(config_path: Path, file: Path, *, as_json: bool) -> None:  # noqa: ARG001
    """Put a backup FILE in the register's place; what was there is kept beside it."""
    aside = keys.restore(config.load(config_path), file, clock()())
    click.echo(f"Restored. What was there before: {aside}")
    click.echo("Next: red-catalog doctor, then red-catalog publish", err=True)


@cli.command()
@with_config
def doctor(config_path: Path, *, as_json: bool) -> int:
    """Check that everything this catalogue needs is in order."""
    findings = diagnosing.diagnose(config_path, SERVER)
    if as_json:
        terminal.print_json([finding.to_plain() for finding in findings])
    else:
        terminal.print_diagnosis(findings)
    return 0 if all(finding.well for finding in findings) else 2


for command in (holder, attest, evidence, history, remind, reviews, push):
    cli.add_command(command)


def _harvest(  # noqa: PLR0913  one argument an option
    settings: config.Config,
    register: Register,
    *,
    sources: Sequence[str],
    workers: int | None,
    accept_removals: bool,
    dry_run: bool,
    log: str,
    scheduler: str | None = None,
) -> list[Run]:
    chosen: Sequence[Source] = [settings.source(s) for s in sources] or settings.sources
    with (
        _executor(workers, scheduler) as executor,
        _http(settings) as http,
        terminal.listening(log, len(chosen)) as tell,
    ):
        harvester = Harvester(settings, register, http, executor, clock(), accept_removals, tell)
        if not dry_run:
            return list(harvester.harvest_all(chosen))
        runs = []
        for change in harvester.examine_all(chosen):
            harvester.tell_run(change.run)
            runs.append(change.run)
        return runs


@contextmanager
def _executor(workers: int | None, scheduler: str | None) -> Iterator[Executor | None]:
    """A cluster or a pool of processes; None for one worker, which is this process."""
    if scheduler is not None:
        with cluster(scheduler) as executor:
            yield executor
        return
    count = workers or os.cpu_count() or 1
    if count == 1:
        yield None
        return
    with ProcessPoolExecutor(count, mp_context=get_context("forkserver")) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _http(settings: config.Config) -> Http:
    agent = user_agent(settings.catalogue.contact)
    return Http(settings.var / "cache", agent, settings.limits)


def _conclude(settings: config.Config, runs: Sequence[Run], log: str, *letters: Letters) -> None:
    """Sends the letters; raises RedError for the gravest that there is to say.

    Mail that could not be sent hides no failed source, and the other way round.
    """
    try:
        with Register.open(settings.register) as register:
            for send in letters:
                send(register)
    except RedError as error:
        if all(run.status == "ok" for run in runs):
            raise
        terminal.print_trouble(error, log)
    _raise_for(runs)


def _raise_for(runs: Sequence[Run]) -> None:
    guarded = [run.source for run in runs if run.status == "guarded"]
    if guarded:
        raise RemovalError(
            f"Too many datasets would vanish from {', '.join(guarded)}: check, then run again "
            "with --accept-removals."
        )
    failed = [run.source for run in runs if run.status != "ok"]
    if failed:
        raise SourcesError(
            f"Not everything in {', '.join(failed)} could be read, for the reasons above; "
            "what the catalogue already had of the rest stays."
        )
