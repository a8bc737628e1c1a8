"""How the nouns of the model are written in the register's columns."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from red_catalog.model import Defect, Finding, Level, Report, Severity, Unreadable

Plain = dict[str, Any]


def dump(value: Any) -> str:
    """Compact JSON with sorted keys, so that equal values give equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Any:
    """The value of a JSON text."""
    return json.loads(text)


def moment(text: str) -> datetime:
    """The time of a column, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def report_to_json(report: Report) -> str:
    """A report as JSON text."""
    findings = [
        {
            "severity": f.severity.value,
            "focus": f.focus,
            "path": f.path,
            "value": f.value,
            "component": f.component,
            "shape": f.shape,
            "message": dict(f.message),
            "fix": dict(f.fix) if f.fix else None,
            "line": f.line,
        }
        for f in report.findings
    ]
    return dump(
        {
            "profile": report.profile,
            "release": report.release,
            "shapes": report.shapes,
            "level": report.level.value,
            "findings": findings,
        }
    )


def report_from_json(text: str) -> Report:
    """A report back from its JSON text."""
    plain = json.loads(text)
    findings = tuple(
        Finding(**{**f, "severity": Severity(f["severity"])}) for f in plain["findings"]
    )
    return Report(**{**plain, "level": Level(plain["level"]), "findings": findings})


def defect_to_plain(defect: Defect) -> Plain:
    """A defect as a mapping ready for JSON."""
    return {
        "code": defect.code,
        "message": dict(defect.message),
        "fix": dict(defect.fix),
        "line": defect.line,
        "column": defect.column,
        "subject": defect.subject,
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
