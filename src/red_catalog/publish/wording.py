"""Codes of the register in words; the messages' catalogues hold their translations."""

from typing import Final

from red_catalog.model import State, Verdict


def _mark(message: str) -> str:
    """The message itself: marks it for extraction into the messages' catalogues."""
    return message


ACCESS: Final = {
    "PUBLIC": _mark("Public access"),
    "RESTRICTED": _mark("Restricted access"),
    "NON_PUBLIC": _mark("Non-public access"),
    "": _mark("Access not given"),
}
VERDICT: Final = {
    Verdict.CONFORMANT: _mark("Conformant description"),
    Verdict.FLAGGED: _mark("Description to complete"),
    Verdict.REJECTED: _mark("Description rejected"),
}
STATE: Final = {
    State.NEW: _mark("New"),
    State.UPDATED: _mark("Updated"),
    State.UNCHANGED: _mark("Unchanged"),
    State.REJECTED: _mark("Rejected"),
    State.QUARANTINED: _mark("Quarantined"),
    State.CONFLICT: _mark("In conflict"),
    State.ABSENT: _mark("Absent"),
    State.WITHDRAWN: _mark("Withdrawn"),
}
STATUS: Final = {
    "ok": _mark("Completed"),
    "incomplete": _mark("Incomplete"),
    "failed": _mark("Failed"),
    "guarded": _mark("Stopped by the removal guard"),
}
STATUS_SENTENCE: Final = {
    "ok": _mark("Everything the source holds was read."),
    "incomplete": _mark("Part of the source could not be read; nothing was removed."),
    "failed": _mark("The source could not be read; its last good version stays published."),
    "guarded": _mark("Too many datasets would have vanished; the catalogue was left as it was."),
}
DROPPED: Final = {
    "foreign": _mark("Statements about resources of other holders"),
    "vocabulary": _mark("Definitions of vocabularies, shapes and ontologies"),
    "unattached": _mark("Statements attached to no dataset"),
}
IDENTIFIER: Final = {"siren": "SIREN", "siret": "SIRET", "finess": "FINESS", "ror": "ROR"}
"""Registers of organisations: their names are the same in both languages."""
