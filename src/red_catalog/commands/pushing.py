"""`red-catalog push`: sending what changed to those who agreed to receive it."""

from collections.abc import Sequence
from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import clock, with_config
from red_catalog.errors import RedError, SourcesError
from red_catalog.model import Target
from red_catalog.pipeline import pushing
from red_catalog.publish.release import expect_base
from red_catalog.register.ledger import Register
from red_catalog.terminal.events import print_trouble
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.writing import print_table


@click.command()
@click.argument("targets", nargs=-1)
@click.option("--rebuild", is_flag=True, help="Send everything again.")
@click.option("--verify", is_flag=True, help="Compare what a SPARQL store holds, and mend it.")
@with_config
def push(
    config_path: Path, targets: Sequence[str], *, as_json: bool, rebuild: bool, verify: bool
) -> None:
    """Send what changed to all TARGETS, or those named."""
    settings = config.load(config_path)
    # What was sent under other addresses could not be told from what is right.
    expect_base(settings)
    done: list[pushing.Pushed] = []
    troubles: list[RedError] = []
    chosen = _choose(settings, targets, verify=verify)
    with Register.open(settings.register) as register:
        for target in chosen:
            try:
                done.append(_push(settings, register, target, rebuild=rebuild, verify=verify))
            except RedError as error:
                # The others get what they are owed all the same.
                troubles.append(error)
    _print(done, as_json=as_json)
    _raise_for(done, troubles)


def _choose(settings: config.Config, named: Sequence[str], *, verify: bool) -> Sequence[Target]:
    """The targets that were named; without names all, or all that can be read back."""
    if named:
        return [settings.target(one) for one in named]
    stores = [one for one in settings.targets if verify and one.kind == "sparql"]
    return stores or settings.targets


def _push(
    settings: config.Config, register: Register, target: Target, *, rebuild: bool, verify: bool
) -> pushing.Pushed:
    with (
        settings.sending(target.id),
        pushing.opened(settings, register, target, clock()) as pusher,
    ):
        found = pusher.rebuild() if rebuild else None
        return pusher.verify() if verify else found or pusher.push()


def _print(done: Sequence[pushing.Pushed], *, as_json: bool) -> None:
    if as_json:
        print_json([one.to_plain() for one in done])
    else:
        heads = ["target", "acknowledged", "refused", "owed", "compared", "different"]
        rows = [
            [o.target, str(o.acknowledged), str(o.refused), str(o.owed),
             "" if o.compared is None else str(o.compared), str(len(o.different))]
            for o in done
        ]  # fmt: skip
        print_table("Targets", heads, rows, ["compared", "acknowledged", "different", "refused"])


def _raise_for(done: Sequence[pushing.Pushed], troubles: list[RedError]) -> None:
    """Raises RedError for the gravest that there is to say, once the rest is said."""
    stopped = [f"{one.target} ({one.problem['en']})" for one in done if one.problem]
    behind = [
        f"{one.target} ({one.owed} not taken, the first: {one.reason['en']})"
        if one.reason
        else one.target
        for one in done
        if one.owed and not one.problem
    ]
    if stopped or behind:
        names = ", ".join([*stopped, *behind])
        told = "what is owed stays in the ledger, and the next push tries it again"
        troubles = [
            *troubles,
            SourcesError(
                f"Not everything reached {names}; {told} (`red-catalog status` has the reasons)."
            ),
        ]
    # What an operator must mend, then what the next push makes up for.
    troubles = sorted(troubles, key=lambda one: one.exit_code)
    for trouble in troubles[1:]:
        print_trouble(trouble, "text")
    if troubles:
        raise troubles[0]
