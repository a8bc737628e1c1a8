"""Codes of the register in words; the messages' catalogues hold their translations."""

from typing import Final

from red_catalog.model import MINIMUM_PROFILE, OWN_PROFILE, Severity, State, Verdict


def _mark(message: str) -> str:
    """The message itself: marks it for extraction into the messages' catalogues."""
    return message


ACCESS: Final = {
    "PUBLIC": _mark("Public access"),
    "RESTRICTED": _mark("Restricted access"),
    "NON_PUBLIC": _mark("Non-public access"),
}
LEVELS: Final = {
    "public": ACCESS["PUBLIC"],
    "restricted": ACCESS["RESTRICTED"],
    "non-public": ACCESS["NON_PUBLIC"],
    "other": _mark("Other access level"),
    "none": _mark("Access not given"),
}
VERDICT: Final = {
    Verdict.CONFORMANT: _mark("Conformant description"),
    Verdict.FLAGGED: _mark("Description to correct"),
    Verdict.REJECTED: _mark("Description rejected"),
}
POPULATION_TOPS: Final = {"1": 1_000, "2": 10_000, "3": 100_000, "4": 1_000_000, "5": 10**18}
POPULATION: Final = {
    "1": _mark("Under 1,000 people"),
    "2": _mark("1,000 to 10,000 people"),
    "3": _mark("10,000 to 100,000 people"),
    "4": _mark("100,000 to 1 million people"),
    "5": _mark("1 million people and more"),
}
FACETS: Final = {
    "holder": _mark("Holder"),
    "access": _mark("Access"),
    "category": _mark("Category of Article 51"),
    "theme": _mark("Health theme"),
    "territory": _mark("Territory"),
    "period": _mark("Period covered"),
    "population": _mark("Number of people"),
    "coding": _mark("Coding system"),
    "standard": _mark("Standard"),
    "format": _mark("Format"),
    "language": _mark("Language of the data"),
    "verdict": _mark("Description"),
    "date": _mark("Date of application"),
    "fees": _mark("Fees"),
    "protection": _mark("Protected parts"),
    "label": _mark("Quality label"),
}
FEES: Final = {
    "declared": _mark("Fees declared"),
    "undeclared": _mark("Fees not declared"),
}
PROTECTION: Final = {
    "intellectual-property": _mark("Intellectual property"),
    "trade-secret": _mark("Trade secret"),
    "unprotected": _mark("No protected part"),
    "other": _mark("Other protection declared"),
    "undeclared": _mark("Protection not declared"),
}
LABEL: Final = {
    "claimed": _mark("Quality label claimed"),
    "unclaimed": _mark("No quality label claimed"),
}
FACET_VALUES: Final = {
    "label": LABEL,
    "fees": FEES,
    "protection": PROTECTION,
    "access": LEVELS,
    "verdict": {verdict.value: message for verdict, message in VERDICT.items()},
    "population": POPULATION,
}
SEVERITY: Final = {
    Severity.VIOLATION: _mark("To correct"),
    Severity.WARNING: _mark("To improve"),
    Severity.INFO: _mark("Good to know"),
}
GRAVITY: Final = {
    Severity.VIOLATION: _mark("Blocking"),
    Severity.WARNING: _mark("To improve"),
    Severity.INFO: _mark("Good to know"),
}
"""How grave it is to break a rule of a profile that decides the verdict."""
ORIGIN: Final = {
    OWN_PROFILE: _mark("This software's own"),
    MINIMUM_PROFILE: _mark("Written from secondary sources; the act itself was not read"),
}
SPECIFIED: Final = _mark("Part of the software, written from the published specification")
"""Where the rules of the software's other profiles come from."""
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
    "guarded": _mark("Suspended: too many removals"),
}
STATUS_SENTENCE: Final = {
    "ok": _mark("Everything the source holds was read."),
    "incomplete": _mark("Part of the source could not be read; nothing was removed."),
    "failed": _mark("The source could not be read; what was published of it stays so."),
    "guarded": _mark("Too many datasets would have vanished; the catalogue was left as it was."),
}
DROPPED: Final = {
    "foreign": _mark("Statements about resources of other holders"),
    "vocabulary": _mark("Definitions of vocabularies, shapes and ontologies"),
    "unattached": _mark("Statements attached to no dataset"),
}
FUNDING: Final = {
    "public": _mark("Public funding"),
    "private": _mark("Private funding"),
    "mixed": _mark("Public and private funding"),
}
STANDING: Final = {
    "current": _mark("Checked within the year"),
    "due": _mark("Due"),
    "overdue": _mark("Overdue"),
}
IDENTIFIER: Final = {"siren": "SIREN", "siret": "SIRET", "finess": "FINESS", "ror": "ROR"}
"""Registers of organisations: their names are the same in both languages."""
SEARCH: Final = {
    "search": _mark("Search by title, keyword, holder or variable"),
    "submit": _mark("Search"),
    "past": _mark("See the results"),
    "sort": _mark("Sort by"),
    "filters": _mark("Filters"),
    "within": _mark("Look for a value of:"),
    "all": _mark("Show all values"),
    "chosen": _mark("Filters chosen"),
    "remove": _mark("(remove this filter)"),
    "clear": _mark("Clear everything"),
    "more": _mark("More results"),
    "one": _mark("1 dataset found"),
    "many": _mark("{n} datasets found"),
    "waiting": _mark("Searching…"),
    "failed": _mark(
        "The search does not answer at the moment. The lists below hold every dataset."
    ),
    "cut": _mark("The other results could not be loaded. Try again."),
    "lacks": _mark("No dataset has the word “{word}”."),
    "reads": _mark(
        "The search reads titles, keywords, holders, descriptions, categories, identifiers, codes "
        "and variables."
    ),
    "none": _mark("No dataset matches. Remove a filter or shorten the search."),
    "without": _mark("Without “{word}”:"),
    "unfiltered": _mark("Without the filters:"),
}
"""What the search page's script says."""
SORTS: Final = {
    "": _mark("Relevance"),
    "title": _mark("Title"),
    "changed": _mark("Latest change"),
    "population": _mark("Number of people (largest first)"),
}
