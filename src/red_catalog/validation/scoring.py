"""Both scores of one record: completeness and quality assessment."""

from functools import cache
from typing import Final

from red_catalog.model import MINIMUM_PROFILE, Completeness, Mqa, Report, Severity
from red_catalog.validation import profiles
from red_catalog.validation.checking import conforms
from red_catalog.validation.completeness import completeness
from red_catalog.validation.mqa import Answers, score
from red_catalog.validation.rules.description import Description

_DCAT_AP: Final = "dcat-ap-3"


@cache
def profiles_used() -> tuple[str, ...]:
    """The profiles that scores depend on, besides that of the report."""
    return tuple(name for name in (_DCAT_AP, MINIMUM_PROFILE) if name in profiles.names())


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
    if _DCAT_AP in profiles_used():
        return conforms(description, _DCAT_AP)
    return not report.count(Severity.VIOLATION)
