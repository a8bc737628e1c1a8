"""pySHACL for the shapes that the plan leaves out, and for no others.

Slow, and said aloud once: each record is made a graph, and each shape interpreted.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from red_catalog.model import Triple
from red_catalog.validation.compiled.data import SUBCLASS_OF, Background, Index
from red_catalog.validation.compiled.plan import Plan, compile_shapes, order_of
from red_catalog.validation.compiled.targets import TARGETS
from red_catalog.validation.result import Result

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Engine:
    """A plan, with pySHACL for what it leaves out. `rest`: those shapes; None: there are none."""

    plan: Plan
    rest: rdflib.Graph | None

    def validate(self, triples: Iterable[Triple], index: Index | None = None) -> list[Result]:
        """The results of one record by all shapes, in order. `index`: of its triples."""
        record = list(triples)
        results = self.plan.validate(record, index)
        if self.rest is None:
            return results
        from red_catalog.validation import pyshacl_engine  # noqa: PLC0415 - slow to load, and rare

        beside = gather_mentioned(record, self.plan.background)
        return sorted([*results, *pyshacl_engine.run(self.rest, record, beside)], key=order_of)


def compile_engine(shapes: rdflib.Graph, background: Background | None = None) -> Engine:
    """Compiles a shapes graph and warns of each shape left to pySHACL. Raises RedError."""
    plan = compile_shapes(shapes, background)
    for shape, reason in ((u.shape, u.reason) for u in plan.unsupported):
        _LOG.warning("%s uses %s: pySHACL runs this shape, slowly.", shape, reason)
    left = {unsupported.node for unsupported in plan.unsupported}
    return Engine(plan, keep_targets(shapes, left) if left else None)


def keep_targets(shapes: rdflib.Graph, targeted: set[Node]) -> rdflib.Graph:
    """The same shapes, but only these still choose focus nodes; the others can be referred to."""
    kept = rdflib.Graph(bind_namespaces="none")
    classes = {RDFS.Class, OWL.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    for subject, predicate, value in shapes:
        chooses = predicate in TARGETS or (predicate == RDF.type and value in classes)
        if subject in targeted or not chooses:
            kept.add((subject, predicate, value))
    # pySHACL knows the prefixes that an ontology declares, and not those of what it imports.
    for ontology in set(shapes.subjects(OWL.imports)):
        for imported in shapes.transitive_objects(ontology, OWL.imports):
            for prefix in shapes.objects(imported, SH.declare):
                kept.add((ontology, SH.declare, prefix))
    return kept


def gather_mentioned(triples: Iterable[Triple], background: Background) -> list[Triple]:
    """All subclass axioms, and what the background says of the nodes that a record leads to."""
    found: list[Triple] = [(s, SUBCLASS_OF, o) for s, o in background.subclass_axioms]
    waiting = [node for s, _, o in triples for node in (s, o)]
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        for predicate, values in background.index.get(node, {}).items():
            found.extend((node, predicate, value) for value in values)
            waiting.extend(value for value in values if value not in seen)
            seen.update(values)
    return found
