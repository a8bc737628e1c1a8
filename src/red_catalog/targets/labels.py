"""The labels of code lists in a SPARQL store: one graph beside those of the datasets."""

import hashlib
from collections.abc import Iterable

from red_catalog.model import Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import make_iri, make_literal
from red_catalog.targets.outcome import Accepted, Outcome
from red_catalog.targets.sparql import Store

NAME = "vocabulary"
"""What the graph is called, after the base address of the catalogue."""


def keep(store: Store, base_iri: str, statements: Iterable[Triple]) -> Outcome:
    """Puts the labels where the store has others, or lost some of them.

    The graph says its digest, so that asking costs two small queries.
    """
    graph = f"{base_iri}{NAME}"
    lines = sorted({" ".join((*one, ".\n")) for one in statements})
    mark = hashlib.sha256("".join(lines).encode()).hexdigest()
    said = store.objects(graph, graph, term("dct:identifier"))
    count = store.count(graph)
    if said == [mark] and count == len(lines) + 1:
        return Accepted(graph)
    told = f"{make_iri(graph)} {term('dct:identifier')} {make_literal(mark)} .\n"
    # Last: what was cut short on the way has no digest.
    return store.put(graph, [*lines, told])
