"""The problems of datasets that the register holds, from their findings: no validation anew."""

from collections.abc import Collection
from pathlib import Path

from red_catalog.config import Config
from red_catalog.errors import RedError
from red_catalog.model import Entry, Problem, Report
from red_catalog.validation import background, shapes_graph
from red_catalog.validation.advice.problems import find_problems
from red_catalog.validation.advice.sheets import fit_problems
from red_catalog.validation.compiled.data import read_canonical


def explain(
    entry: Entry,
    report: Report,
    installed: Path | None = None,
    sheets: Collection[str] = (),
) -> tuple[Problem, ...] | None:
    """One problem for one thing to mend in one of its reports, blocking first.

    What another report tells as well is told there alone.
    None where the profile is no longer here, so that only the findings can tell. `sheets`: the
    sources that are spreadsheets, of which nothing is asked that the template does not have.
    """
    try:
        found = explain_record(entry.iri, entry.canonical, report, installed)
    except RedError:
        return None
    if entry.source not in sheets:
        return found
    return fit_problems(found, entry.iri)


def find_sheets(config: Config) -> frozenset[str]:
    """The sources that are spreadsheets."""
    return frozenset(one.id for one in config.sources if one.kind == "spreadsheet")


def explain_record(
    iri: str, canonical: bytes, report: Report, installed: Path | None = None
) -> tuple[Problem, ...]:
    """The same of a record that is not in the register. Raises RedError for an unknown profile."""
    if not report.findings:
        return ()
    shapes = shapes_graph.shapes(report.profile, report.level, installed)
    triples = background.drop_axioms(read_canonical(canonical))
    found = find_problems(report, shapes, triples, iri)
    return tuple(one for one in found if not one.repeats)
