"""One record's statements as plain dicts, read once and ticked off as they find their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from red_catalog import vocabulary
from red_catalog.ehds import terms
from red_catalog.ehds.terms import own_term
from red_catalog.model import Text, Triple
from red_catalog.namespaces import HEALTH_AUTHORITY, PREFIXES, RDF_TYPE, term
from red_catalog.publish.record import periods, regions
from red_catalog.publish.record.properties import order
from red_catalog.rdf.terms import iri, is_iri, is_literal, literal
from red_catalog.vocabulary.words import ETALAB, ETALAB_LABELS

GENID: Final = "/.well-known/genid/"
_DEEPEST: Final = 12
# What people would call a node, the best first.
_NAMES: Final = ("dct:title", "foaf:name", "skos:prefLabel", "rdfs:label", "vcard:fn",
                 "vcard:organization-name", "skos:notation", "dct:description")  # fmt: skip
_OURS: Final = tuple(
    PREFIXES[p] for p in ("adms", "csvw", "cv", "dcat", "dct", "dpv", "dqv", "eli", "foaf", "locn",
                          "odrl", "prov", "skos", "spdx", "time", "vcard")
)  # fmt: skip

# Lists that name their terms in words, some of them in one language only.
_IN_WORDS: Final = ("https://w3id.org/dpv", f"{HEALTH_AUTHORITY}health-activity/")


@dataclass(frozen=True, slots=True)
class Words:
    """A literal. `language` is None where it carries none."""

    text: str
    language: str | None
    datatype: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource: its IRI (None for a blank node), its label, and what is said of it.

    `elsewhere`: what is said of it stands in another place. `page`: the address, within the host,
    of its own page here.
    """

    iri: str | None
    label: Text | None
    names: tuple[Words, ...]
    rows: tuple["Row", ...] = ()
    elsewhere: bool = False
    page: Text | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its ends, either of which may be unknown."""

    start: Words | None
    end: Words | None


Value = Words | Thing | Span


@dataclass(frozen=True, slots=True)
class Row:
    """A property (its IRI) and its values."""

    property: str
    values: tuple[Value, ...]


named = cache(term)


class Graph:
    """A record's graph; `taken` statements have found their place on the page.

    `published`: resources that have a page here, by IRI.
    """

    def __init__(
        self,
        main: str,
        triples: Iterable[Triple],
        published: Mapping[str, Thing] = MappingProxyType({}),
    ) -> None:
        self.main = main
        self.published = published
        self.nodes: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value in triples:
            self.nodes.setdefault(subject, {}).setdefault(own_term(predicate), []).append(value)
        self._taken: set[tuple[str, str]] = set()

    def objects(self, subject: str, name: str) -> list[str]:
        """The objects of a property, by its prefixed name; they stay untaken."""
        return self.nodes.get(subject, {}).get(named(name), [])

    def take(self, subject: str, name: str) -> list[str]:
        """The objects of a property, which now have their place."""
        self._taken.add((subject, named(name)))
        return self.objects(subject, name)

    def row(self, subject: str, name: str) -> Row:
        """The values of a property, which now have their place, with all they lead to."""
        return Row(iri(named(name)), self.values(self.take(subject, name)))

    def values(self, terms: Iterable[str]) -> tuple[Value, ...]:
        """The values of some terms, with what is said of each where not said before."""
        return tuple(self.value(one) for one in terms)

    def value(self, one: str, depth: int = 0) -> Value:
        """The value of one term, with what is said of it where not said before."""
        if is_literal(one):
            return words(one)
        span = self._span(one)
        if span:
            return span
        known = self.nodes.get(one)
        address = iri(one) if is_iri(one) else None
        label = _label(address) if address else None
        here = self.published.get(address) if address else None
        if known is None:
            return here or Thing(_public(address), label or regions.label(address or ""), ())
        names = self._names(one, mark=one != self.main and label is None)
        if not label and not names:  # a holder's own name of a place comes first
            label = regions.label(address or "")
        # In a list by subject, what has no address is told where it is mentioned.
        deepest = _DEEPEST if _public(address) else 2 * _DEEPEST
        rows = () if one == self.main or depth > deepest else self._rows(one, depth + 1)
        elsewhere = not rows and bool(known.keys() - {RDF_TYPE})
        if here:
            return replace(here, rows=rows)
        return Thing(_public(address), label, names, rows, elsewhere)

    def words(self, subject: str, name: str) -> tuple[Words, ...]:
        """The literals of a property, which now have their place."""
        return tuple(words(one) for one in self.take(subject, name) if is_literal(one))

    def rest(self) -> tuple[tuple[Thing, tuple[Row, ...]], ...]:
        """What has found no place, by subject."""
        found = []
        for subject in sorted(self.nodes, key=self._rank):
            rows = self._rows(subject, _DEEPEST + 1)
            if rows:
                address = iri(subject) if is_iri(subject) else None
                about = Thing(_public(address), None, self._names(subject, mark=False))
                found.append((about, rows))
        return tuple(found)

    def _rank(self, subject: str) -> tuple[bool, bool, str]:
        """The dataset first; what has no address last, for others may tell it."""
        return subject != self.main, not is_iri(subject) or GENID in subject, subject

    def _rows(self, subject: str, depth: int) -> tuple[Row, ...]:
        rows = []
        for predicate in sorted(self.nodes[subject], key=lambda p: order(iri(p))):
            if (subject, predicate) in self._taken:
                continue
            self._taken.add((subject, predicate))
            values = self.nodes[subject][predicate]
            if predicate == RDF_TYPE:
                # The classes of the profile are what the page's own headings already say.
                values = [v for v in values if not (is_iri(v) and iri(v).startswith(_OURS))]
            if values:
                shown = tuple(self.value(one, depth) for one in values)
                rows.append(Row(iri(predicate), shown))
        return tuple(rows)

    def _names(self, subject: str, *, mark: bool) -> tuple[Words, ...]:
        for name in _NAMES:
            found = [one for one in self.objects(subject, name) if is_literal(one)]
            if found and len(found) == len(self.objects(subject, name)):
                if mark:
                    self._taken.add((subject, named(name)))
                return tuple(words(one) for one in found)
        return ()

    def period(self, subject: str) -> Span | None:
        """The dates of a period, whatever else is said of it; None where it has none."""
        start, end = periods.ends(self.nodes, subject)
        if start is None and end is None:
            return None
        return Span(words(start) if start else None, words(end) if end else None)

    def _span(self, subject: str) -> Span | None:
        if subject == self.main:
            return None
        told = periods.bare(self.nodes, subject)
        if told is None:
            return None
        self._taken |= told
        return self.period(subject)


def words(one: str) -> Words:
    """The literal of a term."""
    return Words(*literal(one))


@cache
def borrowed(address: str, code: str) -> bool:
    """Whether the name shown of a term is of the other language, for want of its own.

    Some lists leave the proper names of standards in one language: these belong to both.
    """
    return address.startswith(_IN_WORDS) and vocabulary.lacks(_known(address), code)


@cache
def _label(address: str) -> Text | None:
    if address == ETALAB:
        return ETALAB_LABELS
    known = _known(address)
    return vocabulary.labels(address) or vocabulary.labels(known) or terms.labels(address)


def _known(address: str) -> str:
    # The profile asks for terms of dpv-pd#, whose names the code list keeps under pd#.
    return address.replace("https://w3id.org/dpv/dpv-pd#", "https://w3id.org/dpv/pd#")


def _public(address: str | None) -> str | None:
    return None if address is None or GENID in address else address
