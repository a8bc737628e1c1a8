"""What harvests brought, in figures: how many records ended in which state."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from red_catalog.model import Run, State
from red_catalog.publish.pages.contents import Contents
from red_catalog.publish.web import charts, wording
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.tables import write_csv

# The part of a harvest's bar that stands for each state.
_PARTS: Final = {
    State.NEW: "part-good",
    State.UPDATED: "part-good",
    State.UNCHANGED: "part-main",
    State.REJECTED: "part-bad",
    State.QUARANTINED: "part-bad",
    State.CONFLICT: "part-bad",
    State.ABSENT: "part-warn",
    State.WITHDRAWN: "part-warn",
}


def totals(run: Run) -> Mapping[State, int]:
    """How many records of a run ended in each state, by the order of the states."""
    return {State(name): number for name, number in run.totals().items()}


def bar(run: Run) -> Markup:
    """The states of a run side by side, what was kept first."""
    found = totals(run)
    parts = [(found.get(state, 0), part) for state, part in _PARTS.items()]
    return charts.bar(*parts, whole=sum(found.values()))


def csv(contents: Contents, code: str) -> bytes:
    """The latest run of each source with its records by state."""
    spoken = language(code)
    _ = spoken.gettext
    heads = [_("Source"), _("Holder"), _("Outcome"), _("Started"), _("Ended"),
             *(_(wording.STATE[state]) for state in State), _("In all"),
             _("Unreadable documents")]  # fmt: skip
    rows = []
    for run in contents.runs.values():
        found = totals(run)
        rows.append((
            run.source, contents.site.source(run.source).holder, _(wording.STATUS[run.status]),
            run.started.isoformat(), run.ended.isoformat(),
            *(found.get(state, 0) for state in State), sum(found.values()), len(run.unreadable),
        ))  # fmt: skip
    return write_csv(heads, rows)
