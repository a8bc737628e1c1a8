"""Which findings are one problem: those that one correction makes go away.

- Several rules about one value of one property are one problem (a wrong code breaks three).
- Several rules about the absence of one property are one problem.
- A value that fails as a whole is as many problems as there are faults in its description:
  the fault is told, where it lies, and the whole is not.
- The same fault in several things of the same kind (each variable without a title, each
  distribution without an address) is one problem of the export that wrote them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from red_catalog.model import Finding, Severity
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.rdf.terms import is_iri
from red_catalog.validation.advice.asking import ask, rules_on
from red_catalog.validation.advice.causes import Causes
from red_catalog.validation.result import Result

Index = Mapping[str, Mapping[str, Sequence[str]]]
Key = tuple[str, str, str, str]
"""Kind, subject, path and value ("" where there is none)."""

_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
_MIN_COUNT: Final = "sh:MinCountConstraintComponent"
_ABSENT: Final = {_MIN_COUNT, "sh:QualifiedMinCountConstraintComponent"}
_MANY: Final = {
    "sh:MaxCountConstraintComponent",
    "sh:UniqueLangConstraintComponent",
    "sh:QualifiedMaxCountConstraintComponent",
}
_WHOLE: Final = "sh:NodeConstraintComponent"
_VARIABLES: Final = term("healthdcatap:hasVariables")
_STRUCTURED: Final = term("healthdcatap:hasStructuredData")
_STRUCTURED_DATA: Final = "#StructuredData>"  # the rule that structured data has variables


@dataclass(slots=True)
class Group:
    """Findings that are one problem. `shapes` are the rules that speak, gravest first."""

    kind: str
    subjects: list[str]
    path: str | None
    value: str | None
    severity: Severity = Severity.INFO
    shapes: list[str] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lead: Finding | Result | None = None

    def add(self, one: Finding | Result, *, raw: Finding | None) -> None:
        """Takes a finding, or the cause of one (`raw`)."""
        severity = raw.severity if raw else Severity.VIOLATION
        graver = self.lead is None or _RANKS[severity] < _RANKS[self.severity]
        if graver:
            self.lead, self.severity = one, severity
        if one.shape and one.shape not in self.shapes:
            self.shapes.insert(0 if graver else len(self.shapes), one.shape)
        if one.component not in self.components:
            self.components.append(one.component)
        if raw and raw not in self.findings:
            self.findings.append(raw)

    def join(self, *others: "Group") -> None:
        """Takes in other groups."""
        for name in ("subjects", "shapes", "components"):
            said = [one for group in (self, *others) for one in getattr(group, name)]
            setattr(self, name, list(dict.fromkeys(said)))
        findings = [one for group in (self, *others) for one in group.findings]
        self.findings = list({_mark(one): one for one in findings}.values())
        for other in others:
            if _RANKS[other.severity] < _RANKS[self.severity]:
                self.severity, self.lead = other.severity, other.lead


def _mark(one: Finding) -> tuple[object, ...]:
    """What tells findings apart."""
    return one.severity, one.focus, one.path, one.value, one.component, one.shape, str(one.message)


def group(findings: Iterable[Finding], index: Index, causes: Causes | None) -> list[Group]:
    """The problems that findings speak of, gravest first. Without `causes` none is looked into."""
    groups: dict[Key, Group] = {}
    looked_into = [(finding, _behind(finding, causes)) for finding in findings]
    # What a rule says of a thing itself leads over what another says of it as somebody's part.
    for finding in (one for one, behind in looked_into if not behind):
        _put(groups, _key(finding, index, causes), finding, finding)
    for finding, behind in looked_into:
        # The finding itself goes with the first fault behind it.
        for number, cause in enumerate(behind):
            _put(groups, _key(cause, index, causes), cause, finding if number == 0 else None)
    _join_wanted(groups, index, causes)
    _join_structured(groups)
    _join_untyped(groups)
    joined = _join_alike(groups, index)
    return sorted(joined, key=lambda g: (_RANKS[g.severity], g.kind != "value", g.path or ""))


def _put(groups: dict[Key, Group], key: Key, one: Finding | Result, raw: Finding | None) -> None:
    kind, subject, path, value = key
    one_group = groups.setdefault(key, Group(kind, [subject], path or None, value or None))
    one_group.add(one, raw=raw)


def _behind(finding: Finding, causes: Causes | None) -> list[Result]:
    if causes is None or finding.component != _WHOLE or _is_listed(finding, causes):
        return []
    return causes.of(finding)


def _is_listed(one: Finding | Result, causes: Causes) -> bool:
    return bool(one.shape and ask(causes.shapes, (one.shape,)).lists)


def _key(one: Finding | Result, index: Index, causes: Causes | None) -> Key:
    path, value = one.path or "", one.value or ""
    if one.component in _MANY:
        return "many", one.focus, path, ""
    if not path:
        return _key_of_whole(one, index)
    if value and one.component == "sh:ClassConstraintComponent" and is_iri(path):
        described = causes is not None and causes.describes(value)
        if described and not (causes and _is_listed(one, causes)):
            return "type", value, RDF_TYPE, ""
    if not value or one.component in _ABSENT:
        return "missing", one.focus, path, ""
    return "value", one.focus, path, value


def _key_of_whole(one: Finding | Result, index: Index) -> Key:
    """A choice between whole descriptions; one of ours is that structured data has variables."""
    said = index.get(one.focus, {})
    if (one.shape or "").endswith(_STRUCTURED_DATA) and _VARIABLES not in said:
        return "missing", one.focus, _VARIABLES, ""
    return "other", one.focus, "", one.shape or ""


def _join_wanted(groups: dict[Key, Group], index: Index, causes: Causes | None) -> None:
    """A required value is missing and others are given: they are wrong, or one too many."""
    values: dict[tuple[str, str], list[Key]] = {}
    for kind, *place, value in sorted(groups):
        if kind == "value":
            values.setdefault((place[0], place[1]), []).append((kind, place[0], place[1], value))
    for key in [k for k in groups if k[0] == "missing"]:
        _, subject, path, _ = key
        given = index.get(subject, {}).get(path, ())
        wrong = values.get((subject, path))
        # Another value is needed, whatever becomes of those that are given.
        if not given or _MIN_COUNT in groups[key].components:
            continue
        if wrong:
            groups[wrong[0]].join(groups.pop(key))
        elif many := groups.get(("many", subject, path, "")):
            many.join(groups.pop(key))
        elif len(given) == 1 and causes and _takes_one(subject, path, index, causes):
            # There is no room for another: the one that is given is the wrong one.
            instead = Group("value", [subject], path, given[0])
            instead.join(groups.pop(key))
            groups["value", subject, path, given[0]] = instead


def _join_structured(groups: dict[Key, Group]) -> None:
    """Where variables are given, only what is said of the structure can break their rule."""
    for key in [k for k in groups if k[0] == "other" and k[3].endswith(_STRUCTURED_DATA)]:
        said = sorted(k for k in groups if k[1:3] == (key[1], _STRUCTURED))
        if said:
            groups[said[0]].join(groups.pop(key))


def _join_untyped(groups: dict[Key, Group]) -> None:
    """A thing of no declared kind that will not do as a value either: another value mends both."""
    for key in [k for k in groups if k[0] == "type"]:
        untyped = groups[key]
        places = {("value", f.focus, f.path or "", f.value or "") for f in untyped.findings}
        values = [groups[place] for place in sorted(places) if place in groups]
        grave = all(_RANKS[v.severity] <= _RANKS[untyped.severity] for v in values)
        if values and len(values) == len(places) and grave:
            owners = values[0].subjects
            values[0].join(groups.pop(key))
            values[0].subjects = owners


def _takes_one(subject: str, path: str, index: Index, causes: Causes) -> bool:
    types = tuple(index.get(subject, {}).get(RDF_TYPE, ()))
    return ask(causes.shapes, rules_on(causes.shapes, path, types)).most == 1


def _join_alike(groups: dict[Key, Group], index: Index) -> list[Group]:
    alike: dict[tuple[object, ...], list[Group]] = {}
    for one in groups.values():
        subject = one.subjects[0]
        types = tuple(sorted(index.get(subject, {}).get(RDF_TYPE, ())))
        # Too many values, and things of no known kind, are told one by one.
        alone = subject if one.kind == "many" or not types else ""
        key = one.kind, one.path, one.value, one.severity, tuple(one.shapes), types, alone
        alike.setdefault(key, []).append(one)
    for first, *others in alike.values():
        first.join(*others)
    return [first for first, *_ in alike.values()]
