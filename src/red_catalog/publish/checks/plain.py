"""A check as JSON (docs/command-line.md)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from red_catalog.model import (
    Checked,
    CheckedDataset,
    Completeness,
    Defect,
    Finding,
    Mqa,
    Problem,
    Quarantined,
    Unreadable,
)

Plain = dict[str, Any]
_Identity = tuple[str | None, ...]
_DEFECT: Final = ("code", "message", "fix", "line", "column")


def write(checks: Sequence[Checked], lang: str) -> str:
    """One object for one profile, a list of objects for several."""
    plain = [to_plain(checked, lang) for checked in checks]
    return json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=2) + "\n"


def to_plain(checked: Checked, lang: str) -> Plain:
    """One check, its sentences in one language."""
    return {
        "profile": checked.profile,
        "release": checked.release,
        "shapes": checked.shapes,
        "document": _document(checked, lang),
        "datasets": [
            {**_dataset(d, lang), "others": _others(checked, number, lang)}
            for number, d in enumerate(checked.datasets)
        ],
        "quarantined": quarantined_to_plain(checked.quarantined, lang),
    }


def unreadable_to_plain(unreadable: Unreadable | None, lang: str) -> Plain:
    """Whether a document was read, and else why not; the keys are the same ones in both cases."""
    told = defect_to_plain(unreadable.problem, lang) if unreadable else dict.fromkeys(_DEFECT)
    return {"verdict": "unreadable" if unreadable else "read", **told}


def quarantined_to_plain(quarantined: Sequence[Quarantined], lang: str) -> list[Plain]:
    """The datasets that could not be read, and why."""
    return [{"iri": q.iri, **defect_to_plain(q.problem, lang)} for q in quarantined]


def _document(checked: Checked, lang: str) -> Plain:
    return {
        "location": checked.location,
        **unreadable_to_plain(checked.unreadable, lang),
        "repaired": [defect_to_plain(d, lang) for d in checked.repaired],
    }


def defect_to_plain(defect: Defect, lang: str) -> Plain:
    """A defect of a document, its sentences in one language."""
    return {
        "code": defect.code,
        "message": defect.message[lang],
        "fix": defect.fix[lang],
        "line": defect.line,
        "column": defect.column,
    }


def _dataset(dataset: CheckedDataset, lang: str) -> Plain:
    report = dataset.report
    numbers = {_identity(f): number for number, f in enumerate(report.findings)}
    return {
        "iri": dataset.iri,
        "access_rights": report.level.value,
        "note": report.note and report.note[lang],
        "verdict": dataset.verdict.value,
        "findings": [_finding(f, lang) for f in report.findings],
        "problems": [_problem(p, numbers, lang) for p in dataset.problems],
        "minimum_elements": dataset.completeness and _elements(dataset.completeness, lang),
        "mqa": dataset.mqa and _mqa(dataset.mqa),
    }


def _others(checked: Checked, number: int, lang: str) -> list[Plain]:
    """What our own checks say of the dataset of this number, where they stand beside."""
    own = checked.beside
    if own is None:
        return []
    dataset = _dataset(own.datasets[number], lang)
    return [
        {
            "profile": own.profile,
            "release": own.release,
            "shapes": own.shapes,
            **{name: dataset[name] for name in ("problems", "findings")},
        }
    ]


def _finding(finding: Finding, lang: str) -> Plain:
    return {
        "severity": finding.severity.value,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "component": finding.component,
        "shape": finding.shape,
        "message": finding.message[lang],
        "fix": finding.fix and finding.fix[lang],
        "line": finding.line,
    }


def _problem(problem: Problem, numbers: Mapping[_Identity, int], lang: str) -> Plain:
    return {
        "severity": problem.severity.value,
        "kind": problem.kind,
        "subjects": list(problem.subjects),
        "about": problem.about[lang],
        "path": problem.path,
        "name": problem.name[lang],
        "message": problem.message[lang],
        "fix": problem.fix[lang],
        "found": problem.found and problem.found[lang],
        "expected": problem.expected[lang],
        "suggestions": [{"iri": s.iri, "label": s.label[lang]} for s in problem.suggestions],
        "turtle": problem.turtle and problem.turtle[lang],
        "rule": problem.rule,
        "page": problem.page,
        "line": problem.line,
        "findings": sorted(
            numbers[_identity(f)] for f in problem.findings if _identity(f) in numbers
        ),
    }


def _identity(finding: Finding) -> _Identity:
    return (finding.focus, finding.path, finding.value, finding.component, finding.severity)


def _elements(found: Completeness, lang: str) -> Plain:
    return {
        "given": found.given,
        "applicable": found.applicable,
        "missing": [name[lang] for name in found.missing],
        "not_applicable": [
            {"element": name[lang], "because": reason[lang]} for name, reason in found.inapplicable
        ],
    }


def _mqa(found: Mqa) -> Plain:
    return {
        "score": found.points,
        "band": found.band,
        "dimensions": found.dimensions(),
        "unchecked": list(found.unchecked),
    }
