"""The 27 minimum elements of Implementing Regulation (EU) 2026/2098: given or not, and why.

Whether an element applies is told by the description itself, never guessed: an element is
*not applicable* only where the description says so (see `docs/profiles.md`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

import rdflib
from rdflib.namespace import SH

from red_catalog.model import Level, Text
from red_catalog.namespaces import HEALTH_AUTHORITY, RED_SHAPES, term
from red_catalog.rdf.terms import is_literal, literal
from red_catalog.validation import levels
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.result import Result
from red_catalog.validation.rules.description import Description
from red_catalog.validation.shapes_graph import read_shapes

Status = Literal["given", "missing", "not-applicable"]

_TABLE: Final = Path(__file__).parents[2] / "shapes" / "minimum-2026-2098" / "elements.ttl"
_RED: Final = rdflib.Namespace(RED_SHAPES)
_CATEGORY: Final = term("healthdcatap:healthCategory")
_STRUCTURED: Final = term("healthdcatap:hasStructuredData")
_FALSE: Final = frozenset({"false", "0"})
# Aggregated figures on care, and pathogens: categories (c) and (d) of Article 51.
_WITHOUT_PEOPLE: Final = frozenset(
    f"<{HEALTH_AUTHORITY}healthcategories/{code}>" for code in ("NRPE", "RPDG")
)


@dataclass(frozen=True, slots=True)
class Element:
    """One minimum element in one description. `reason`: why it does not apply, else None."""

    number: int
    name: Text
    property: str
    status: Status
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table: the element, and the name of its condition where it has one."""

    number: int
    name: Text
    property: str
    shape: str
    messages: tuple[str, ...]
    condition: str | None


def find_missing(description: Description) -> Iterator[Result]:
    """One warning per element that applies and is missing."""
    rows = {row.number: row for row in _rows()}
    for element in elements(description):
        if element.status == "missing":
            yield Result(
                focus=description.iri,
                path=element.property,
                value=None,
                component="red:MinimumElement",
                severity="sh:Warning",
                shape=rows[element.number].shape,
                messages=rows[element.number].messages,
            )


@lru_cache(maxsize=1)  # asked twice of each record: for what is missing, and for its score
def elements(description: Description) -> tuple[Element, ...]:
    """The 27 elements in the order of the regulation, each with its status."""
    return tuple(_element(description, row) for row in _rows())


def _element(description: Description, row: _Row) -> Element:
    # What is given is given, even where nobody asked for it.
    if any(_says_something(value) for value in description.objects(description.iri, row.property)):
        return Element(row.number, row.name, row.property, "given")
    reason = _CONDITIONS[row.condition](description) if row.condition else None
    status: Status = "not-applicable" if reason else "missing"
    return Element(row.number, row.name, row.property, status, reason)


def _says_something(value: str) -> bool:
    return not is_literal(value) or bool(literal(value)[0].strip())


def _unless_public(description: Description) -> Text | None:
    if levels.level(description)[0] is not Level.PUBLIC:
        return None
    return {
        "fr": "Sans objet : les données sont publiques, leur accès ne passe par aucun organisme.",
        "en": "Not applicable: the data are public, no body has to grant access.",
    }


def _unless_unstructured(description: Description) -> Text | None:
    said = description.objects(description.iri, _STRUCTURED)
    if not said or not all(is_literal(v) and literal(v)[0] in _FALSE for v in said):
        return None
    return {
        "fr": "Sans objet : la description déclare que les données ne sont pas structurées.",
        "en": "Not applicable: the description says that the data are not structured.",
    }


def _unless_uncoded(description: Description) -> Text | None:
    coded = ("healthdcatap:hasCodeValues", "healthdcatap:hasCodingSystem")
    if any(description.named(description.iri, name) for name in coded):
        return None
    return _unless_unstructured(description)


def _unless_without_people(description: Description) -> Text | None:
    said = description.objects(description.iri, _CATEGORY)
    if not said or not _WITHOUT_PEOPLE.issuperset(said):
        return None
    return {
        "fr": "Sans objet : les catégories déclarées (données agrégées, agents pathogènes) ne "
        "portent pas sur des personnes.",
        "en": "Not applicable: the declared categories (aggregated data, pathogens) are not "
        "about people.",
    }


_CONDITIONS: Final[Mapping[str, Callable[[Description], Text | None]]] = {
    "unless-public": _unless_public,
    "unless-unstructured": _unless_unstructured,
    "unless-uncoded": _unless_uncoded,
    "unless-without-people": _unless_without_people,
}


@cache
def _rows() -> tuple[_Row, ...]:
    graph = read_shapes((_TABLE,))
    found = (_row(graph, node) for node in graph.subjects(rdflib.RDF.type, _RED.MinimumElement))
    return tuple(sorted(found, key=lambda row: row.number))


def _row(graph: rdflib.Graph, node: rdflib.term.Node) -> _Row:
    prop, condition = graph.value(node, _RED.property), graph.value(node, _RED.condition)
    assert prop is not None
    texts = [o for o in graph.objects(node, SH.name) if isinstance(o, rdflib.Literal)]
    names = {o.language: str(o) for o in texts}
    return _Row(
        number=int(str(graph.value(node, _RED.number))),
        name={"fr": names["fr"], "en": names["en"]},
        property=term_of(prop),
        shape=term_of(node),
        messages=tuple(sorted(term_of(m) for m in graph.objects(node, SH.message))),
        condition=None if condition is None else str(condition),
    )
