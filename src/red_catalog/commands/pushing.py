"""`red-catalog push`: sending what changed to those who agreed to receive it."""

from collections.abc import Sequence
from pathlib import Path

import click

from red_catalog import config
from red_catalog.commands.options import clock, with_config
from red_catalog.errors import SourcesError
from red_catalog.pipeline import pushing
from red_catalog.register.ledger import Register
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
    chosen = [settings.target(one) for one in targets] or settings.targets
    done = []
    for target in chosen:
        with (
            settings.sending(target.id),
            Register.open(settings.register) as register,
            pushing.opened(settings, register, target, clock()) as pusher,
        ):
            found = pusher.rebuild() if rebuild else None
            done.append(pusher.verify() if verify else found or pusher.push())
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
    stopped = [f"{one.target} ({one.problem['en']})" for one in done if one.problem]
    behind = [one.target for one in done if one.owed and not one.problem]
    if stopped or behind:
        names = ", ".join([*stopped, *behind])
        raise SourcesError(
            f"Not everything reached {names}; what is owed stays in the ledger, and the next push"
            " sends it."
        )
