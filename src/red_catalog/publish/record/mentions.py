"""The resources that a description names as related: some may be datasets of this catalogue."""

from collections.abc import Sequence
from typing import Final

from red_catalog.model import Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri, is_iri

_RELATING: Final = frozenset(
    term(name) for name in (
        "dcat:first", "dcat:hasCurrentVersion", "dcat:hasVersion", "dcat:inSeries",
        "dcat:isVersionOf", "dcat:last", "dcat:next", "dcat:nextVersion", "dcat:prev",
        "dcat:previousVersion", "dcat:servesDataset", "dct:hasPart", "dct:hasVersion",
        "dct:isPartOf", "dct:isReplacedBy", "dct:isRequiredBy", "dct:isVersionOf",
        "dct:references", "dct:relation", "dct:replaces", "dct:requires", "dct:source",
        "prov:used", "prov:wasDerivedFrom",
    )
)  # fmt: skip
_MOST: Final = 200


def read(me: str, statements: Sequence[Triple]) -> tuple[str, ...]:
    """The IRIs that a description of `me` names as related, itself not."""
    found = {o for _, p, o in statements if p in _RELATING and o != me and is_iri(o)}
    return tuple(map(iri, sorted(found)[:_MOST]))
