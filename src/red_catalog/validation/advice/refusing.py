"""What reading a document has told already, and the checks find again: told where it was made."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from red_catalog.model import Defect, Problem, Severity, Text, Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import is_literal, literal, make_iri

_PROPERTY: Final = re.compile(r"<[^<>]*>")
# What was read, and is wrong beside another value.
_WRONG: Final = {"sheet-period-backwards", "sheet-ages-backwards"}
_NAMES: Final = frozenset(map(term, ("dct:title", "foaf:name", "vcard:fn", "csvw:name")))


def blame(
    problems: Iterable[Problem], iri: str, defects: Sequence[Defect], triples: Sequence[Triple]
) -> list[Problem]:
    """The problems of a dataset, what blocks because of a refused value told as that refusal.

    Where it is not certain that this is the reason, a problem is told as it was found.
    """
    refused = [d for d in defects if d.path and d.subject in {iri, None}]
    if not refused:
        return list(problems)
    named = _Named(iri, triples)
    told = []
    for problem in problems:
        blocks = problem.severity is Severity.VIOLATION
        causes = _causes(problem, refused, named) if blocks else []
        told.append(_retell(problem, causes) if causes else problem)
    return told


def properties_in(path: str | None) -> set[str]:
    """The properties, as terms, that a path goes along."""
    return set(_PROPERTY.findall(path or ""))


class _Named:
    """A dataset and its parts by what they are called, as the rows of a sheet know them."""

    def __init__(self, iri: str, triples: Sequence[Triple]) -> None:
        self._iri, self._dataset = iri, make_iri(iri)
        self._has = {(subject, predicate) for subject, predicate, _ in triples}
        self._given = {(predicate, value) for _, predicate, value in triples}
        self._called: dict[tuple[str, str], set[str]] = {}
        for subject, predicate, value in triples:
            if predicate in _NAMES and subject != self._dataset and is_literal(value):
                called = predicate, literal(value)[0]
                self._called.setdefault(called, set()).add(subject)

    def lacks(self, refused: Defect, subject: str, wanted: Collection[str]) -> bool:
        """Whether this subject is what a refused value was for, all of which have nothing there."""
        if refused.part is None:
            return refused.subject == self._iri and subject == self._dataset
        return any(
            subject in nodes and self._has.isdisjoint((n, p) for n in nodes for p in wanted)
            for nodes in (self._called.get((name, refused.part), set()) for name in _NAMES)
        )

    def has(self, wrong: Defect, subject: str) -> bool:
        """Whether this subject has what is wrong: the dataset, or that one of its periods."""
        given = ((one, subject) for one in properties_in(wrong.path))
        of_it = subject == self._dataset or not self._given.isdisjoint(given)
        return wrong.subject == self._iri and of_it


def _retell(problem: Problem, causes: Sequence[Defect]) -> Problem:
    message, fix = _join([c.message for c in causes]), _join([c.fix for c in causes])
    return replace(problem, message=message, fix=fix, line=None)  # the message says where


def _causes(problem: Problem, refused: Sequence[Defect], named: _Named) -> list[Defect]:
    """What explains all subjects of a problem; nothing where it does not."""
    wanted = properties_in(problem.path)
    found = [d for d in refused if not wanted.isdisjoint(properties_in(d.path))]
    causes = []
    for subject in problem.subjects:
        if problem.kind == "missing":
            of_it = [d for d in found if d.code not in _WRONG and named.lacks(d, subject, wanted)]
        else:
            of_it = [d for d in found if d.code in _WRONG and named.has(d, subject)]
        if not of_it:
            return []
        causes += of_it
    return causes


def _join(texts: Sequence[Text]) -> Text:
    return {lang: " ".join(dict.fromkeys(t[lang] for t in texts)) for lang in ("fr", "en")}
