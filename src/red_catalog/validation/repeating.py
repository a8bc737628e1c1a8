"""What our own profile says of a value that another profile objects to already: one problem."""

from collections.abc import Sequence
from dataclasses import replace

from red_catalog.model import OWN_PROFILE, Report
from red_catalog.validation.rules.correcting import is_correctable


def mark(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports on one record, with the findings of ours that repeat another profile's.

    A rule of ours that tells which value is right repeats what others say of the same value:
    one correction mends both. What it says of a text's content is something else.
    """
    told: set[tuple[str, str | None, str | None]] = {
        (f.focus, f.path, f.value)
        for report in reports
        if report.profile != OWN_PROFILE
        for f in report.findings
        if f.value is not None
    }
    return tuple(_mark(r, told) if r.profile == OWN_PROFILE and told else r for r in reports)


def _mark(report: Report, told: set[tuple[str, str | None, str | None]]) -> Report:
    findings = tuple(
        replace(f, repeats=True)
        if (f.focus, f.path, f.value) in told and is_correctable(f.shape)
        else f
        for f in report.findings
    )
    return replace(report, findings=findings)
