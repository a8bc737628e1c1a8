"""What a description is checked beside: the code lists that it mentions, and no more.

The shapes ask of a code that its list be known and the code be of the right kind. The
description itself need not say so; but it must not change what the words mean either.
"""

from collections.abc import Iterable
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri

_SUBCLASS_OF: Final = term("rdfs:subClassOf")


def gather(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Background triples of the IRIs that a description mentions, and the subclass axioms."""
    mentioned = {t for s, _, o in triples for t in (s, o) if is_iri(t)}
    return vocabulary.background(iri(t) for t in mentioned)


def drop_axioms(triples: Iterable[Triple]) -> list[Triple]:
    """A description without its subclass axioms: no holder may decide what is an agent."""
    return [t for t in triples if t[1] != _SUBCLASS_OF]
