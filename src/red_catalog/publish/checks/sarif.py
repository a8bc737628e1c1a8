"""A check as SARIF 2.1.0, which forges show beside the lines of a file."""

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote, urlsplit

from red_catalog.model import Checked, Defect, Problem, Severity

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note",
}  # fmt: skip
# What an address may hold as it is, escapes too.
_OF_ADDRESSES: Final = "%:/?#[]@!$&'()*+,;="
Plain = dict[str, Any]


def write(checks: Sequence[Checked], lang: str) -> str:
    """One run a profile."""
    runs = [_run(one, lang) for checked in checks for one in checked.apart]
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _run(checked: Checked, lang: str) -> Plain:
    problems = [(d.iri, p) for d in checked.datasets for p in d.problems]
    broken = [q.problem for q in checked.quarantined]
    if checked.unreadable:
        broken.append(checked.unreadable.problem)
    rules = {_rule(p): p for _, p in reversed(problems)}
    known: list[Plain] = [
        {
            "id": rule,
            "shortDescription": _text(p.name[lang]),
            "properties": {"iri": p.rule, "page": p.page},
        }
        for rule, p in sorted(rules.items())
    ]
    known += [
        {"id": code, "shortDescription": _text(code)}
        for code in sorted({d.code for d in broken} - rules.keys())
    ]
    return {
        # Forges take but one run of a category.
        "automationDetails": {"id": f"red-catalog/{checked.profile}/"},
        "tool": {
            "driver": {
                "name": "red-catalog",
                "informationUri": "https://red-catalog.org/",
                "rules": known,
            }
        },
        "properties": {
            "profile": checked.profile, "release": checked.release, "shapes": checked.shapes,
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            *(_broken(checked, d, lang) for d in broken),
            *(_result(checked, iri, p, lang) for iri, p in problems),
        ],
    }  # fmt: skip


def _rule(problem: Problem) -> str:
    return (
        (problem.rule or problem.path or problem.kind)
        .strip("<>")
        .replace("#", "/")
        .rstrip("/")
        .rsplit("/", 1)[-1]
    )


def _result(checked: Checked, iri: str, problem: Problem, lang: str) -> Plain:
    return {
        "ruleId": _rule(problem),
        "level": _LEVELS[problem.severity],
        "message": _text(f"{problem.message[lang]} {problem.fix[lang]}"),
        "locations": [_location(checked.location, problem.line)],
        "partialFingerprints": {
            "problem/v1": f"{iri}|{problem.kind}|{problem.path}|{problem.subjects[0]}"
        },
        "properties": {"dataset": iri, "turtle": problem.turtle and problem.turtle[lang]},
    }


def _broken(checked: Checked, defect: Defect, lang: str) -> Plain:
    return {
        "ruleId": defect.code,
        "level": "error",
        "message": _text(f"{defect.message[lang]} {defect.fix[lang]}"),
        "locations": [_location(checked.location, defect.line)],
    }


def _text(words: str) -> Plain:
    """A message; a brace alone would begin the place of an argument."""
    return {"text": words.replace("{", "{{").replace("}", "}}")}


def _location(location: str, line: int | None) -> Plain:
    web = urlsplit(location).scheme in {"http", "https"}
    uri = quote(location, _OF_ADDRESSES) if web else quote(PurePath(location).as_posix())
    physical: Plain = {"artifactLocation": {"uri": uri}}
    if line is not None:
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}
