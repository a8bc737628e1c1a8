"""The metadata quality assessment of data.europa.eu, unchanged: 405 points (docs/scores.md).

It was made for open data: a hundred of its points ask for addresses that answer anybody,
which descriptions of protected data rightly lack. So it stands beside the completeness of
the minimum elements, never alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from red_catalog.model import Mqa, Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri, make_iri
from red_catalog.validation import formats
from red_catalog.validation.rules.description import Description

Answers = Callable[[str], bool | None]
"""Whether an address answers; None where nobody knows."""

_Said = Mapping[str, Sequence[str]]
_Test = Callable[[str], bool]

_OF_DATASET: Final = {
    "keyword": "dcat:keyword",
    "theme": "dcat:theme",
    "spatial": "dct:spatial",
    "temporal": "dct:temporal",
    "access-rights": "dct:accessRights",
    "contact-point": "dcat:contactPoint",
    "publisher": "dct:publisher",
    "issued": "dct:issued",
    "modified": "dct:modified",
}
_OF_DISTRIBUTIONS: Final = {
    "download-url": "dcat:downloadURL",
    "format": "dct:format",
    "media-type": "dcat:mediaType",
    "licence": "dct:license",
    "rights": "dct:rights",
    "byte-size": "dcat:byteSize",
    "issued": "dct:issued",
    "modified": "dct:modified",
}
_ANSWERING: Final = {
    "access-url-answers": "dcat:accessURL",
    "download-url-answers": "dcat:downloadURL",
}
_named = cache(term)


def score(description: Description, *, conformant: bool, answers: Answers | None = None) -> Mqa:
    """The assessment of one description. `conformant`: to DCAT-AP.

    An indicator of the distributions is met where one of them meets it. Without `answers`
    no address is asked, and the indicators about them are unchecked.
    """
    nodes = description.index
    dataset = nodes.get(description.iri, {})
    distributions = [nodes.get(node, {}) for node in dataset.get(_named("dcat:distribution"), ())]
    met = {*_present(dataset, distributions), *_listed(dataset, distributions)}
    if conformant:
        met.add("dcat-ap")
    unchecked = set()
    for name, property_name in _ANSWERING.items():
        found = _any_answers(_objects(distributions, property_name), answers)
        if found is None:
            unchecked.add(name)
        elif found:
            met.add(name)
    return Mqa(tuple(sorted(met)), tuple(sorted(unchecked)))


def find_addresses(triples: Iterable[Triple], dataset_iri: str) -> tuple[str, ...]:
    """The addresses that the assessment of a description asks whether they answer."""
    wanted = {_named(name) for name in _ANSWERING.values()}
    has, me = _named("dcat:distribution"), make_iri(dataset_iri)
    given = list(triples)
    distributions = {o for s, p, o in given if s == me and p == has}
    found = {o for s, p, o in given if s in distributions and p in wanted and is_iri(o)}
    return tuple(sorted(map(iri, found)))


def _present(dataset: _Said, distributions: Sequence[_Said]) -> Iterator[str]:
    for name, property_name in _OF_DATASET.items():
        if dataset.get(_named(property_name)):
            yield name
    for name, property_name in _OF_DISTRIBUTIONS.items():
        if any(one.get(_named(property_name)) for one in distributions):
            yield name


def _listed(dataset: _Said, distributions: Sequence[_Said]) -> Iterator[str]:
    """Indicators whose values must be in a list."""
    if any(map(formats.is_access_right, dataset.get(_named("dct:accessRights"), ()))):
        yield "access-rights-vocabulary"
    if any(map(formats.is_licence, _objects(distributions, "dct:license"))):
        yield "licence-vocabulary"
    given = _objects(distributions, "dct:format")
    if not formats.NON_PROPRIETARY.isdisjoint(given):
        yield "non-proprietary"
    if not formats.MACHINE_READABLE.isdisjoint(given):
        yield "machine-readable"
    if any(
        _has(one, "dct:format", formats.is_file_type)
        and _has(one, "dcat:mediaType", formats.is_media_type)
        for one in distributions
    ):
        yield "format-vocabulary"


def _has(said: _Said, property_name: str, test: _Test) -> bool:
    return any(map(test, said.get(_named(property_name), ())))


def _objects(distributions: Sequence[_Said], property_name: str) -> list[str]:
    return [value for one in distributions for value in one.get(_named(property_name), ())]


def _any_answers(addresses: Sequence[str], answers: Answers | None) -> bool | None:
    """Whether one of the addresses answers; None where that was not found out."""
    if answers is None:
        return None
    found = [answers(iri(address)) for address in addresses if is_iri(address)]
    if True in found:
        return True
    return None if None in found else False
