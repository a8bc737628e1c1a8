"""The code lists there are, and which properties of which profiles take their values from each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from rdflib.namespace import SH

from red_catalog import vocabulary
from red_catalog.model import Level, Text
from red_catalog.validation import profiles, shapes_graph
from red_catalog.validation.advice.asking import ask
from red_catalog.validation.compiled.declaration import term_of

Uses = Mapping[str, frozenset[tuple[str, str]]]
"""List → the profiles and properties (IRIs) that take codes of it."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list. `digest` covers its codes and all that is said of them: `sha256:…`.

    `used_by`: profiles, and in each the IRI of a property that takes codes of the list.
    """

    iri: str
    name: Text
    codes: int
    digest: str
    used_by: tuple[tuple[str, str], ...]


def code_lists(installed: Path | None = None) -> tuple[CodeList, ...]:
    """Every list, by IRI. `installed`: where the catalogue's own profiles lie."""
    used: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name in profiles.names(installed):
        for level in Level:
            for scheme, pairs in _uses(name, shapes_graph.shapes(name, level, installed)).items():
                used[scheme] |= pairs
    return tuple(
        CodeList(
            iri=scheme,
            name=vocabulary.labels(scheme) or {"fr": scheme, "en": scheme},
            codes=len(vocabulary.concepts(scheme)),
            digest=f"sha256:{vocabulary.list_digest(scheme)}",
            used_by=tuple(sorted(used[scheme])),
        )
        for scheme in vocabulary.schemes()
    )


@cache
def _uses(name: str, shapes: rdflib.Graph) -> Uses:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for shape, path in shapes.subject_objects(SH.path):
        if isinstance(path, rdflib.URIRef):
            for scheme in ask(shapes, (term_of(shape),)).lists:
                found[scheme].add((name, str(path)))
    return {scheme: frozenset(pairs) for scheme, pairs in found.items()}
