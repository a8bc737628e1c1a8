"""Rules about the catalogue as a whole, which no single description can break."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri, literal, make_iri
from red_catalog.validation.result import Result
from red_catalog.validation.rules.finding import make

_IDENTIFIER: Final = term("dct:identifier")


def twins(
    index: Iterable[tuple[str, Sequence[str]]],
) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """One result for each dataset and identifier that other datasets (IRIs) have too, with these.

    `index`: the IRI of each dataset, with the values of its `dct:identifier`.
    """
    owners: dict[str, set[str]] = {}
    given: dict[tuple[str, str], str] = {}
    for dataset, identifiers in index:
        for identifier in identifiers:
            # The same text is the same identifier, whatever its type.
            text = iri(identifier) if is_iri(identifier) else literal(identifier)[0].strip()
            owners.setdefault(text, set()).add(dataset)
            given.setdefault((dataset, text), identifier)
    for (dataset, text), identifier in sorted(given.items()):
        others = tuple(sorted(owners[text] - {dataset}))
        if text and others:
            yield make("duplicate-identifier", make_iri(dataset), _IDENTIFIER, identifier), others
