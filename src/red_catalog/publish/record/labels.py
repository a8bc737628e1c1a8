"""What a description claims of the data quality and utility label (Article 78)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from red_catalog.namespaces import term
from red_catalog.publish.record.graph import Graph, Thing, Value

_PROPERTY: Final = "dqv:hasQualityAnnotation"
_CERTIFICATE: Final = term("dqv:QualityCertificate")
_DOCUMENTS: Final = ("oa:hasBody", "foaf:page", "rdfs:seeAlso", "dct:source")
_DATES: Final = ("dct:issued", "dct:date", "dct:created", "prov:generatedAtTime")
# What says no more than that this is a claim about the dataset.
_OBVIOUS: Final = ("rdf:type", "oa:hasTarget", "oa:motivatedBy")


@dataclass(frozen=True, slots=True)
class Label:
    """A claim: what it is called, its documentation, when it was assessed, and the rest."""

    claim: Thing
    documents: tuple[Value, ...]
    assessed: tuple[Value, ...]


def claims(annotations: Iterable[str], types: Mapping[str, Sequence[str]]) -> list[str]:
    """Those that are certificates: a comment is none. What has no type is taken for one."""
    return [one for one in annotations if _CERTIFICATE in types.get(one, (_CERTIFICATE,))]


def read(graph: Graph, me: str) -> tuple[tuple[Label, ...], tuple[Value, ...]]:
    """The claims of the dataset `me`, a term, and its other annotations: they have their place."""
    given = graph.take(me, _PROPERTY)
    types = {one: found for one in given if (found := graph.objects(one, "rdf:type"))}
    mine = claims(given, types)
    others = tuple(graph.value(one) for one in given if one not in mine)
    return tuple(_read(graph, one) for one in mine), others


def _read(graph: Graph, node: str) -> Label:
    def values(names: Sequence[str]) -> tuple[Value, ...]:
        return tuple(v for name in names for v in graph.values(graph.take(node, name)))

    for name in _OBVIOUS:
        graph.take(node, name)
    documents, assessed = values(_DOCUMENTS), values(_DATES)
    claim = graph.value(node)
    return Label(claim if isinstance(claim, Thing) else Thing(None, None, ()), documents, assessed)
