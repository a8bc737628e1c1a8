"""The facets by which datasets are found: their codes, and each code's name in both languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog import vocabulary
from red_catalog.ehds import categories
from red_catalog.model import Entry, Triple
from red_catalog.namespaces import EU_AUTHORITY, RDF_TYPE, term
from red_catalog.publish.lists import population
from red_catalog.publish.record import conditions, labels, periods, regions
from red_catalog.publish.web import wording
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import Site
from red_catalog.rdf.terms import iri, is_iri, literal, make_iri
from red_catalog.rdf.writing import triples

Codes = Mapping[str, tuple[str, ...]]
_Said = Mapping[str, Sequence[str]]

ORDER: Final = (
    "holder", "access", "category", "theme", "territory", "period", "population", "coding",
    "standard", "format", "language", "verdict", "date",
    "fees", "protection", "label",
)  # fmt: skip
# Facets whose codes have an order of their own, which counts do not tell.
ORDERED: Final = frozenset({"period", "population", "date"})
# Facets whose codes are IRIs of code lists, and the property of the dataset they come from.
_LISTED: Final = {
    "theme": "healthdcatap:healthTheme",
    "coding": "healthdcatap:hasCodingSystem",
    "standard": "dct:conformsTo",
    "language": "dct:language",
}
_LEVELS: Final = {
    f"{EU_AUTHORITY}access-right/{one}": one for one in ("PUBLIC", "RESTRICTED", "NON_PUBLIC")
}
_FORMAT: Final = term("dct:format")
# Periods outside these years are mistakes, or say nothing that a filter could use.
_YEARS: Final = (1900, 2059)


@dataclass(frozen=True, slots=True)
class Choice:
    """A code of a facet, its name in one language, and how many datasets have it."""

    code: str
    name: str
    count: int


def read(entry: Entry, statements: Sequence[Triple], now: int = 0) -> Codes:
    """The codes of one dataset, by facet; IRIs where the code is a term of a code list.

    `now`: the year of the catalogue's state, to which periods without an end go on.
    """
    said, types, formats = _sort(statements, make_iri(entry.iri))
    found: dict[str, tuple[str, ...]] = {
        name: _labelled(iri(o) for o in said.get(term(wanted), ()) if is_iri(o))
        for name, wanted in _LISTED.items()
    }
    # A sample, or an analysis that was published, is not the data.
    forms = said.get(term("dcat:distribution"), ())
    letters = {
        code for o in said.get(term("healthdcatap:healthCategory"), ()) if is_iri(o)
        for code in (categories.code(iri(o)),) if code
    }  # fmt: skip
    found |= {
        "holder": (entry.holder,),
        "verdict": (entry.verdict.value,),
        "access": (access(said.get(term("dct:accessRights"), ())),),
        "format": _labelled(iri(o) for one in forms for o in formats.get(one, ()) if is_iri(o)),
        "category": tuple(sorted(letters)),
        "date": (applied.kind,) if (applied := categories.application(letters)) else (),
        "territory": _territories(said.get(term("dct:spatial"), ())),
        "period": _decades(
            statements, said.get(term("dct:temporal"), ()), max(now, entry.changed.year)
        ),
        "population": population.classes(
            population.read(said.get(term("healthdcatap:numberOfUniqueIndividuals"), ()))
        ),
    }  # fmt: skip
    claims = labels.claims(said.get(term("dqv:hasQualityAnnotation"), ()), types)
    found["label"] = ("claimed",) if claims else ("unclaimed",)
    return found | conditions.codes(said)


def _sort(statements: Sequence[Triple], me: str) -> tuple[_Said, _Said, _Said]:
    """What is said of the dataset, by predicate; the types and the formats of all else."""
    said: dict[str, list[str]] = {}
    types: dict[str, list[str]] = {}
    formats: dict[str, list[str]] = {}
    others = {RDF_TYPE: types, _FORMAT: formats}
    for subject, predicate, value in conditions.canonical_predicates(statements):
        if subject == me:
            said.setdefault(predicate, []).append(value)
        elif predicate in others:
            others[predicate].setdefault(subject, []).append(value)
    return said, types, formats


def categories_of(entry: Entry) -> list[str]:
    """The codes of the categories of Article 51 that a description names."""
    me, wanted = make_iri(entry.iri), term("healthdcatap:healthCategory")
    found = {
        categories.code(iri(o))
        for s, p, o in triples(entry.canonical)
        if s == me and p == wanted and is_iri(o)
    }
    return sorted(one for one in found if one)


def code(value: str) -> str:
    """What stands for a value in addresses and in the index: short, and safe anywhere."""
    if ":" not in value:
        return value
    tail = re.split(r"[/#]", value.rstrip("/#"))[-1]
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", tail) or "x"


def name(site: Site, facet: str, value: str, tongue: str) -> str:
    """The name of a value, in one language."""
    spoken = language(tongue)
    if facet == "holder":
        return spoken.pick(site.holder(value).name)
    if facet == "category":
        return categories.name(value)[tongue]
    table = wording.FACET_VALUES.get(facet)
    if table is not None:
        return spoken.gettext(table[value])
    if facet == "date":
        mixed = value == categories.MIXED
        several = spoken.gettext("From 2029, in part from 2031")
        return several if mixed else spoken.gettext("From %(year)s", year=value)
    if facet == "period":
        return spoken.gettext("%(decade)ss", decade=value)
    labels = vocabulary.labels(value)
    return labels[tongue] if labels else regions.name(value) or value


def access(values: Sequence[str]) -> str:
    """The level that access rights (terms) give, as addresses have it.

    `none` where there are none, `other` where they are not one of the three levels alone.
    """
    if not values:
        return "none"
    known = _LEVELS.get(iri(values[0])) if len(values) == 1 and is_iri(values[0]) else None
    return known.lower().replace("_", "-") if known else "other"


def _labelled(values: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({v for v in values if vocabulary.labels(v)}))


def _territories(values: Sequence[str]) -> tuple[str, ...]:
    """The region of each part of France; countries and other terms of the code list."""
    filed = {one: regions.filed(one) for one in (iri(v) for v in values if is_iri(v))}
    parts = {place for places in filed.values() for place in places}
    return tuple(sorted({*_labelled(one for one in filed if not filed[one]), *parts}))


def _decades(statements: Sequence[Triple], spans: Sequence[str], now: int) -> tuple[str, ...]:
    """The decades that any period covers; what has no end goes on."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in statements:
        if predicate in periods.PROPERTIES:
            nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    decades: set[int] = set()
    for span in spans:
        start, end = map(_year, periods.ends(nodes, span))
        if start is None and end is None:
            continue
        last = end if end is not None else max(start or now, now)
        first = max(last if start is None else start, _YEARS[0])
        decades.update(range(first // 10 * 10, min(last, _YEARS[1]) + 1, 10))
    return tuple(str(d) for d in sorted(decades))


def _year(date: str | None) -> int | None:
    match = re.match(r"(\d{4})\b", literal(date)[0]) if date else None
    return int(match[1]) if match else None
