"""pySHACL as the tests compare with it, and the official shapes to compare on."""

import logging
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import pyshacl.shapes_graph
import rdflib
from pyshacl.pytypes import SHACLExecutor
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from red_catalog.model import Level, Triple
from red_catalog.rdf.canonical import canonicalise
from red_catalog.rdf.terms import is_blank, is_iri, literal
from red_catalog.validation import shapes_graph
from red_catalog.validation.compiled.data import Background, Data
from red_catalog.validation.compiled.declaration import named, term_of
from red_catalog.validation.compiled.fallback import gather_mentioned
from red_catalog.validation.compiled.paths import describe_path
from red_catalog.validation.compiled.plan import Plan, compile_shapes
from red_catalog.validation.result import Result
from tests import shared
from tests.validation.compiled.quickening import DataGraph, ShapesGraph, quicken

logging.getLogger("rdflib.term").setLevel(logging.ERROR)

AXIOMS = """
@prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
vcard:Organization rdfs:subClassOf vcard:Kind . vcard:Individual rdfs:subClassOf vcard:Kind .
vcard:Group rdfs:subClassOf vcard:Kind . foaf:Organization rdfs:subClassOf foaf:Agent .
foaf:Person rdfs:subClassOf foaf:Agent . dct:MediaType rdfs:subClassOf dct:MediaTypeOrExtent .
"""

DCAT_AP: Final = (
    "shapes", "range", "shapes_recommended", "mdr-vocabularies.shape", "deprecateduris",
)  # fmt: skip

Multiset = Counter[tuple[str | None, ...]]


def triples_of(graph: rdflib.Graph) -> list[Triple]:
    """The statements of a graph as terms."""
    return [(term_of(s), term_of(p), term_of(o)) for s, p, o in graph]


def read(path: Path) -> rdflib.Graph:
    """A file of RDF; literals stay as written."""
    rdflib.NORMALIZE_LITERALS = False  # pySHACL turns it on whenever it has run
    syntax = "xml" if path.suffix in {".rdf", ".xml"} else "turtle"
    return rdflib.Graph(bind_namespaces="none").parse(
        path, format=syntax, publicID=path.resolve().as_uri()
    )


def repair(shapes: rdflib.Graph) -> rdflib.Graph:
    """Shapes without `sh:property [ sh:or … ]`, which has no path: its lists move to the shape."""
    for owner, nested in list(shapes.subject_objects(SH.property)):
        if (nested, SH.path, None) not in shapes:
            shapes.remove((owner, SH.property, nested))
            for predicate, value in list(shapes.predicate_objects(nested)):
                shapes.remove((nested, predicate, value))
                if predicate == SH["or"]:
                    shapes.add((owner, predicate, value))
            shapes.remove((nested, RDF.type, None))
    return shapes


def counted(results: Iterable[Result]) -> Multiset:
    """Results as a multiset of what two engines must agree on."""
    return Counter(
        (*r[:5], None if (r.shape or "_:").startswith("_:") else r.shape) for r in results
    )


class Reference:
    """pySHACL with shapes read once: slow, and right but for the forms of some literals."""

    def __init__(self, shapes: rdflib.Graph, background: Background) -> None:
        quicken()
        copy = ShapesGraph()  # pySHACL adds axioms of its own
        copy += shapes
        self._graph = copy
        self._background = background
        read: Any = pyshacl.shapes_graph.ShapesGraph(copy, logger=logging.getLogger("quiet")).shapes
        copy.freeze()
        # The others have no focus nodes of their own, and looking for none costs most.
        targeted = (shape for shape in read if any(list(nodes) for nodes in shape.target()))
        self._shapes = [(describe(copy, shape.node), shape) for shape in targeted]
        self._targeted = {term_of(node) for node in copy.objects(None, SH.targetNode)}

    def validate(self, triples: Iterable[Triple]) -> list[Result]:
        """What pySHACL says of a record beside the background that it mentions."""
        record = list(triples)
        return self.validate_graph(record, make_graph(record, self._background), {})

    def validate_graph(
        self, record: list[Triple], graph: rdflib.Graph, known: dict[bytes, list[Result]]
    ) -> list[Result]:
        """The same, of a graph already made.

        `known`: what shapes said of this very graph, by their descriptions. Sets share shapes,
        and what a shape says does not depend on the other shapes of its set.
        """
        results = []
        for description, shape in self._shapes:
            if description not in known:
                known[description] = self._run(shape, graph)
            results += known[description]
        data = Data(record, self._background)
        return [r for r in results if data.owns(r.focus) or r.focus in self._targeted]

    def _run(self, shape: Any, graph: rdflib.Graph) -> list[Result]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = shape.validate(SHACLExecutor(), graph)[1]
        return [_result(self._graph, node, statements) for _, node, statements in found]


def describe(shapes: rdflib.Graph, node: Node) -> bytes:
    """All that is said of a shape and of what it leads to, the same for the same shape."""
    statements, seen, waiting = [], {node}, [node]
    while waiting:
        subject = waiting.pop()
        for predicate, value in shapes.predicate_objects(subject):
            statements.append((term_of(subject), term_of(predicate), term_of(value)))
            if value not in seen and not isinstance(value, rdflib.Literal):
                seen.add(value)
                waiting.append(value)
    return canonicalise("", statements)


def make_graph(record: list[Triple], background: Background) -> rdflib.Graph:
    """A record and the background that it mentions, for pySHACL."""
    graph = DataGraph()
    for s, p, o in {*record, *gather_mentioned(record, background)}:
        graph.add((node_of(s), node_of(p), node_of(o)))
    return graph


def results_in(report: rdflib.Graph, record: Sequence[Triple], beside: Background) -> list[Result]:
    """The results of a report, but for those about the background alone."""
    data = Data(record, beside)
    found = (
        _result(report, one, [(one, p, o) for p, o in report.predicate_objects(one)])
        for one in report.objects(None, SH.result)
    )
    return [result for result in found if data.owns(result.focus)]


def _result(graph: rdflib.Graph, node: Node, statements: list[tuple[Node, Node, Any]]) -> Result:
    said: dict[Node, Any] = {
        p: o[1] if isinstance(o, tuple) else o for s, p, o in statements if s == node
    }
    path, value, shape = (said.get(p) for p in (SH.resultPath, SH.value, SH.sourceShape))
    return Result(
        focus=term_of(said[SH.focusNode]),
        path=None if path is None else describe_path(graph, path),
        value=None if value is None else term_of(value),
        component=named(said[SH.sourceConstraintComponent]),
        severity=named(said[SH.resultSeverity]),
        shape=term_of(shape) if isinstance(shape, rdflib.URIRef) else None,
    )


@lru_cache(100_000)
def node_of(term: str) -> Node:
    """The rdflib node of a term."""
    if is_iri(term):
        return rdflib.URIRef(term[1:-1])
    if is_blank(term):
        return rdflib.BNode(term[2:])
    text, language, datatype = literal(term)
    if term.endswith(">"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a boolean that is none is what we want to see
            return rdflib.Literal(text, datatype=rdflib.URIRef(datatype), normalize=False)
    return rdflib.Literal(text, lang=language)


@cache
def background() -> Background:
    """The code lists and types that the official shapes need."""
    lists = read(shared.folder("official") / "vocab" / "background-red.ttl")
    return Background(triples_of(lists + rdflib.Graph().parse(data=AXIOMS, format="turtle")))


EVERY_COMPONENT: Final = Path(__file__).parent / "every-component.ttl"
OFFICIAL: Final = ("PUBLIC", "RESTRICTED", "NON_PUBLIC", "dcat-ap-3.0.1", "hdh")
# Our profiles that are made of shapes: at each level, where levels differ.
OURS: Final = {
    **{f"healthdcat-ap-8 {level}": ("healthdcat-ap-8", level) for level in Level},
    "dcat-ap-3": ("dcat-ap-3", Level.PUBLIC),
    "hdh": ("hdh", Level.PUBLIC),
}
SHAPES: Final = (*OFFICIAL, *(f"our {name}" for name in OURS), EVERY_COMPONENT.stem)


@cache
def official_shapes(name: str) -> rdflib.Graph:
    """One of the official sets of shapes, repaired where pySHACL refuses it, or one of ours."""
    if name == EVERY_COMPONENT.stem:
        return read(EVERY_COMPONENT)
    if name.startswith("our "):
        return shapes_graph.shapes(*OURS[name.removeprefix("our ")])
    folder = shared.folder("official")
    if name == "dcat-ap-3.0.1":
        merged = rdflib.Graph(bind_namespaces="none")
        for part in DCAT_AP:
            merged += read(folder / name / f"{part}.ttl")
        return repair(merged)
    if name == "hdh":
        return repair(read(folder / name / "hdap-validator-sensitivity-shape.ttl"))
    return read(folder / "healthdcat-ap-r8-patched" / f"{name}.ttl")


@cache
def plan(name: str) -> Plan:
    """The compiled form of an official set."""
    return compile_shapes(official_shapes(name), background())


@cache
def reference(name: str) -> "Reference":
    """An official set, for pySHACL."""
    return Reference(official_shapes(name), background())


def compare(name: str, triples: Iterable[Triple]) -> tuple[Multiset, Multiset]:
    """What only the plan says of a record, and what only pySHACL says."""
    record = list(triples)
    ours = counted(plan(name).validate(record))
    theirs = counted(reference(name).validate(record))
    return ours - theirs, theirs - ours


def compare_all(triples: Iterable[Triple]) -> dict[str, tuple[Multiset, Multiset]]:
    """What only the plan says and what only pySHACL says, with every set, where they differ."""
    record = list(triples)
    graph = make_graph(record, background())
    known: dict[bytes, list[Result]] = {}
    found = {}
    for name in SHAPES:
        ours = counted(plan(name).validate(record))
        theirs = counted(reference(name).validate_graph(record, graph, known))
        if ours != theirs:
            found[name] = (ours - theirs, theirs - ours)
    return found
