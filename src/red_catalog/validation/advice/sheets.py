"""What is advised of a description and no sheet can give: it is not asked of who fills one in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from red_catalog.model import Absence, Checked, CheckedDataset, Defect, Problem
from red_catalog.namespaces import term
from red_catalog.rdf.terms import make_iri
from red_catalog.validation.advice import subjects
from red_catalog.validation.advice.problems import retell

_P = TypeVar("_P")
# What rules call values, and what their lists in a spreadsheet and in the form do.
_LISTED: Final = (
    ("vrai ou faux, une seule fois", "oui ou non"), ("true or false, once only", "yes or no"),
    ("« string » ou « integer »", "« texte » ou « entier »"),
    ("“string” or “integer”", "“text” or “integer”"),
)  # fmt: skip
_Read = Callable[[Any, str], Any]
"""What gives a fact of a problem, by its name."""

# The profile wants a dataset that the same document describes; a territory is a name.
_NOT_IN_TEMPLATE: Final = frozenset(map(term, ("dct:source", "dcat:bbox", "dcat:centroid")))
_LICENCE: Final = re.compile("licen[cs]e", re.IGNORECASE)
_LAW: Final = term("dcatap:applicableLegislation")
# Columns that hold several values.
_SEVERAL: Final = frozenset({term("dcat:theme"), _LAW})


def only_asked(problems: Sequence[_P], iri: str, read: _Read = getattr) -> list[_P]:
    """The problems of a dataset that a spreadsheet or the form can mend, each of them once."""
    dataset = make_iri(iri)
    asked = [one for one in problems if _is_asked(one, read)]
    lacking = [one for one in asked if (read(one, "kind"), read(one, "path")) == ("missing", _LAW)]
    if not any(dataset in read(one, "subjects") for one in lacking):
        return asked
    # The distributions take the law of their dataset.
    return [one for one in asked if one not in lacking or dataset in read(one, "subjects")]


def _is_asked(problem: object, read: _Read) -> bool:
    kind, path = read(problem, "kind"), read(problem, "path")
    if kind == "value":  # else told where it is written
        blocks: bool = read(problem, "severity") == "violation"
        return blocks or path != term("dct:spatial")
    of_licence = path == term("dct:type") and _LICENCE.search(read(problem, "rule") or "")
    return kind != "missing" or not (path in _NOT_IN_TEMPLATE or of_licence)


def fit(checked: Checked, lacking: Sequence[Absence] = ()) -> Checked:
    """The check of a spreadsheet, into which no Turtle can be pasted: what it can mend, where."""
    return replace(
        checked,
        datasets=tuple(_fit(one, checked.repaired, lacking) for one in checked.datasets),
        beside=checked.beside and fit(checked.beside, lacking),
    )


def _fit(
    one: CheckedDataset, refused: Sequence[Defect], lacking: Sequence[Absence]
) -> CheckedDataset:
    mine = [absence for absence in lacking if absence.subject == one.iri]
    found = fit_problems(one.problems, one.iri, refused)
    problems = tuple(_locate(problem, mine) for problem in found)
    return replace(one, problems=problems, report=retell(one.report, problems))


def _locate(problem: Problem, lacking: Sequence[Absence]) -> Problem:
    """The problem with the rows of other sheets where its value is missing."""
    if problem.kind != "missing":
        return problem
    for one in lacking:
        if one.path == problem.path and subjects.is_about(problem.about, one.kind):
            told = {lang: f"{text} {one.where[lang]}." for lang, text in problem.message.items()}
            return replace(problem, message=told, fix=one.fix or problem.fix, line=one.line)
    return problem


def fit_problems(
    problems: Sequence[Problem], iri: str, refused: Sequence[Defect]
) -> tuple[Problem, ...]:
    """The problems of a dataset of a spreadsheet: what it can mend, and how.

    `refused`: what was not taken of it; a problem told as such a cell stays.
    """
    asked, cells = only_asked(problems, iri), [one.message["fr"] for one in refused]
    kept = (p for p in problems if p in asked or any(cell in p.message["fr"] for cell in cells))
    return tuple(_say_as_listed(replace(_say_apart(one), turtle=None)) for one in kept)


def say_as_listed(text: str) -> str:
    """The text with values as the lists of a spreadsheet, and of the form, call them."""
    for written, listed in _LISTED:
        text = text.replace(written, listed)
    return text


def _say_as_listed(problem: Problem) -> Problem:
    return replace(problem, fix={lang: say_as_listed(text) for lang, text in problem.fix.items()})


def _say_apart(problem: Problem) -> Problem:
    """A value to add to others in a cell: by its name, and with what stands between them."""
    one = problem.suggestions[0] if len(problem.suggestions) == 1 else None
    if one is None or problem.path not in _SEVERAL or one.iri not in problem.fix["fr"]:
        return problem
    fix = {
        "fr": f"Ajoutez « {one.label['fr']} » ; plusieurs valeurs se séparent par « ; ».",
        "en": f"Add “{one.label['en']}”; several values are separated by “;”.",
    }
    return replace(problem, fix=fix)
