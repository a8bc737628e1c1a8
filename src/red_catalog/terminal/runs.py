"""What came of harvests."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from red_catalog.model import Run, State
from red_catalog.terminal.plain import clean
from red_catalog.terminal.writing import console, print_problem, print_table, tell_problem

_HELD: Final = (State.QUARANTINED, State.CONFLICT, State.REJECTED)
_SPARE: Final = (
    "unchanged", "read", "withdrawn", "absent", "updated", "new", "rejected", "conflict",
    "quarantined",
)  # fmt: skip


def print_runs(runs: Sequence[Run], log: str) -> None:
    """The summary of a harvest, then each problem in a sentence, unless the log told it."""
    states = [s for s in State if any(run.totals()[s.value] for run in runs)]
    print_table(
        "Harvest",
        ["source", "status", "read", *(s.value for s in states)],
        [
            [run.source, run.status, run.read, *(run.totals()[s.value] for s in states)]
            for run in runs
        ],
        _SPARE,
    )
    for run in runs if log == "text" else ():
        print_problems(run)


def print_problems(run: Run) -> None:
    """What a run could not read, and why it held records back, a sentence each on stderr."""
    for unreadable in run.unreadable:
        print_problem(run.source, unreadable.location, unreadable.problem)
    for outcome in run.outcomes:
        if outcome.reason:
            line = f"{run.source}: {outcome.state.value} {outcome.iri}: {outcome.reason['en']}"
            console(err=True).print(clean(line), markup=False)


def first_problem(run: Run) -> str | None:
    """What a run could not read first, else why it held the first record back; None for neither."""
    for unreadable in run.unreadable:
        return tell_problem(unreadable.location, unreadable.problem)
    held = ((one.iri, one.reason) for one in run.outcomes if one.state in _HELD)
    return next((f"{iri}: {reason['en']}" for iri, reason in held if reason), None)


def run_to_plain(run: Run) -> Mapping[str, Any]:
    """A run as `--json` prints it."""
    return {
        "source": run.source,
        "status": run.status,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat(),
        "read": run.read,
        "states": run.totals(),
        "held": [
            {"iri": o.iri, "state": o.state.value, "reason": o.reason}
            for o in run.outcomes
            if o.reason
        ],
        "problems": [
            {
                "document": u.location,
                "code": u.problem.code,
                "line": u.problem.line,
                "column": u.problem.column,
                "message": u.problem.message,
                "fix": u.problem.fix,
            }
            for u in run.unreadable
        ],
        "dropped": dict(run.dropped),
    }
