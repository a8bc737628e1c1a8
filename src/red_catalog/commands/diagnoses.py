"""`doctor`: whether everything is in order."""

from pathlib import Path

import click

from red_catalog.commands.options import clock, with_config
from red_catalog.pipeline.desk import diagnosing
from red_catalog.serve.diagnosing import CHECKS as SERVER
from red_catalog.terminal.plain import print_json
from red_catalog.terminal.standings import print_diagnosis


@click.command()
@with_config
def doctor(config_path: Path, *, as_json: bool) -> int:
    """Check that everything this catalogue needs is in order."""
    findings = diagnosing.diagnose(config_path, SERVER, clock())
    if as_json:
        print_json([finding.to_plain() for finding in findings])
    else:
        print_diagnosis(findings)
    return 0 if all(finding.well for finding in findings) else 2
