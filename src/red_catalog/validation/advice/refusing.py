"""What reading a document has told already, and the checks find again: told where it was made."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from red_catalog.model import Defect, Problem, Severity, Text

_PROPERTY: Final = re.compile(r"<[^<>]*>")
# What was read, and is wrong beside another value.
_WRONG: Final = {"sheet-period-backwards", "sheet-ages-backwards"}


def blame(problems: Iterable[Problem], iri: str, defects: Sequence[Defect]) -> list[Problem]:
    """The problems of a dataset, what a refused value left missing told as that refusal.

    Where nothing more than advice would be lost, only the refusal itself is told.
    """
    told = []
    for problem in problems:
        causes = _causes(problem, iri, defects)
        if not causes:
            told.append(problem)
        elif problem.severity is Severity.VIOLATION:
            told.append(_retell(problem, causes))
    return told


def _retell(problem: Problem, causes: Sequence[Defect]) -> Problem:
    message, fix = _join([c.message for c in causes]), _join([c.fix for c in causes])
    return replace(problem, message=message, fix=fix, line=None)  # the message says where


def _causes(problem: Problem, iri: str, defects: Sequence[Defect]) -> list[Defect]:
    """What explains that all subjects of a problem lack something; nothing where it does not."""
    wanted = set(_PROPERTY.findall(problem.path or ""))
    found = [
        one
        for one in defects
        if wanted.intersection(_PROPERTY.findall(one.path or ""))
        and (problem.kind == "missing") is (one.code not in _WRONG)
    ]
    mine = [d for d in found if d.subject == iri]
    if len(mine) >= len(problem.subjects):
        return mine
    # Of a contact nobody knows here which datasets name it.
    shared = [d for d in found if d.subject is None]
    return shared if len(shared) == len(problem.subjects) else []


def _join(texts: Sequence[Text]) -> Text:
    return {lang: " ".join(dict.fromkeys(t[lang] for t in texts)) for lang in ("fr", "en")}
