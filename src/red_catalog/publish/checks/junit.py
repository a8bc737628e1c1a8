"""A check as JUnit XML: a suite a dataset, a failed case a blocking problem."""

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from red_catalog.model import Checked, CheckedDataset, Problem, Severity
from red_catalog.publish.checks.wording import SENTENCES


def write(checks: Sequence[Checked], lang: str) -> str:
    """What blocks is a failure; what could be better is told and passes."""
    suites = []
    for checked in checks:
        for one in checked.apart:
            suites += _suites(one, lang)
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""]
    )


def _suites(checked: Checked, lang: str) -> list[str]:
    broken = [(q.iri, q.problem) for q in checked.quarantined]
    if checked.unreadable:
        broken.append((checked.location, checked.unreadable.problem))
    lines = []
    for name, defect in broken:
        said = f"{defect.message[lang]} {defect.fix[lang]}"
        lines += [
            f'  <testsuite name={_attribute(f"{checked.profile}: {name}")} tests="1" '
            'failures="0" errors="1">',
            f"    <testcase name={_attribute(checked.location)} classname={_attribute(name)}>",
            f"      <error message={_attribute(said)} type={_attribute(defect.code)}/>",
            "    </testcase>",
            "  </testsuite>",
        ]
    for dataset in checked.datasets:
        lines += _suite(checked, dataset, lang)
    return lines


def _suite(checked: Checked, dataset: CheckedDataset, lang: str) -> list[str]:
    problems = dataset.problems
    failed = sum(p.severity is Severity.VIOLATION for p in problems)
    names = _number([f"{p.about[lang]}: {p.name[lang]}" for p in problems])
    cases = [
        line
        for p, name in zip(problems, names, strict=True)
        for line in _case(checked, dataset, p, lang, name)
    ]
    name = _attribute(f"{checked.profile}: {dataset.iri}")
    if not cases:
        text = _attribute(SENTENCES[lang]["nothing"])
        cases = [f"    <testcase name={text} classname={_attribute(dataset.iri)}/>"]
    tests = max(1, len(problems))
    return [
        f'  <testsuite name={name} tests="{tests}" failures="{failed}" errors="0">',
        *cases,
        "  </testsuite>",
    ]


def _number(names: Sequence[str]) -> list[str]:
    """Names of which none is there twice: programs of CI show one case of a name."""
    counted: Counter[str] = Counter()
    numbered = []
    for name in names:
        counted[name] += 1
        numbered.append(name if counted[name] == 1 else f"{name} ({counted[name]})")
    return numbered


def _case(
    checked: Checked, dataset: CheckedDataset, problem: Problem, lang: str, name: str
) -> list[str]:
    where = checked.location if problem.line is None else f"{checked.location}:{problem.line}"
    text = escape(_clean(f"{where}\n{problem.message[lang]}\n{problem.fix[lang]}"))
    start = f"    <testcase name={_attribute(name)} classname={_attribute(dataset.iri)}"
    if problem.line is not None:
        start += f' line="{problem.line}"'
    if problem.severity is not Severity.VIOLATION:
        return [f"{start}><system-out>{text}</system-out></testcase>"]
    message, kind = _attribute(problem.message[lang]), _attribute(problem.kind)
    return [f"{start}><failure message={message} type={kind}>{text}</failure></testcase>"]


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(
        c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd"
        for c in text.encode("utf-8", "replace").decode()
    )
