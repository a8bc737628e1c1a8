"""What the command line prints: tables and sentences for people, JSON for scripts."""

import json
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text as RichText

from red_catalog.errors import RedError
from red_catalog.model import (
    MINIMUM_PROFILE,
    OWN_PROFILE,
    Checked,
    CheckedDataset,
    Defect,
    Entry,
    Problem,
    Run,
    State,
)
from red_catalog.pipeline.diagnosing import Diagnosis
from red_catalog.pipeline.progress import Event, Listener, keep_silent
from red_catalog.pipeline.publishing import Published
from red_catalog.pipeline.reporting import Difference, SourceStatus, TargetStatus
from red_catalog.pipeline.reviewing import HolderReport, Told
from red_catalog.pipeline.spreadsheets import Converted
from red_catalog.publish.checks.wording import (
    BANDS,
    LEVELS,
    SENTENCES,
    VERDICTS,
    against,
    bind,
    capital,
    small,
    split,
    summarise,
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDTH = 240  # of what is no terminal: a file or a pipe keeps a row on its line
_READABLE = 100  # characters of a line of a check
_COLOURS = {
    "ok": "green",
    "conformant": "green",
    "incomplete": "yellow",
    "flagged": "yellow",
    "guarded": "red",
    "failed": "red",
    "violation": "red",
    "warning": "yellow",
    "info": "blue",
}


def clean(text: str) -> str:
    """The text without control or bidirectional characters, which could deceive a reader."""
    return _CONTROL.sub("�", text)


def console(*, err: bool = False) -> Console:
    """A console on stdout or stderr; plain where that is no terminal or NO_COLOR is set."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else _WIDTH
    return Console(stderr=err, highlight=False, width=width, soft_wrap=width is not None)


def print_json(value: Any) -> None:
    """The value as indented JSON on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_text(text: str) -> None:
    """A whole text on stdout, in UTF-8 and with the line ends that it has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


@contextmanager
def listening(log: str, sources: int) -> Iterator[Listener]:
    """What hears the events of a harvest: a JSON log, a progress bar on a terminal, or nobody."""
    if log == "json":
        yield _log_json
    elif not sys.stderr.isatty():
        yield keep_silent
    else:
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=console(err=True), transient=True) as bar:
            task = bar.add_task("…", total=sources)
            yield partial(_show, bar, task)


def _log_json(event: Event) -> None:
    """One event on a line; JSON's own escapes leave no raw control character."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    facts = {"time": moment, "event": event.name, "source": event.source, **event.facts}
    sys.stderr.write(json.dumps(facts, default=str) + "\n")


def print_trouble(error: RedError, log: str) -> None:
    """What the operator must mend, on stderr: a sentence, or an event of the log."""
    if log == "json":
        facts = {"message": str(error), "exit_code": error.exit_code}
        _log_json(Event("error", "", facts))
    else:
        sys.stderr.write(f"red-catalog: {clean(str(error))}\n")


def _show(bar: Progress, task: TaskID, event: Event) -> None:
    documents = event.facts.get("documents")
    text = event.source if documents is None else f"{event.source} ({documents})"
    bar.update(task, description=clean(text), advance=event.name == "ended")


def coloured(word: str) -> RichText:
    """A status or a verdict in its colour; the word itself always stays."""
    return RichText(clean(word), style=_COLOURS.get(word, ""))


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout: numbers to the right, the rest to the left."""
    rows = list(rows)
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for number, name in enumerate(head):
        right = bool(rows) and all(isinstance(row[number], int) for row in rows)
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    console().print(table)


def print_runs(runs: Sequence[Run], log: str = "text") -> None:
    """The summary of a harvest, then each problem in a sentence, unless the log told it."""
    states = [s for s in State if any(run.totals()[s.value] for run in runs)]
    print_table(
        "Harvest",
        ["source", "status", "read", *(s.value for s in states)],
        [
            [run.source, run.status, run.read, *(run.totals()[s.value] for s in states)]
            for run in runs
        ],
    )
    for run in runs if log == "text" else ():
        for unreadable in run.unreadable:
            print_problem(run.source, unreadable.location, unreadable.problem)
        for outcome in run.outcomes:
            if outcome.reason:
                line = f"{run.source}: {outcome.state.value} {outcome.iri}: {outcome.reason['en']}"
                console(err=True).print(clean(line), markup=False)


def print_problem(source: str, location: str, problem: Defect, lang: str = "en") -> None:
    """One sentence naming source, document and line, and what to do, on stderr."""
    where = location if problem.line is None else f"{location}:{problem.line}"
    line = f"{source}: {where}: {problem.message[lang]} {problem.fix[lang]}"
    console(err=True).print(clean(line), markup=False)


def print_converted(converted: Converted, output: Path, lang: str) -> None:
    """What is to be mended in a spreadsheet, on stderr, then what was written."""
    for where, problem in converted.mistakes:
        about = "" if converted.written else f"{where}: "
        line = f"{about}{problem.message[lang]} {problem.fix[lang]}"
        console(err=True).print(clean(line), markup=False, soft_wrap=True)
    if not converted.written:
        return
    said = _CONVERTED[lang].format(
        datasets=converted.datasets, held=converted.held, mistakes=len(converted.mistakes)
    )
    console().print(clean(f"{output}: {said}"), markup=False, soft_wrap=True)


def print_checks(checks: Sequence[Checked], lang: str, *, fixes: bool) -> None:
    """A check for people: what could not be read, then each dataset with its problems."""
    said = SENTENCES[lang]
    broken = next((c.unreadable for c in checks if c.unreadable), None)
    if broken:
        _write_defect(broken.location, broken.problem, lang, indent=0)
        return
    for number, checked in enumerate(checks):
        if number:
            _write("")
        _write(against(checked, lang), style="bold")
        if not checked.datasets and not checked.quarantined:
            _write(said["no-dataset"].format(checked.location), style="red")
        for held in checked.quarantined:
            if held.iri:
                _write(said["held"].format(held.iri), style="bold")
            _write_defect(checked.location, held.problem, lang)
        for mended in checked.repaired:
            _write(said["mended"], style="yellow")
            _write_defect(checked.location, mended, lang, style="")
        for dataset in checked.datasets:
            _write_dataset(dataset, lang, fixes=fixes)
    if not fixes and any(p.turtle for c in checks for d in c.datasets for p in d.problems):
        _write("")
        _write(said["fixes"], style="dim")


def _write_defect(
    location: str, problem: Defect, lang: str, *, style: str = "red", indent: int = 2
) -> None:
    where = location if problem.line is None else f"{location}:{problem.line}"
    _write(f"{where}: {problem.message[lang]} {problem.fix[lang]}", indent=indent, style=style)


def _write_dataset(dataset: CheckedDataset, lang: str, *, fixes: bool) -> None:
    said = SENTENCES[lang]
    blocking, improve, advised = split(dataset.problems)
    _write("")
    _write(dataset.name or said["untitled"], style="bold")
    _write(dataset.iri, style="dim")
    colour = "red" if blocking else "green"
    level, verdict = LEVELS[lang][dataset.report.level.value], VERDICTS[lang][dataset.verdict]
    _write(f"{level} · {verdict} · {summarise(dataset, lang)}", style=colour)
    if dataset.report.note:
        _write(dataset.report.note[lang])
    for title, problems, style in (
        (said["blocking"], blocking, "bold red"), (said["improve"], improve, "bold yellow"),
    ):  # fmt: skip
        if problems:
            _write("")
            _write(f"{title} ({len(problems)})", style=style)
        for number, problem in enumerate(problems, 1):
            _write_problem(number, problem, lang, fixes=fixes)
    if advised:
        _write("")
        _write(said["complete"], style="bold yellow")
    for group in advised.values():
        names = ", ".join(small(p.name[lang]) for p in group)
        _write(f"{said['of'].format(capital(group[0].about[lang]))} {names}.", indent=2)
    _write_scores(dataset, lang)


def _write_problem(number: int, problem: Problem, lang: str, *, fixes: bool) -> None:
    line = SENTENCES[lang]["line"].format(problem.line).replace(" ", "\xa0")
    where = f" ({line})" if problem.line else ""
    head = f"{number}. "
    inner = 2 + len(head)
    _write(f"{head}{problem.message[lang]}{where}", indent=2, hanging=len(head))
    _write(f"→ {problem.fix[lang]}", indent=inner, hanging=2, style="cyan")
    if problem.page and urlsplit(problem.page).scheme:
        _write(SENTENCES[lang]["rule"].format(problem.page), indent=inner, style="dim")
    if fixes and problem.turtle:
        for line in problem.turtle[lang].splitlines():
            text = f"{' ' * inner}| {clean(line)}"
            console().print(RichText(text, style="dim"), soft_wrap=True)


def _write_scores(dataset: CheckedDataset | Entry, lang: str) -> None:
    said, given, mqa = SENTENCES[lang], dataset.completeness, dataset.mqa
    if given is None or mqa is None:
        return
    _write("")
    text = said["elements"].format(given.given, given.applicable)
    if given.missing:
        text += " " + said["missing"].format(", ".join(small(n[lang]) for n in given.missing))
    _write(text)
    _write(said["mqa" if mqa.unchecked else "mqa-tried"].format(mqa.points, BANDS[lang][mqa.band]))


def _write(text: str, indent: int = 0, hanging: int = 0, style: str = "") -> None:
    """A paragraph as wide as the terminal, its words whole: an address can be copied."""
    wide = min(console().width, _READABLE) if sys.stdout.isatty() else _READABLE
    lines = textwrap.wrap(
        bind(clean(text)),
        wide,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines or [""]:
        console().print(RichText(line, style=style), soft_wrap=True)


def print_verified(differences: Sequence[str]) -> int:
    """What the comparison of the engines found; 1 where they differ, else 0."""
    for line in differences:
        console().print(clean(line), markup=False)
    if not differences:
        console().print("Both engines say the same.")
    return int(bool(differences))


def print_status(rows: Sequence[SourceStatus]) -> None:
    """Each source on a line."""
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
    )  # fmt: skip


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
    )  # fmt: skip
    for row in rows:
        for iri, reason in row.balance.reasons:
            console().print(clean(f"{row.target}: {iri}: {reason['en']}"), markup=False)


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "–"


def _due(row: SourceStatus) -> str:
    """When the next run is due; `now` where that is past, or there was none."""
    if row.due is None or row.due <= datetime.now(UTC):
        return "now"
    return _minute(row.due)


def print_holder(report: HolderReport, lang: str, *, fixes: bool = False) -> None:
    """What a holder should mend."""
    console().print(RichText(clean(report.holder.name[lang]), style="bold underline"))
    for unreadable in report.unreadable:
        print_problem(report.holder.id, unreadable.location, unreadable.problem, lang)
    for outcome in report.held:
        if outcome.reason:
            line = f"{outcome.state.value}: {outcome.iri}: {outcome.reason[lang]}"
            console().print(clean(line), markup=False)
    for reviewed in report.entries:
        _write_dataset(reviewed.to_checked(), lang, fixes=fixes)
        for told in reviewed.told[1:]:
            _write_other(told, lang, fixes=fixes)
    found = [p for r in report.entries for told in r.told for p in told.problems]
    if not fixes and any(p.turtle for p in found):
        _write("")
        _write(SENTENCES[lang]["fixes"], style="dim")


def _write_other(told: Told, lang: str, *, fixes: bool) -> None:
    """What a profile says that does not come first; missing elements stand with the scores."""
    if not told.problems or told.report.profile == MINIMUM_PROFILE:
        return
    report = told.report
    own = report.profile == OWN_PROFILE
    _write("")
    _write(SENTENCES[lang]["own"] if own else f"{report.profile} {report.release}", style="bold")
    for number, problem in enumerate(told.problems, 1):
        _write_problem(number, problem, lang, fixes=fixes)


def print_differences(changes: Sequence[Difference]) -> None:
    """Each record that would change, with the statements that come and go."""
    if not changes:
        console().print("No difference.")
    for change in changes:
        console().print(RichText(f"{change.state}  {clean(change.iri)}", style="bold"))
        for sign, lines, style in (("-", change.removed, "red"), ("+", change.added, "green")):
            for line in lines:
                console().print(RichText(f"  {sign} {clean(line)}", style=style))


def print_diagnosis(findings: Sequence[Diagnosis]) -> None:
    """Each thing looked at, on a line."""
    for finding in findings:
        line = RichText("well  " if finding.well else "ILL   ", "green" if finding.well else "red")
        line.append(clean(f"{finding.subject}: {finding.seen}"), style="default")
        console().print(line)


def print_published(published: Published, site: Path) -> None:
    """What a publish did, in a sentence."""
    what = "Published" if published.fresh else "Nothing changed; live are"
    gone = f" and {published.withdrawn} withdrawn" if published.withdrawn else ""
    console().print(f"{what} {published.datasets} datasets{gone} in {site}", markup=False)


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
                "message": u.problem.message,
                "fix": u.problem.fix,
            }
            for u in run.unreadable
        ],
        "dropped": dict(run.dropped),
    }


_CONVERTED = {
    "fr": "jeux de données écrits : {datasets} ; lignes non retenues : {held} ; "
    "points à corriger : {mistakes}",
    "en": "datasets written: {datasets}; rows not taken: {held}; points to mend: {mistakes}",
}


def _cell(value: object) -> RichText:
    return coloured(value) if isinstance(value, str) else RichText(str(value))
