"""What a dataset's page shows, in no language yet: both languages are written from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from red_catalog.ehds import categories
from red_catalog.ehds.categories import Application
from red_catalog.model import Entry, Text
from red_catalog.namespaces import term
from red_catalog.publish.dataset.distributions import Distribution, read_distribution
from red_catalog.publish.lists import facets
from red_catalog.publish.record import conditions, labels
from red_catalog.publish.record.columns import Table, read_tables
from red_catalog.publish.record.conditions import Conditions
from red_catalog.publish.record.graph import Graph, Row, Span, Thing, Value, Words
from red_catalog.publish.record.ordering import natural
from red_catalog.publish.web.languages import CODES
from red_catalog.publish.web.texts import choose
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
                   "dct:modified", "dct:isReplacedBy", "dct:replaces", "dct:isVersionOf",
                   "dcat:isVersionOf", "dct:hasVersion", "dcat:hasVersion",
                   "dcat:hasCurrentVersion", "dcat:previousVersion", "dcat:nextVersion",
                   "dcat:inSeries", "dcat:prev", "dcat:next", "dct:isPartOf", "dct:hasPart",
                   "prov:wasDerivedFrom", "dct:isReferencedBy", "dct:relation",
                   "dcat:qualifiedRelation"),
}  # fmt: skip

CONTACT: Final = iri(term("dcat:contactPoint"))
_REPLACED: Final = iri(term("dct:isReplacedBy"))
_BODY: Final = iri(term("healthdcatap:hdab"))


@dataclass(frozen=True, slots=True)
class Category:
    """A category of Article 51: its code, letter and date are None outside the code list."""

    thing: Value
    code: str | None
    letter: str | None
    applies_from: date | None
    condition: Text | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of the page says at a glance."""

    people: tuple[Value, ...]
    records: tuple[Value, ...]
    periods: tuple[Value, ...]
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
    application: Application | None
    themes: tuple[Value, ...]
    structured: tuple[Value, ...]
    tables: tuple[Table, ...]
    distributions: tuple[Distribution, ...]
    samples: tuple[Distribution, ...]
    analytics: tuple[Distribution, ...]
    sections: dict[str, tuple[Row, ...]]
    conditions: Conditions
    rights: tuple[Value, ...]
    access: str  # as `facets.access` tells it
    labels: tuple[labels.Label, ...]
    annotations: tuple[Value, ...]  # on quality, that are no label
    rest: tuple[tuple[Thing, tuple[Row, ...]], ...]

    @property
    def elsewhere(self) -> Sequence[tuple[Sequence[Words], Sequence[Words]]]:
        """Titles and descriptions by the language in which neither page shows them."""
        found: dict[str, tuple[list[Words], list[Words]]] = {}
        for place, some in enumerate((self.titles, self.descriptions)):
            shown = choose(some, CODES[0])
            for one in some:
                tongue = (one.language or "").lower()
                if one is not shown and tongue and tongue.split("-")[0] not in CODES:
                    found.setdefault(tongue, ([], []))[place].append(one)
        return [found[tongue] for tongue in sorted(found)]

    def besides(self, code: str) -> Sequence[Words]:
        """The titles in the language of a page, or in none, that are not at its head."""
        shown = choose(self.titles, code)
        spoken = [one for one in self.titles if (one.language or code).lower().startswith(code)]
        return [one for one in spoken if one is not shown]

    @property
    def replaced(self) -> Sequence[Thing]:
        """The datasets of this catalogue that replace it."""
        rows = (row for row in self.sections["provenance"] if row.property == _REPLACED)
        values = (v for row in rows for v in row.values if isinstance(v, Thing) and v.page)
        return [replace(one, rows=()) for one in values]

    @property
    def identifier(self) -> str:
        """The first identifier that its holder gave it, empty where there is none."""
        rows = (r for r in self.sections["about"] if r.property.endswith("terms/identifier"))
        values = (v.text for row in rows for v in row.values if isinstance(v, Words))
        return min(values, default="")

    @property
    def helper(self) -> str:
        """Who the page names to be asked: its `contact`, else the access `body`; empty for none."""
        given = {row.property for row in self.sections["access"] if row.values}
        return "contact" if CONTACT in given else "body" if _BODY in given else ""

    @property
    def level(self) -> str:
        """The access level that it is checked for, as its code."""
        return self.entry.report.level.value


def view(entry: Entry, published: Mapping[str, Thing] = MappingProxyType({})) -> View:
    """All that the page of a dataset shows; `published`: those it names that have a page here."""
    me = make_iri(entry.iri)
    graph = Graph(me, triples(entry.canonical), published)
    graph.nodes.setdefault(me, {})
    titles = graph.words(me, "dct:title")
    descriptions = graph.words(me, "dct:description")
    keywords = graph.words(me, "dcat:keyword")
    facts = _facts(graph, me)
    rights = _rights(graph, me)
    declared = conditions.read(graph, me)
    claimed, annotations = labels.read(graph, me)
    found = _categories(graph, me)
    themes = graph.values(graph.take(me, "healthdcatap:healthTheme"))
    tables = tuple(read_tables(graph, me))
    distributions, samples, analytics = (
        tuple(sorted((read_distribution(graph, one) for one in graph.take(me, name)), key=_called))
        for name in ("dcat:distribution", "adms:sample", "healthdcatap:analytics")
    )
    sections = {name: _section(graph, me, names) for name, names in SECTIONS.items()}
    if entry.contact_withheld:  # it was given
        sections["access"] = tuple(row for row in sections["access"] if row.property != CONTACT)
    return View(
        entry=entry,
        titles=titles,
        descriptions=descriptions,
        keywords=keywords,
        facts=facts,
        categories=found,
        application=_application(graph, me),
        themes=themes,
        structured=graph.values(graph.take(me, "healthdcatap:hasStructuredData")),
        tables=tables,
        distributions=distributions,
        samples=samples,
        analytics=analytics,
        sections=sections,
        conditions=declared,
        rights=rights,
        access=facets.access(graph.objects(me, "dct:accessRights")),
        labels=claimed,
        annotations=annotations,
        rest=graph.rest(),
    )


def _called(one: Distribution) -> tuple[bool, str]:
    chosen = choose(one.names, "fr")
    return chosen is None, natural(chosen.text) if chosen else ""


def _section(graph: Graph, me: str, names: tuple[str, ...]) -> tuple[Row, ...]:
    rows = []
    for name in names:
        row = graph.row(me, name.removeprefix("!"))
        if row.values or name.startswith("!"):
            rows.append(row)
    return tuple(rows)


def _facts(graph: Graph, me: str) -> Facts:
    def peek(name: str) -> tuple[Value, ...]:
        return tuple(_peek(graph, one) for one in graph.objects(me, name))

    return Facts(
        people=peek("healthdcatap:numberOfUniqueIndividuals"),
        records=peek("healthdcatap:numberOfRecords"),
        periods=_periods(graph, me),
        territory=peek("dct:spatial"),
        access=next(iter(peek("dct:accessRights")), None),
    )


def _periods(graph: Graph, me: str) -> tuple[Value, ...]:
    """The periods that the data are about, the earliest first; nothing is taken."""
    found: list[Value] = []
    for one in graph.objects(me, "dct:temporal"):
        period = graph.period(one) or _peek(graph, one)
        if period not in found:  # a thing has labels, which cannot be hashed
            found.append(period)
    return tuple(sorted(found, key=_beginning))


def _beginning(period: Value) -> str:
    first = period.start or period.end if isinstance(period, Span) else None
    return first.text if first else "~"


def _peek(graph: Graph, one: str) -> Value:
    """A value without what is said of it; nothing is taken."""
    alone = Graph(graph.main, [])
    if one in graph.nodes:
        alone.nodes[one] = graph.nodes[one]
    value = alone.value(one)
    if not isinstance(value, Thing):
        return value
    return Thing(value.iri, value.label, value.names, elsewhere=bool(value.rows))


def _rights(graph: Graph, me: str) -> tuple[Value, ...]:
    """What is said of rights, fees and policies, of the dataset or of one of its forms."""
    stated = [
        one
        for node in (me, *graph.objects(me, "dcat:distribution"))
        for name in ("dct:rights", "odrl:hasPolicy")
        for one in graph.objects(node, name)
    ]
    # Forms of the same terms state them once each; a thing has labels, which cannot be hashed.
    values = [_peek(graph, one) for one in dict.fromkeys(stated)]
    return tuple({repr(one): one for one in values}.values())


def _application(graph: Graph, me: str) -> Application | None:
    """When the duty for this dataset applies."""
    given = graph.objects(me, "healthdcatap:healthCategory")
    codes = (categories.code(iri(one)) for one in given if is_iri(one))
    return categories.application(one for one in codes if one)


def _categories(graph: Graph, me: str) -> tuple[Category, ...]:
    found = []
    for one in graph.take(me, "healthdcatap:healthCategory"):
        code = categories.code(iri(one)) if is_iri(one) else None
        letter = categories.letter(iri(one)) if is_iri(one) else None
        since = categories.applies_from(letter) if letter else None
        on = categories.condition(letter) if letter else None
        found.append(Category(graph.value(one), code, letter, since, on))
    return tuple(sorted(found, key=lambda c: c.letter or "~"))
