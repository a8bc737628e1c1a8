"""The rules of every profile as plain values, from shapes and tables, for their pages."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import rdflib
from rdflib.namespace import DCAT, RDF, SH
from rdflib.term import Node

from red_catalog.errors import RedError
from red_catalog.model import Level, Severity, Text
from red_catalog.namespaces import RED_SHAPES
from red_catalog.pipeline.exemplifying import exemplify
from red_catalog.publish.web.rules import Book, Demand, Rule, is_name
from red_catalog.validation import profiles, shapes_graph
from red_catalog.validation.advice import subjects
from red_catalog.validation.advice.asking import ask
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.rules import finding

_VALIDATION: Final = Path(profiles.__file__).parent
_OURS: Final = tuple(
    Path(__file__).with_name(f"{name}.py") for name in ("ruling", "exemplifying", "explaining")
)
_RED: Final = rdflib.Namespace(RED_SHAPES)
_SEVERITIES: Final[Mapping[Node, Severity]] = {
    SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO,
}  # fmt: skip
_OF_RULES: Final[Mapping[str, Node]] = {"sh:Violation": SH.Violation, "sh:Warning": SH.Warning}
_TRUE: Final = rdflib.Literal("true", datatype=rdflib.XSD.boolean)


def digest(installed: Path | None) -> str:
    """What every rule and every explanation depends on: the profiles and our own words."""
    whole = hashlib.sha256()
    for name in profiles.names(installed):
        whole.update(f"{name} {profiles.load(name, installed).digest}\n".encode())
    for path in [*_OURS, *sorted(_VALIDATION.rglob("*.py"))]:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def titles(installed: Path | None, wanted: Collection[str] | None = None) -> dict[str, Text]:
    """What people call each profile whose rules can have pages, of those `wanted` where not all.

    Raises RedError for one that is not known.
    """
    known = profiles.names(installed) if wanted is None else wanted
    try:
        return {name: profiles.load(name, installed).title for name in filter(is_name, known)}
    except RedError as error:
        if wanted is None:
            raise
        raise RedError(f"publication.rules in red.toml: {error}") from None


def books(installed: Path | None, wanted: Collection[str] | None = None) -> tuple[Book, ...]:
    """The rules of every profile, of those `wanted` where not all."""
    return tuple(read_book(name, installed) for name in titles(installed, wanted))


def read_book(name: str, installed: Path | None) -> Book:
    """The rules of one profile, the first of each name by its IRI."""
    return _read_book(name, installed, profiles.load(name, installed).digest)


@lru_cache(16)
def _read_book(name: str, installed: Path | None, digest: str) -> Book:  # noqa: ARG001
    """The rules of one profile, read anew where another one of this name has another digest."""
    profile = profiles.load(name, installed)
    graphs = {level: shapes_graph.shapes(name, level, installed) for level in Level}
    nodes = sorted({n for graph in graphs.values() for n in _rules(graph)})
    found: dict[str, Rule] = {}
    for node in nodes:
        rule = _rule(node, graphs)
        if is_name(rule.local) and rule.local.casefold() not in found:
            found[rule.local.casefold()] = rule
    return Book(
        profile.name,
        profile.release,
        profile.title,
        profile.digest,
        profile.origin,
        tuple(sorted(found.values(), key=_order)),
    )


def _rules(graph: rdflib.Graph) -> Iterator[rdflib.URIRef]:
    """Everything with an address that a finding may name."""
    for predicate, kind in ((SH.path, None), (SH.message, None), (RDF.type, SH.NodeShape)):
        for node in graph.subjects(predicate, kind):
            if isinstance(node, rdflib.URIRef) and (node, SH.deactivated, _TRUE) not in graph:
                yield node


def _rule(node: rdflib.URIRef, graphs: Mapping[Level, rdflib.Graph]) -> Rule:
    here = {level: graph for level, graph in graphs.items() if (node, None, None) in graph}
    graph = next(iter(here.values()))
    path, asked, local = graph.value(node, SH.path), ask(graph, (term_of(node),)), _local(node)
    owners = sorted({o for g in here.values() for o in g.subjects(SH.property, node)}, key=str)
    name = _both(graph, node, SH.name) or _named(path or node)
    number = graph.value(node, _RED.number)
    if path is None:
        path = graph.value(node, _RED.property)
    return Rule(
        local=local,
        iri=str(node),
        name=name,
        message=_both(graph, node, SH.message) or name,
        about=tuple({str(n): n for o in owners if (n := _both(graph, o, SH.name))}.values()),
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        expected=None if asked.is_vague() else asked.words(),
        demands=tuple(_demand(level, g, node) for level, g in here.items()),
        lists=asked.lists,
        values=tuple(term_of(v) for v in asked.values),
        parts=tuple(sorted({_local(p) for g in here.values() for p in _parts(g, node)})),
        example=exemplify(graph, node, local),
        fix=_both(graph, node, _RED.fix),
        element=int(str(number)) if number is not None else None,
        of_catalogues=_is_of_catalogues(here.values(), (node, *owners)),
    )


def _is_of_catalogues(graphs: Iterable[rdflib.Graph], shapes: Iterable[Node]) -> bool:
    kinds = {c for graph in graphs for one in shapes for c in graph.objects(one, SH.targetClass)}
    return bool(kinds) and kinds <= {DCAT.Catalog, DCAT.CatalogRecord}


def _demand(level: Level, graph: rdflib.Graph, node: Node) -> Demand:
    least, most = (graph.value(node, one) for one in (SH.minCount, SH.maxCount))
    return Demand(
        level,
        _severity(graph, node),
        int(str(least)) if least is not None else None,
        int(str(most)) if most is not None else None,
    )


def _severity(graph: rdflib.Graph, node: Node) -> Severity:
    if (node, RDF.type, _RED.MinimumElement) in graph:
        return Severity.WARNING
    if (node, RDF.type, _RED.Rule) in graph:
        asked: Node | None = _OF_RULES[finding.make(_local(node), "", "", None).severity]
    else:
        asked = graph.value(node, SH.severity)
    return _SEVERITIES.get(asked or SH.Violation, Severity.INFO)


def _parts(graph: rdflib.Graph, node: Node) -> Iterable[Node]:
    return (p for p in graph.objects(node, SH.property) if isinstance(p, rdflib.URIRef))


@cache
def _named(node: Node) -> Text:
    """The name of what the shapes do not name: a kind of thing, or the end of its address."""
    return subjects.a_kind(term_of(node)) or {"fr": _local(node), "en": _local(node)}


def _local(node: Node) -> str:
    return str(node).replace("#", "/").rstrip("/").rsplit("/", 1)[-1]


def _both(graph: rdflib.Graph, node: Node, predicate: Node) -> Text | None:
    texts = [o for o in graph.objects(node, predicate) if isinstance(o, rdflib.Literal)]
    found = {o.language: str(o) for o in sorted(texts)}
    if not {"fr", "en"} <= found.keys():
        return None
    return {"fr": found["fr"], "en": found["en"]}


def _order(rule: Rule) -> tuple[str, str, str]:
    about = rule.about[0]["fr"] if rule.about else rule.name["fr"] if rule.parts else "~"
    return about, rule.name["fr"].casefold(), rule.local
