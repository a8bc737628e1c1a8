"""What holders mark private in their descriptions (`red:private`)."""

from collections.abc import Iterable
from typing import Final

from red_catalog.ehds import terms
from red_catalog.model import Defect, Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import is_literal, literal, make_iri
from red_catalog.rdf.writing import triples

PREDICATE: Final = term("red:private")
"""The mark, as this software knows it."""
MARKED: Final = f"{terms.MARK}private".encode()
"""What every description with a mark or a private note holds."""
PRIVATE: Final = Defect(
    "private",
    {
        "fr": "Ce jeu de données est marqué privé (red:private) : il n'est pas publié.",
        "en": "This dataset is marked private (red:private): it is not published.",
    },
    {
        "fr": "Ôtez cette marque, ou placez-la sur les seuls nœuds à ne pas publier.",
        "en": "Take the mark away, or put it only on the nodes not to be published.",
    },
)
"""Why a dataset that is private as a whole is not taken."""


def find_private(statements: Iterable[Triple]) -> set[str]:
    """The nodes that are marked private: whatever a mark says but false, to be on the safe side."""
    return {s for s, p, o in statements if terms.own_term(p) == PREDICATE and not _is_false(o)}


def is_private(canonical: bytes, about: str) -> bool:
    """Whether the dataset `about` is marked private as a whole."""
    return MARKED in canonical and make_iri(about) in find_private(triples(canonical))


def _is_false(node: str) -> bool:
    return is_literal(node) and literal(node)[0].strip().lower() in {"false", "0", "non"}
