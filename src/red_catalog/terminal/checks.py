"""What is wrong with descriptions, for people who read it on a terminal."""

import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from rich.text import Text as RichText

from red_catalog.model import (
    MINIMUM_PROFILE,
    OWN_PROFILE,
    Checked,
    CheckedDataset,
    Defect,
    Entry,
    Problem,
    Quarantined,
    Report,
)
from red_catalog.model.spelling import bind
from red_catalog.pipeline.desk.checking import Verified
from red_catalog.pipeline.desk.reviewing import HolderReport, Told
from red_catalog.pipeline.desk.spreadsheets import Converted
from red_catalog.publish.checks.wording import (
    BANDS,
    HELD,
    LEVELS,
    SENTENCES,
    VERDICTS,
    against,
    capital,
    count_elements,
    small,
    split,
    summarise,
    untold,
)
from red_catalog.terminal.plain import clean
from red_catalog.terminal.writing import console, print_problem

_READABLE = 100  # characters of a line of a check
_CONVERTED = {
    "fr": "jeux de données écrits : {datasets} ; lignes non reprises : {held} ; "
    "points à corriger : {mistakes}",
    "en": "datasets written: {datasets}; rows not taken: {held}; points to correct: {mistakes}",
}


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
        _write_held(checked.location, checked.quarantined, lang)
        left = untold(checked.repaired, checked.problems)
        _write_mended([(checked.location, mended) for mended in left], lang)
        for place, dataset in enumerate(checked.datasets):
            _write_dataset(dataset, lang, fixes=fixes)
            if checked.beside and (own := checked.beside.datasets[place].problems):
                _write_other(SENTENCES[lang]["own"], own, lang, fixes=fixes)
    if not fixes:
        first = [p for c in checks for d in c.datasets for p in _numbered(d.problems)]
        others = [p for c in checks if c.beside for d in c.beside.datasets for p in d.problems]
        _offer_fixes([*first, *others], lang)


def _numbered(problems: Sequence[Problem]) -> list[Problem]:
    """The problems under which a fix is printed; what is merely advised is in a line."""
    blocking, improve, _ = split(problems)
    return [*blocking, *improve]


def _offer_fixes(problems: Sequence[Problem], lang: str) -> None:
    """How to get what is to be pasted, where there is anything."""
    if any(problem.turtle for problem in problems):
        _write("")
        _write(SENTENCES[lang]["fixes"], style="dim")


def _write_mended(mended: Sequence[tuple[str, Defect]], lang: str) -> None:
    if mended:
        _write(SENTENCES[lang]["mended"], style="yellow")
    for location, defect in mended:
        _write_defect(location, defect, lang, style="")


def _write_held(location: str, quarantined: Sequence[Quarantined], lang: str) -> None:
    for held in quarantined:
        if held.iri:
            _write(SENTENCES[lang]["held"].format(held.iri), style="bold")
        _write_defect(location, held.problem, lang)


def _write_defect(
    location: str, problem: Defect, lang: str, *, style: str = "red", indent: int = 2
) -> None:
    where = f"{location}: " if problem.line is None else f"{location}:{problem.line}: "
    if problem.line is not None and ", " in location and problem.code.startswith("sheet-"):
        where = ""  # of several spreadsheets, which the message names itself
    _write(f"{where}{problem.message[lang]} {problem.fix[lang]}", indent=indent, style=style)


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
        for line in problem.turtle[lang].rstrip("\n").split("\n"):
            text = f"{' ' * inner}| {clean(line)}"
            console().print(RichText(text, style="dim"), soft_wrap=True)


def _write_scores(dataset: CheckedDataset | Entry, lang: str) -> None:
    said, given, mqa = SENTENCES[lang], dataset.completeness, dataset.mqa
    if given is None or mqa is None:
        return
    _write("")
    text = count_elements(given, lang)
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


def print_verified(found: Verified, lang: str) -> None:
    """Where the two engines differ, on what they were compared, and what never was."""
    said = SENTENCES[lang]
    if found.unreadable:
        _write_defect(found.location, found.unreadable.problem, lang, indent=0)
        return
    if not found.datasets and not found.quarantined:
        _write(said["no-dataset"].format(found.location), style="red")
    _write_held(found.location, found.quarantined, lang)
    for line in found.differences:
        console().print(clean(line), markup=False)
    for name in found.by_rules:
        _write(said["by-rules"].format(name))
    if found.compared:
        _write(said["compared"].format(found.datasets, ", ".join(found.profiles)))
        _write(said["differ" if found.differences else "same"])


def print_holder(report: HolderReport, lang: str, *, fixes: bool) -> None:
    """What a holder should mend."""
    console().print(RichText(clean(report.holder.name[lang]), style="bold underline"))
    for unreadable in report.unreadable:
        print_problem(report.holder.id, unreadable.location, unreadable.problem, lang)
    for outcome in report.held:
        if outcome.reason:
            state = capital(HELD[lang][outcome.state])
            colon = "\u00a0:" if lang == "fr" else ":"
            _write(f"{state}{colon} {outcome.iri}")
            _write(outcome.reason[lang], indent=2)
    left = untold(
        [d for _, d in report.repaired],
        [p for r in report.entries for t in r.told for p in t.problems],
    )
    _write_mended([(where, d) for where, d in report.repaired if d in left], lang)
    for reviewed in report.entries:
        _write_dataset(reviewed.to_checked(), lang, fixes=fixes)
        for told in filter(_is_told, reviewed.told[1:]):
            _write_other(_heading(told.report, lang), told.problems, lang, fixes=fixes)
    if not fixes:
        first = [p for r in report.entries for p in _numbered(r.told[0].problems)]
        others = [p for r in report.entries for t in r.told[1:] if _is_told(t) for p in t.problems]
        _offer_fixes([*first, *others], lang)


def _write_other(heading: str, problems: Sequence[Problem], lang: str, *, fixes: bool) -> None:
    """What a profile says that does not come first; missing elements stand with the scores."""
    _write("")
    _write(heading, style="bold")
    for number, problem in enumerate(problems, 1):
        _write_problem(number, problem, lang, fixes=fixes)


def _heading(report: Report, lang: str) -> str:
    own = report.profile == OWN_PROFILE
    return SENTENCES[lang]["own"] if own else f"{report.profile} {report.release}"


def _is_told(told: Told) -> bool:
    return bool(told.problems) and told.report.profile != MINIMUM_PROFILE
