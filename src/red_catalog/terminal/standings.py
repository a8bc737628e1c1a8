"""How sources, targets and the installation stand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text as RichText

from red_catalog.model import Run
from red_catalog.pipeline.desk.diagnosing import Diagnosis
from red_catalog.pipeline.desk.reporting import Difference, SourceStatus, TargetStatus
from red_catalog.pipeline.desk.withdrawing import Abandoned
from red_catalog.pipeline.letters.owing import Owed
from red_catalog.pipeline.publishing import Published
from red_catalog.terminal.plain import clean
from red_catalog.terminal.runs import first_problem
from red_catalog.terminal.writing import console, out_is_terminal, print_table


def print_status(rows: Sequence[SourceStatus]) -> None:
    """Each source on a line; on a terminal what is not well first, each with its first problem."""
    ill = [row for row in rows if row.status != "ok"] if out_is_terminal() else []
    if ill:
        rows = [*ill, *(row for row in rows if row.status == "ok")]
    print_table(
        "Sources",
        ["source", "holder", "kind", "status", "last run", "due", "published", "flagged",
         "held back", "absent", "withdrawn", "requests", "kB", "seconds"],
        [
            [r.source, r.holder, r.kind, r.status, _minute(r.last), _due(r),
             r.published, r.flagged, r.held, r.absent, r.withdrawn,
             r.cost.requests if r.cost else 0, r.cost.received // 1000 if r.cost else 0,
             round(r.cost.seconds) if r.cost else 0]
            for r in rows
        ],
        ["seconds", "kB", "requests", "due", "withdrawn", "absent", "kind", "holder", "last run",
         "flagged", "held back", "published"],
    )  # fmt: skip
    for row in ill:
        if row.run and (first := first_problem(row.run)):
            console().print(clean(f"{row.source}: {first}"), markup=False)


def print_targets(rows: Sequence[TargetStatus]) -> None:
    """Each target on a line, and below what keeps it from having everything."""
    if not rows:
        return
    print_table(
        "Targets",
        ["target", "kind", "feed", "acknowledged", "owed", "refused", "last push"],
        [
            [r.target, r.kind, r.feed, r.balance.acknowledged, r.balance.owed, r.balance.refused,
             f"{r.balance.last:%Y-%m-%d %H:%M}" if r.balance.last else "–"]
            for r in rows
        ],
        ["feed", "kind", "last push", "acknowledged", "refused", "owed"],
    )  # fmt: skip
    for row in rows:
        for iri, reason in row.balance.reasons:
            console().print(clean(f"{row.target}: {iri}: {reason['en']}"), markup=False)


def print_others(some: Sequence[Abandoned | Owed]) -> None:
    """What stays published without a source or a holder, and letters that are owed, a line each."""
    for one in some:
        console().print(clean(one.tell()), markup=False)


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "–"


def _due(row: SourceStatus) -> str:
    """When the next run is due; `now` where that is past, or there was none."""
    if row.due is None or row.due <= datetime.now(UTC):
        return "now"
    return _minute(row.due)


def print_differences(run: Run, changes: Sequence[Difference]) -> None:
    """Each record that would change, with the statements that come and go."""
    if run.status == "ok" and not changes:
        console().print("No difference.")
    for change in changes:
        console().print(RichText(f"{change.state}  {clean(change.iri)}", style="bold"))
        for sign, lines, style in (("-", change.removed, "red"), ("+", change.added, "green")):
            for line in lines:
                console().print(RichText(f"  {sign} {clean(line)}", style=style))


def print_diagnosis(findings: Sequence[Diagnosis]) -> None:
    """Each thing looked at, on a line."""
    for finding in findings:
        line = RichText("ok    " if finding.well else "FAIL  ", "green" if finding.well else "red")
        line.append(clean(f"{finding.subject}: {finding.seen}"), style="default")
        console().print(line)


def print_published(published: Published, site: Path) -> None:
    """What a publish did, in a sentence."""
    one = published.datasets == 1
    live = "Nothing changed; live is" if one else "Nothing changed; live are"
    what = "Published" if published.fresh else live
    gone = f" and {published.withdrawn} withdrawn" if published.withdrawn else ""
    console().print(
        f"{what} {published.datasets} dataset{'' if one else 's'}{gone} in {site}", markup=False
    )
