"""The words of the rules: name, message and remedy of each, from the profiles' tables.

The tables are Turtle files of the profiles, so that a rule's words are found where a shape's
are: `sh:name` and `sh:message` under the rule's IRI, besides `red:fix`.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from red_catalog.model import Text
from red_catalog.namespaces import RED_SHAPES
from red_catalog.rdf.terms import iri, is_iri, literal
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.result import Result
from red_catalog.validation.rules import dates
from red_catalog.validation.rules.correcting import correct
from red_catalog.validation.shapes_graph import read_shapes

_SHOWN: Final = 80  # characters of a value
_KEPT: Final = 4096  # texts: there are two for a shape, and a few hundred shapes in a profile
_FOLDER: Final = Path(__file__).parents[2] / "shapes"
_TABLES: Final = (
    "minimum-2026-2098/elements.ttl",
    "red/rules.ttl",
    "red/texts.ttl",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What people are told of one rule."""

    name: Text
    message: Text
    fix: Text | None
    messages: tuple[str, ...]


def find(shape: str | None) -> Wording | None:
    """The words of the rule of this IRI (a term), None for what is no rule."""
    return _wordings().get(shape or "")


def mend(result: Result) -> Text | None:
    """What to do about a rule's result, with the right value where it is known."""
    wording = find(result.shape)
    if wording is None:
        return None
    right = correct(result)
    if right is None:
        return wording.fix
    return _if_day_first(right) if dates.is_either(result.value or "") else _replace(right)


def _if_day_first(right: str) -> Text:
    """What to write instead of a date that some would read the other way round."""
    date = literal(right)[0]
    return {
        "fr": f"Si le jour vient en premier, écrivez « {date} », avec le type « date ».",
        "en": f"If the day comes first, write “{date}”, with the type “date”.",
    }


def _replace(right: str) -> Text:
    """What to write instead, for people: without any syntax."""
    if is_iri(right):
        return {
            "fr": f"Écrivez plutôt : {iri(right)}",
            "en": f"Write instead: {iri(right)}",
        }
    text, language, datatype = literal(right)
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    kind = datatype.rpartition("#")[2]
    if language:
        return {
            "fr": f"Donnez à ce texte la langue « {language} » : « {short} ».",
            "en": f"Give this text the language “{language}”: “{short}”.",
        }
    return {
        "fr": f"Écrivez plutôt « {short} », avec le type « {kind} ».",
        "en": f"Write “{short}” instead, with the type “{kind}”.",
    }


@cache
def _wordings() -> dict[str, Wording]:
    graph = read_shapes(tuple(_FOLDER / table for table in _TABLES))
    fix = rdflib.URIRef(f"{RED_SHAPES}fix")
    found = {}
    for node in set(graph.subjects(SH.message)):
        name, message = both(graph, node, SH.name), both(graph, node, SH.message)
        assert name, node
        assert message, node
        terms = tuple(sorted(term_of(m) for m in graph.objects(node, SH.message)))
        found[term_of(node)] = Wording(name, message, both(graph, node, fix), terms)
    return found


@lru_cache(_KEPT)
def both(graph: rdflib.Graph, node: Node | None, predicate: Node) -> Text | None:
    """What a node of a graph that does not change says in both languages; None: not in both."""
    if node is None:
        return None
    texts = sorted(o for o in graph.objects(node, predicate) if isinstance(o, rdflib.Literal))
    by_language = {o.language: str(o) for o in texts}
    if not {"fr", "en"} <= by_language.keys():
        return None
    return {language: by_language[language] for language in ("fr", "en")}
