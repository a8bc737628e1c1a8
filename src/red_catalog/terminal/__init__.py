"""What the command line prints: tables and sentences for people, JSON for scripts."""

from red_catalog.terminal.checks import print_checks, print_converted, print_holder, print_verified
from red_catalog.terminal.events import listening, print_problem, print_trouble
from red_catalog.terminal.standings import (
    print_diagnosis,
    print_differences,
    print_published,
    print_runs,
    print_status,
    print_targets,
    run_to_plain,
)
from red_catalog.terminal.writing import (
    clean,
    coloured,
    console,
    print_json,
    print_table,
    print_text,
)

__all__ = [
    "clean",
    "coloured",
    "console",
    "listening",
    "print_checks",
    "print_converted",
    "print_diagnosis",
    "print_differences",
    "print_holder",
    "print_json",
    "print_problem",
    "print_published",
    "print_runs",
    "print_status",
    "print_table",
    "print_targets",
    "print_text",
    "print_trouble",
    "print_verified",
    "run_to_plain",
]
