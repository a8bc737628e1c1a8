"""How the nouns of the model are written in the register's columns."""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from red_catalog.model import (
    Completeness,
    Defect,
    Finding,
    Level,
    Mqa,
    Report,
    Severity,
    Unreadable,
)

Plain = dict[str, Any]


def dump(value: Any) -> str:
    """Compact JSON with sorted keys, so that equal values give equal texts."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def load(text: str) -> Any:
    """The value of a JSON text."""
    return json.loads(text)


def inflate(packed: bytes) -> bytes | None:
    """A text as it was packed, None where it is damaged: the sum within it tells."""
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return None


def moment(text: str) -> datetime:
    """The time of a column, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def report_to_json(report: Report) -> str:
    """A report as JSON text."""
    return dump(_report_to_plain(report))


def report_from_json(text: str) -> Report:
    """A report back from its JSON text."""
    return _report_from_plain(json.loads(text))


def reports_to_json(reports: Iterable[Report]) -> str:
    """Several reports as JSON text."""
    return dump([_report_to_plain(report) for report in reports])


def reports_from_json(text: str) -> tuple[Report, ...]:
    """Several reports back from their JSON text."""
    return tuple(_report_from_plain(plain) for plain in json.loads(text))


def findings_to_json(findings: Iterable[Finding]) -> str:
    """Findings as JSON text."""
    return dump([_fields(finding) for finding in findings])


def findings_from_json(text: str) -> tuple[Finding, ...]:
    """Findings back from their JSON text."""
    return tuple(_finding(plain) for plain in json.loads(text))


def scores_to_json(completeness: Completeness, mqa: Mqa) -> str:
    """Both scores of a record as JSON text."""
    return dump({"completeness": _fields(completeness), "mqa": _fields(mqa)})


def scores_from_json(text: str) -> tuple[Completeness, Mqa]:
    """Both scores of a record back from their JSON text."""
    plain = json.loads(text)
    counted, mqa = plain["completeness"], plain["mqa"]
    return (
        Completeness(
            given=counted["given"],
            applicable=counted["applicable"],
            missing=tuple(counted["missing"]),
            inapplicable=tuple((name, reason) for name, reason in counted["inapplicable"]),
        ),
        Mqa(tuple(mqa["met"]), tuple(mqa["unchecked"])),
    )


def defect_to_plain(defect: Defect) -> Plain:
    """A defect as a mapping ready for JSON."""
    return {
        "code": defect.code,
        "message": dict(defect.message),
        "fix": dict(defect.fix),
        "line": defect.line,
        "column": defect.column,
        "subject": defect.subject,
        "path": defect.path,
        "part": defect.part,
    }


def defect_from_plain(plain: Mapping[str, Any]) -> Defect:
    """A defect back from its mapping."""
    return Defect(**plain)


def unreadable_to_plain(unreadable: Unreadable) -> Plain:
    """An unreadable document as a mapping ready for JSON."""
    return {"location": unreadable.location, "problem": defect_to_plain(unreadable.problem)}


def unreadable_from_plain(plain: Mapping[str, Any]) -> Unreadable:
    """An unreadable document back from its mapping."""
    return Unreadable(plain["location"], defect_from_plain(plain["problem"]))


def _report_to_plain(report: Report) -> Plain:
    return {**_fields(report), "findings": [_fields(finding) for finding in report.findings]}


def _report_from_plain(plain: Plain) -> Report:
    findings = tuple(map(_finding, plain["findings"]))
    return Report(**{**plain, "level": Level(plain["level"]), "findings": findings})


def _finding(plain: Plain) -> Finding:
    return Finding(**{**plain, "severity": Severity(plain["severity"])})


def _fields(noun: Any) -> Plain:
    return {name: getattr(noun, name) for name in noun.__slots__}


def _plain(value: object) -> object:
    """What JSON does not know by itself: any mapping, such as the texts of a message."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
