"""Problems: what is wrong, what is expected, how to mend it, in words for a data officer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import rdflib

from red_catalog import vocabulary
from red_catalog.model import Finding, Level, Problem, Report, Severity, Suggestion, Triple
from red_catalog.namespaces import EU_AUTHORITY, PREFIXES, RDF_TYPE, term
from red_catalog.rdf.describing import is_of_vocabulary
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri, make_iri
from red_catalog.validation.advice import causes as looking
from red_catalog.validation.advice import contacts, grouping, places, subjects
from red_catalog.validation.advice.advising import advise
from red_catalog.validation.advice.asking import Asked, ask, is_grave, rules_on
from red_catalog.validation.advice.cases import Case, local_name, show
from red_catalog.validation.advice.explaining import demand, name_of_rule, told_by
from red_catalog.validation.advice.fixing import Fix, fix_group
from red_catalog.validation.advice.grouping import Group, Index
from red_catalog.validation.advice.phrasing import tell
from red_catalog.validation.advice.suggesting import suggest, suggest_licence
from red_catalog.validation.compiled.data import index_triples
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.result import Result

_ACCESS_RIGHTS: Final = term("dct:accessRights")
_LICENCE: Final = f"{PREFIXES['dct']}LicenseDocument"
_MIN_COUNT: Final = "sh:MinCountConstraintComponent"
_HAS_VALUE: Final = "sh:HasValueConstraintComponent"
_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}


class Locator(Protocol):
    """What finds the line of a statement, or of a subject, in the submitted document."""

    def find(self, subject: str, path: str | None = None, value: str | None = None) -> int | None:
        """The line, None where it is not sure."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the problems of one record are made from."""

    shapes: rdflib.Graph
    triples: Sequence[Triple]
    iri: str
    index: Index = field(default_factory=dict)
    without_level: bool = False  # the level is not declared: which shapes apply was assumed


def find_problems(
    report: Report,
    shapes: rdflib.Graph,
    triples: Sequence[Triple],
    iri: str,
    locator: Locator | None = None,
) -> tuple[Problem, ...]:
    """The problems of a report on one record, blocking first; each finding is in one of them.

    But for advice on a code: its list says what it is, and no holder can say more.
    """
    index, without_level = index_triples(sorted(triples)), report.note is not None
    setting = Setting(shapes, triples, iri, index, without_level)
    causes = looking.Causes(shapes, triples)
    told = [f for f in report.findings if not _is_on_code(f)]
    groups = grouping.group(told, setting.index, causes)
    found = [_problem(_case(g, setting), report.profile, locator) for g in groups]
    # Blocking first; within that, what is said of the dataset itself first.
    found.sort(key=lambda p: (_RANKS[p.severity], p.subjects[0] != make_iri(iri)))
    return tuple(found)


def _is_on_code(finding: Finding) -> bool:
    return finding.severity is not Severity.VIOLATION and is_of_vocabulary(finding.focus)


def retell(report: Report, problems: Sequence[Problem]) -> Report:
    """The report whose findings have the message, the fix and the line of their problem."""
    by_finding = {_identity(f): p for p in problems for f in p.findings}
    told = (_tell(f, by_finding.get(_identity(f))) for f in report.findings)
    return replace(report, findings=tuple(told))


def _tell(finding: Finding, problem: Problem | None) -> Finding:
    if problem is None:
        return finding
    return replace(finding, message=problem.message, fix=problem.fix, line=problem.line)


def _identity(finding: Finding) -> tuple[str | None, ...]:
    return (
        finding.focus, finding.path, finding.value, finding.component, finding.severity,
    )  # fmt: skip


def _case(group: Group, setting: Setting) -> Case:
    dataset = make_iri(setting.iri)
    asked = ask(setting.shapes, _rules(group, setting))
    contested = _is_contested(group, setting)
    kept = places.is_kept(group, setting.index)
    found = () if contested or kept else _suggest(group, asked, setting)
    fix = places.fix(group) if kept else contacts.fix(group, setting.index)
    fix = fix or fix_group(group, asked, found, setting.index)
    assert group.lead is not None
    return Case(
        group=group,
        index=setting.index,
        dataset=dataset,
        asked=asked,
        name=name_of_rule(group.lead, setting.shapes),
        about=subjects.call(setting.index, group.subjects, dataset),
        told=told_by(group.lead, setting.shapes),
        demand=demand(_asking(group, group.lead), setting.shapes),
        suggestions=found,
        fix=Fix() if contested else fix,
        contested=contested,
    )


def _asking(group: Group, lead: Finding | Result) -> Finding | Result:
    """Where nothing is given, what asks for a value, and not what asks for one value alone."""
    if group.kind != "missing":
        return lead
    gravest = (f for f in group.findings if f.severity is group.severity)
    return next((f for f in gravest if f.component == _MIN_COUNT), lead)


def _is_contested(group: Group, setting: Setting) -> bool:
    """Whether a graver rule on the same property asks for the value that is not liked here."""
    if group.kind != "value" or not group.path or group.severity is Severity.VIOLATION:
        return False
    types = tuple(setting.index.get(group.subjects[0], {}).get(RDF_TYPE, ()))
    return any(
        vocabulary.is_member(group.value or "", scheme)
        for rule in rules_on(setting.shapes, group.path, types)
        if rule not in group.shapes and is_grave(setting.shapes, rule)
        for scheme in ask(setting.shapes, (rule,)).lists
    )


def _rules(group: Group, setting: Setting) -> tuple[str, ...]:
    """The rules that were broken; for what is missing, all rules on what should be there."""
    rules = tuple(group.shapes)
    if group.kind != "missing" or not group.path:
        return rules
    types = setting.index.get(group.subjects[0], {}).get(RDF_TYPE, ())
    others = rules_on(setting.shapes, group.path, tuple(types))
    return tuple(dict.fromkeys((*rules, *others)))


def _suggest(group: Group, asked: Asked, setting: Setting) -> tuple[Suggestion, ...]:
    """The codes that the value may mean; else the one that must be there, or all that will do."""
    if group.kind not in {"missing", "value"}:
        return ()
    found: tuple[Suggestion, ...] = ()
    if group.value and group.kind == "value":
        found = suggest(group.value, asked.lists)
        if not asked.lists and _LICENCE in asked.classes:
            found = found or suggest_licence(group.value)
    if group.path == _ACCESS_RIGHTS and setting.without_level:
        return _levels(group, found, setting.index)
    return found or _wanted(group, asked, setting.index)


def _levels(group: Group, found: tuple[Suggestion, ...], index: Index) -> tuple[Suggestion, ...]:
    """The levels that may be meant; all of them where nobody can tell: which one is not ours."""
    levels = tuple(_code(f"{EU_AUTHORITY}access-right/{level}") for level in reversed(Level))
    if _HAS_VALUE in group.components:  # a code of the list that is no level will not do
        found = tuple(f for f in found if f.iri in {level.iri for level in levels})
    given = index.get(group.subjects[0], {}).get(_ACCESS_RIGHTS, ())
    open_to_all = _HAS_VALUE in group.components or not given
    return found or (levels if open_to_all else ())


def _wanted(group: Group, asked: Asked, index: Index) -> tuple[Suggestion, ...]:
    """The value that must be there, where that is what is wrong."""
    given = index.get(group.subjects[0], {}).get(group.path or "", ())
    if _HAS_VALUE not in group.components or not asked.values:
        return ()
    value = asked.values[0]
    if not isinstance(value, rdflib.URIRef) or term_of(value) in given:
        return ()
    return (_code(str(value)),)


def _code(address: str) -> Suggestion:
    labels = vocabulary.labels(address) or {"fr": address, "en": address}
    return Suggestion(address, labels, "possible")


def _problem(case: Case, profile: str, locator: Locator | None) -> Problem:
    group = case.group
    lead = group.shapes[0] if group.shapes else None
    rule = bare(lead) if lead and is_iri(lead) else None
    return Problem(
        severity=group.severity,
        kind=group.kind,
        subjects=tuple(group.subjects),
        about=case.about,
        path=group.path,
        name=case.name,
        message=tell(case),
        fix=advise(case),
        expected=case.asked.words(),
        found=show(group.value, case.index),
        suggestions=case.suggestions,
        turtle=case.fix.turtle,
        removed=case.fix.removed,
        rule=rule,
        page=f"rules/{profile}/{local_name(rule)}.html" if rule else None,
        demand=case.demand,
        line=_line(group, case.index, locator),
        findings=tuple(group.findings),
    )


def _line(group: Group, index: Index, locator: Locator | None) -> int | None:
    if locator is None:
        return None
    subject = group.subjects[0]
    if group.kind == "value":
        return locator.find(subject, group.path, group.value)
    if group.kind == "many" and group.path:
        values = index.get(subject, {}).get(group.path, ())
        lines = [line for v in values if (line := locator.find(subject, group.path, v))]
        return max(lines, default=None)
    return _first_line(subject, index, locator)


def _first_line(subject: str, index: Index, locator: Locator) -> int | None:
    if not is_blank(subject):
        return locator.find(subject)
    owners = [
        (s, p) for s, said in index.items() for p, values in said.items() if subject in values
    ]
    if len(owners) == 1 and not is_blank(owners[0][0]):
        return locator.find(*owners[0], subject)
    return None
