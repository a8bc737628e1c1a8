"""What a rule reads: one dataset's description, indexed by subject and predicate."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from red_catalog.model import Triple
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.rdf.terms import make_iri
from red_catalog.validation.compiled.data import index_triples
from red_catalog.validation.result import Result

Index = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """A dataset (`iri` is its term) and what it reaches. `today`: what "future" is after.

    `beside`: IRIs of the datasets that are described with it. Each is equal to itself alone.
    """

    iri: str
    triples: tuple[Triple, ...]
    index: Index
    today: date
    beside: frozenset[str] = frozenset()

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """The values of a property of one subject, in order."""
        return self.index.get(subject, {}).get(predicate, ())

    def named(self, subject: str, name: str) -> Sequence[str]:
        """The values of a property that is given by its prefixed name."""
        return self.objects(subject, term(name))

    def subjects(self, kind: str) -> list[str]:
        """The subjects of a class that is given by its prefixed name."""
        wanted = term(kind)
        return [s for s, objects in self.index.items() if wanted in objects.get(RDF_TYPE, ())]


Rule = Callable[[Description], Iterator[Result]]
"""What one or several related rules find in a description."""


def describe(
    triples: Iterable[Triple],
    iri: str,
    today: date | None = None,
    beside: frozenset[str] = frozenset(),
) -> Description:
    """The description of the dataset of this IRI, in an order that does not change."""
    ordered = tuple(sorted(triples))
    # A record is judged by the day it is checked on: a date may be in the future only today.
    day = today or date.today()  # noqa: DTZ011 - a day more or less changes nothing
    return Description(make_iri(iri), ordered, index_triples(ordered), day, beside)
