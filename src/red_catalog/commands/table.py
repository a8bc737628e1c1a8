"""Which module holds each command, and what `--help` says of it."""

from typing import Final

COMMANDS: Final = {
    "attest": (
        "reviews",
        "Note that the holder of a DATASET (IRI or page name) checked its description today.",
    ),
    "backup": ("upkeep", "Copy the register to a FILE while everything goes on."),
    "check": ("checks", "Check the descriptions in a FILE, at a URL or on standard input (-)."),
    "convert": (
        "declarations",
        "Turn a workbook, or the CSV files of one declaration, into Turtle.",
    ),
    "diff": ("reports", "Show what harvesting a SOURCE now would change."),
    "doctor": ("diagnoses", "Check that everything this catalogue needs is in order."),
    "erase": (
        "upkeep",
        "Erase for good, from earlier versions, what the holder of a DATASET marked private since.",
    ),
    "evidence": ("reviews", "Write who attested which version when."),
    "harvest": ("harvests", "Harvest all SOURCES, or those named."),
    "history": (
        "reviews",
        "Show what happened to a DATASET (IRI or page name): versions, checks, reminders.",
    ),
    "holder": ("holders", "The holders: who there is, what each declared, and a guide for each."),
    "init": ("upkeep", "Write a commented configuration that works into FOLDER."),
    "publish": ("releases", "Publish what the register holds as a new release."),
    "push": ("pushing", "Send what changed to all TARGETS, or those named."),
    "remind": (
        "reviews",
        "Mail holders what is due, once at 11 months, once at 12, then every 30 days.",
    ),
    "report": ("reports", "Print what a HOLDER should correct."),
    "restore": (
        "upkeep",
        "Put a backup FILE in the register's place; what was there is kept beside it.",
    ),
    "reviews": (
        "reviews",
        "List when each description must be checked by its holder, the longest overdue first.",
    ),
    "run": ("releases", "Harvest, then publish."),
    "serve": ("serving", "Serve the live release: pages, files and SPARQL."),
    "shapes": ("shapes", "The profiles that descriptions can be checked against."),
    "status": ("reports", "Show each source at a glance."),
    "template": (
        "declarations",
        "Write the workbook in which holders without RDF describe their datasets.",
    ),
    "token": ("tokens", "The keys by which holders hand descriptions in."),
    "vocab": ("vocab", "The code lists that descriptions take values from."),
    "withdraw": ("upkeep", "Withdraw what a SOURCE gave that red.toml no longer has."),
}
"""Name → module of `commands`, and the first line of the command's docstring."""
