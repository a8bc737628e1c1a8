"""What a dataset's page shows, in no language yet: both languages are written from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from red_catalog.model import OWN_PROFILE, Entry, Finding, Report, Severity
from red_catalog.namespaces import term
from red_catalog.publish import categories, links
from red_catalog.publish.graph import Graph, Row, Thing, Value, Words
from red_catalog.rdf.terms import iri, is_iri, make_iri
from red_catalog.rdf.writing import triples

# The properties of each section; "!" marks those whose absence is worth saying.
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "about": ("dct:alternative", "dct:identifier", "adms:identifier", "dct:type", "dcat:theme",
              "!dct:language", "dcat:version", "adms:versionNotes", "!dcat:landingPage",
              "foaf:page"),
    "population": ("!healthdcatap:populationCoverage", "!healthdcatap:numberOfUniqueIndividuals",
                   "!healthdcatap:numberOfRecords", "!healthdcatap:minTypicalAge",
                   "!healthdcatap:maxTypicalAge", "!dct:temporal", "!dct:spatial",
                   "dcat:temporalResolution", "dcat:spatialResolutionInMeters",
                   "!dct:accrualPeriodicity", "!healthdcatap:hasCodingSystem",
                   "healthdcatap:hasCodeValues", "dct:conformsTo"),
    "access": ("!dct:accessRights", "!healthdcatap:hdab", "healthdcatap:hdabCoordinator",
               "!dcat:contactPoint", "dct:license", "dct:rights"),
    "governance": ("!dpv:hasLegalBasis", "!dpv:hasPurpose", "!dpv:hasPersonalData",
                   "!healthdcatap:retentionPeriod", "!dcatap:applicableLegislation",
                   "!dct:publisher", "!geodcatap:custodian", "dct:creator",
                   "prov:qualifiedAttribution"),
    "provenance": ("!dct:provenance", "dct:source", "prov:wasGeneratedBy", "dct:issued",
                   "dct:modified", "dct:isReferencedBy", "dct:relation", "dcat:qualifiedRelation",
                   "dcat:inSeries", "dct:hasVersion"),
    "quality": ("dqv:hasQualityAnnotation",),
}  # fmt: skip

# Told by the count of the elements that are given.
_MINIMUM: Final = "minimum-2026-2098"
# Shown as badges and buttons at the head of a distribution.
_BADGES: Final = iri(term("dct:format"))
_BUTTONS: Final = (iri(term("dcat:accessURL")), iri(term("dcat:downloadURL")))


@dataclass(frozen=True, slots=True)
class Category:
    """A category of Article 51: its letter and date are None outside the code list."""

    thing: Value
    letter: str | None
    applies_from: date | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of a table."""

    name: tuple[Value, ...]
    title: tuple[Value, ...]
    description: tuple[Value, ...]
    datatype: tuple[Value, ...]
    definition: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of variables."""

    names: tuple[Words, ...]
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A form in which data can be had."""

    iri: str | None
    names: tuple[Words, ...]
    description: tuple[Words, ...]
    formats: tuple[Value, ...]
    access: tuple[str, ...]
    downloads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Findings that say the same thing, and where."""

    finding: Finding
    property: str | None
    places: tuple[str, ...]
    value: str | None


@dataclass(frozen=True, slots=True)
class Other:
    """What another profile than the deciding one says; `own`: our own checks."""

    profile: str
    release: str
    own: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of the page says at a glance."""

    people: Value | None
    records: Value | None
    period: Value | None
    territory: tuple[Value, ...]
    access: Value | None


@dataclass(frozen=True, slots=True)
class View:
    """A dataset's page in no language."""

    entry: Entry
    titles: tuple[Words, ...]
    descriptions: tuple[Words, ...]
    keywords: tuple[Words, ...]
    facts: Facts
    categories: tuple[Category, ...]
    themes: tuple[Value, ...]
    structured: tuple[Value, ...]
    tables: tuple[Table, ...]
    distributions: tuple[Distribution, ...]
    samples: tuple[Distribution, ...]
    analytics: tuple[Distribution, ...]
    sections: dict[str, tuple[Row, ...]]
    blocking: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    others: tuple[Other, ...]
    rest: tuple[tuple[Thing, tuple[Row, ...]], ...]

    @property
    def level(self) -> str:
        """The access level, as its code."""
        return self.entry.report.level.value


def view(entry: Entry) -> View:
    """All that the page of a dataset shows."""
    me = make_iri(entry.iri)
    graph = Graph(me, triples(entry.canonical))
    graph.nodes.setdefault(me, {})
    titles = graph.words(me, "dct:title")
    descriptions = graph.words(me, "dct:description")
    keywords = graph.words(me, "dcat:keyword")
    facts = _facts(graph, me)
    found = _categories(graph, me)
    themes = graph.values(graph.take(me, "healthdcatap:healthTheme"))
    tables = tuple(_tables(graph, me))
    distributions, samples, analytics = (
        tuple(_distribution(graph, one) for one in graph.take(me, name))
        for name in ("dcat:distribution", "adms:sample", "healthdcatap:analytics")
    )
    sections = {name: _section(graph, me, names) for name, names in SECTIONS.items()}
    return View(
        entry=entry,
        titles=titles,
        descriptions=descriptions,
        keywords=keywords,
        facts=facts,
        categories=found,
        themes=themes,
        structured=graph.values(graph.take(me, "healthdcatap:hasStructuredData")),
        tables=tables,
        distributions=distributions,
        samples=samples,
        analytics=analytics,
        sections=sections,
        blocking=_problems(entry.reports[0], entry.iri, blocking=True),
        advice=_problems(entry.reports[0], entry.iri, blocking=False),
        others=tuple(_other(r, entry.iri) for r in entry.reports[1:] if r.profile != _MINIMUM),
        rest=graph.rest(),
    )


def _section(graph: Graph, me: str, names: tuple[str, ...]) -> tuple[Row, ...]:
    rows = []
    for name in names:
        row = graph.row(me, name.removeprefix("!"))
        if row.values or name.startswith("!"):
            rows.append(row)
    return tuple(rows)


def _facts(graph: Graph, me: str) -> Facts:
    def peek(name: str) -> Value | None:
        one = graph.first(me, name)
        return None if one is None else _peek(graph, one)

    return Facts(
        people=peek("healthdcatap:numberOfUniqueIndividuals"),
        records=peek("healthdcatap:numberOfRecords"),
        period=peek("dct:temporal"),
        territory=tuple(_peek(graph, one) for one in graph.objects(me, "dct:spatial")),
        access=peek("dct:accessRights"),
    )


def _peek(graph: Graph, one: str) -> Value:
    """A value without what is said of it; nothing is taken."""
    alone = Graph(graph.main, [])
    if one in graph.nodes:
        alone.nodes[one] = graph.nodes[one]
    value = alone.value(one)
    return Thing(value.iri, value.label, value.names) if isinstance(value, Thing) else value


def _categories(graph: Graph, me: str) -> tuple[Category, ...]:
    found = []
    for one in graph.take(me, "healthdcatap:healthCategory"):
        letter = categories.letter(iri(one)) if is_iri(one) else None
        since = categories.applies_from(letter) if letter else None
        found.append(Category(graph.value(one), letter, since))
    return tuple(sorted(found, key=lambda c: c.letter or "~"))


def _tables(graph: Graph, me: str) -> Iterable[Table]:
    for group in graph.take(me, "healthdcatap:hasVariables"):
        group_names = graph.words(group, "dct:title")
        _forget_type(graph, group)
        for table in _members(graph, graph.take(group, "csvw:table"))[0]:
            names = graph.words(table, "dct:title") or group_names
            _forget_type(graph, table)
            given = list(graph.take(table, "csvw:column"))
            for schema in graph.take(table, "csvw:tableSchema"):
                given += graph.take(schema, "csvw:column")
            columns, ordered = _members(graph, given)
            variables = [_variable(graph, one) for one in columns]
            if not ordered:
                variables.sort(key=_variable_key)
            yield Table(names, tuple(variables))


def _members(graph: Graph, nodes: Iterable[str]) -> tuple[list[str], bool]:
    """The nodes, those of lists in their order; whether there was a list."""
    found: dict[str, None] = {}
    ordered = False
    for node in nodes:
        rest, seen = [node], set[str]()
        while rest and graph.objects(rest[0], "rdf:first") and rest[0] not in seen:
            here, ordered = rest[0], True
            seen.add(here)
            found.update(dict.fromkeys(graph.take(here, "rdf:first")))
            rest = graph.take(here, "rdf:rest")
        if not seen:
            found[node] = None
    return list(found), ordered


def _variable(graph: Graph, column: str) -> Variable:
    def values(*names: str) -> tuple[Value, ...]:
        return tuple(v for name in names for v in graph.values(graph.take(column, name)))

    _forget_type(graph, column)
    return Variable(
        name=values("csvw:name"),
        title=values("csvw:title", "csvw:titles", "dct:title"),
        description=values("dct:description"),
        datatype=values("csvw:datatype"),
        definition=values("csvw:propertyUrl"),
    )


def _variable_key(variable: Variable) -> str:
    return "".join(v.text for v in (*variable.name, *variable.title) if isinstance(v, Words))


def _distribution(graph: Graph, node: str) -> Distribution:
    if node not in graph.nodes:
        thing = graph.value(node)
        address = thing.iri if isinstance(thing, Thing) else None
        return Distribution(address, (), (), (), (address,) if address else (), (), ())
    titles = graph.words(node, "dct:title")
    description = graph.words(node, "dct:description")
    formats = graph.values(graph.objects(node, "dct:format"))
    access, downloads = (
        tuple(iri(o) for o in graph.objects(node, name) if is_iri(o))
        for name in ("dcat:accessURL", "dcat:downloadURL")
    )
    whole = graph.value(node)
    rows = tuple(r for r in (whole.rows if isinstance(whole, Thing) else ()) if not _told(r))
    address = whole.iri if isinstance(whole, Thing) else None
    return Distribution(address, titles, description, formats, access, downloads, rows)


def _told(row: Row) -> bool:
    if row.property == _BADGES:
        return True
    return row.property in _BUTTONS and all(
        isinstance(v, Thing) and v.iri and links.safe(v.iri) and not v.rows for v in row.values
    )


def _forget_type(graph: Graph, node: str) -> None:
    graph.take(node, "rdf:type")


def _other(report: Report, main: str) -> Other:
    found = (*_problems(report, main, blocking=True), *_problems(report, main, blocking=False))
    return Other(report.profile, report.release, report.profile == OWN_PROFILE, found)


def _problems(report: Report, main: str, *, blocking: bool) -> tuple[Problem, ...]:
    """Findings of the wanted kind; those of one message and property told once."""
    grouped: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in report.findings:
        if (finding.severity is Severity.VIOLATION) is blocking and not finding.repeats:
            grouped.setdefault((finding.message["fr"], finding.path), []).append(finding)
    problems = [
        Problem(
            finding=same[0],
            property=_property(same[0].path),
            places=tuple(dict.fromkeys(_place(f.focus, main) for f in same)),
            value=next((f.value for f in same if f.value), None),
        )
        for same in grouped.values()
    ]
    return tuple(sorted(problems, key=lambda p: (p.finding.severity is Severity.INFO,)))


def _property(path: str | None) -> str | None:
    return iri(path) if path and re.fullmatch(r"<[^>]*>", path) else path


def _place(focus: str, main: str) -> str:
    address = iri(focus) if is_iri(focus) else ""
    return "" if address == main or "/.well-known/genid/" in address else address
