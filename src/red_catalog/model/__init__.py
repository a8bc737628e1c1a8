"""The nouns of the catalogue, frozen: what passes from one stage to the next."""

from red_catalog.model.checks import Checked, CheckedDataset
from red_catalog.model.documents import (
    UNNAMED,
    Absence,
    Bookmark,
    Defect,
    Document,
    Gone,
    Quarantined,
    Reading,
    Record,
    Unreadable,
)
from red_catalog.model.entries import CATALOGUE_FEED, EU_FEED, FEEDS, Announcement, Entry, Reviewed
from red_catalog.model.findings import Finding, Problem, Report, Suggestion
from red_catalog.model.holders import FUNDINGS, HOLDER_KINDS, Holder
from red_catalog.model.indexed import Indexed, IndexFacet
from red_catalog.model.places import Auth, Source, Target, find_foreign, lower_server, names_server
from red_catalog.model.runs import Outcome, Run
from red_catalog.model.scores import MQA_POINTS, Completeness, Mqa, Standing, mqa_band
from red_catalog.model.words import (
    EU_PROFILE,
    MINIMUM_PROFILE,
    OWN_PROFILE,
    READ,
    Level,
    Severity,
    State,
    Text,
    Triple,
    Verdict,
)

__all__ = [
    "CATALOGUE_FEED",
    "EU_FEED",
    "EU_PROFILE",
    "FEEDS",
    "FUNDINGS",
    "HOLDER_KINDS",
    "MINIMUM_PROFILE",
    "MQA_POINTS",
    "OWN_PROFILE",
    "READ",
    "UNNAMED",
    "Absence",
    "Announcement",
    "Auth",
    "Bookmark",
    "Checked",
    "CheckedDataset",
    "Completeness",
    "Defect",
    "Document",
    "Entry",
    "Finding",
    "Gone",
    "Holder",
    "IndexFacet",
    "Indexed",
    "Level",
    "Mqa",
    "Outcome",
    "Problem",
    "Quarantined",
    "Reading",
    "Record",
    "Report",
    "Reviewed",
    "Run",
    "Severity",
    "Source",
    "Standing",
    "State",
    "Suggestion",
    "Target",
    "Text",
    "Triple",
    "Unreadable",
    "Verdict",
    "find_foreign",
    "lower_server",
    "mqa_band",
    "names_server",
]
