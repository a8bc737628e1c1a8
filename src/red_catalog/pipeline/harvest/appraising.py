"""What is found out about one record: every profile of the catalogue, the scores. Pure."""

from datetime import date

from red_catalog.model import Record, Severity, Text
from red_catalog.pipeline.explaining import explain_record
from red_catalog.pipeline.harvest.examining import Answers, Examined, Standards
from red_catalog.pipeline.harvest.wording import tell_blocking
from red_catalog.validation.checking import check, read
from red_catalog.validation.repeating import mark
from red_catalog.validation.scoring import assess


def appraise(
    iri: str,
    canonical: bytes,
    standards: Standards,
    today: date,
    answers: Answers | None,
    beside: frozenset[str],
) -> Examined:
    """What is found out about a record held against these standards on this day.

    `beside`: IRIs of the datasets that its source describes.
    """
    ordered = dict.fromkeys((*standards.gating, *standards.profiles))
    description = read(iri, canonical, today, beside)
    reports = mark([check(description, name, standards.installed) for name in ordered])
    deciding = reports[: len(standards.gating)]
    asked = None if answers is None else answers.get
    completeness, mqa = assess(description, reports[0], asked)
    violations = sum(r.count(Severity.VIOLATION) for r in deciding)
    return Examined(reports, violations, completeness, mqa)


def tell_refused(record: Record, examined: Examined, standards: Standards) -> Text:
    """Why a strict gate holds a record back: the problems that the deciding profiles find."""
    told = (
        problem
        for report in examined.reports[: len(standards.gating)]
        for problem in explain_record(record.iri, record.canonical, report, standards.installed)
    )
    return tell_blocking(record.document, told)
