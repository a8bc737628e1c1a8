"""The rules of problems, as addresses in this catalogue."""

from dataclasses import replace

from red_catalog.model import Checked, Problem
from red_catalog.publish.web.rules import address


def link_rules(checked: Checked, base_iri: str, lang: str) -> Checked:
    """The check with the whole address of each problem's rule in this catalogue."""
    datasets = tuple(
        replace(d, problems=tuple(link_rule(p, base_iri, lang) for p in d.problems))
        for d in checked.datasets
    )
    beside = checked.beside and link_rules(checked.beside, base_iri, lang)
    return replace(checked, datasets=datasets, beside=beside)


def link_rule(problem: Problem, base_iri: str, lang: str) -> Problem:
    """The problem with the whole address of its rule's page, none where it has none."""
    return replace(problem, page=address(base_iri, lang, problem.page))
