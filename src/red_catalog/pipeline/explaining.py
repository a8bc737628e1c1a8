"""The problems of datasets that the register holds, from their findings: no validation anew."""

from dataclasses import replace
from pathlib import Path

from red_catalog.errors import RedError
from red_catalog.model import Checked, Entry, Problem, Report
from red_catalog.publish.web.rules import address
from red_catalog.validation import background, shapes_graph
from red_catalog.validation.advice.problems import find_problems
from red_catalog.validation.compiled.data import read_canonical


def explain(
    entry: Entry, report: Report, installed: Path | None = None
) -> tuple[Problem, ...] | None:
    """One problem for one thing to mend in one of its reports, blocking first.

    What another report tells as well is told there alone.
    None where the profile is no longer here, so that only the findings can tell.
    """
    if not report.findings:
        return ()
    try:
        shapes = shapes_graph.shapes(report.profile, report.level, installed)
    except RedError:
        return None
    triples = background.drop_axioms(read_canonical(entry.canonical))
    found = find_problems(report, shapes, triples, entry.iri)
    return tuple(one for one in found if not one.repeats)


def link_rules(checked: Checked, base_iri: str, lang: str) -> Checked:
    """The check with the whole address of each problem's rule in this catalogue."""
    datasets = tuple(
        replace(d, problems=tuple(link_rule(p, base_iri, lang) for p in d.problems))
        for d in checked.datasets
    )
    return replace(checked, datasets=datasets)


def link_rule(problem: Problem, base_iri: str, lang: str) -> Problem:
    """The problem with the whole address of its rule's page, none where it has none."""
    return replace(problem, page=address(base_iri, lang, problem.page))
