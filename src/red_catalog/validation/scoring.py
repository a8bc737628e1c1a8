"""Both scores of one record: completeness and quality assessment."""

from red_catalog.model import Completeness, Mqa, Report, Severity
from red_catalog.validation import profiles
from red_catalog.validation.checking import conforms
from red_catalog.validation.completeness import completeness
from red_catalog.validation.mqa import Answers, score
from red_catalog.validation.rules.description import Description


def assess(
    description: Description, report: Report, answers: Answers | None = None
) -> tuple[Completeness, Mqa]:
    """The scores of a record. `report`: what tells its conformance without a DCAT-AP profile."""
    conformant = _conforms_to_dcat_ap(description, report)
    return (
        completeness(description),
        score(description, conformant=conformant, answers=answers),
    )


def _conforms_to_dcat_ap(description: Description, report: Report) -> bool:
    if profiles.DCAT_AP in profiles.scoring():
        return conforms(description, profiles.DCAT_AP)
    return not report.count(Severity.VIOLATION)
