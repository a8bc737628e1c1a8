"""Running pySHACL on one description, shielded from what it changes and from what it says."""

import logging
from collections.abc import Iterable
from typing import Final

import pyshacl
import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from red_catalog.errors import RedError
from red_catalog.model import Triple
from red_catalog.validation import incomparable
from red_catalog.validation.compiled.declaration import named, node_of, term_of
from red_catalog.validation.compiled.paths import describe_path
from red_catalog.validation.result import Result

# A literal is checked and reported as it was written: `010`, never `10`.
rdflib.NORMALIZE_LITERALS = False
incomparable.keep_going()
# An ill-typed literal is a finding here, not news for the log.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

_QUIET: Final = logging.getLogger("red_catalog.pyshacl")
_QUIET.setLevel(logging.CRITICAL)


class QueryError(RedError):
    """A query of shapes that cannot be run on the data. `told`: what went wrong."""

    def __init__(self, told: str) -> None:
        self.told = told
        super().__init__(f"A query of the shapes cannot be run ({told}): mend it or leave it out.")


def run(
    shapes: rdflib.Graph, triples: Iterable[Triple], background: Iterable[Triple]
) -> list[Result]:
    """All results on the focus nodes that the triples, not the background alone, speak of."""
    terms: dict[str, Node] = {}
    data = rdflib.Graph(bind_namespaces="none")
    own: set[Node] = set()
    cited: set[Node] = set()
    for s, p, o in triples:
        subject, value = _node(s, terms), _node(o, terms)
        own.add(subject)
        cited.add(value)
        data.add((subject, _node(p, terms), value))
    beside: set[Node] = set()
    for s, p, o in background:
        beside.add(_node(s, terms))
        data.add((_node(s, terms), _node(p, terms), _node(o, terms)))
    own |= cited - beside
    own.update(shapes.objects(None, SH.targetNode))  # shapes may speak of a node by name
    written = {node: text for text, node in terms.items()}
    report = _report(shapes, data)
    return [
        _result(report, one, written, shapes)
        for one in report.objects(None, SH.result)
        if report.value(one, SH.focusNode) in own
    ]


def _report(shapes: rdflib.Graph, data: rdflib.Graph) -> rdflib.Graph:
    copy = rdflib.Graph(bind_namespaces="none")  # pySHACL adds axioms of its own
    copy += shapes
    try:
        _, report, _ = pyshacl.validate(
            data,
            shacl_graph=copy,
            advanced=False,
            inference="none",
            inplace=True,
            js=False,
            do_owl_imports=False,
            logger=_QUIET,
        )
    except NotImplementedError as error:  # of what the standard lets a processor leave out
        report = error
    except Exception as error:  # rdflib raises many kinds, some on certain data only
        if not any((None, predicate, None) in shapes for predicate in (SH.select, SH.ask)):
            raise
        raise QueryError(_one_line(error)) from error
    finally:
        rdflib.NORMALIZE_LITERALS = False  # which pySHACL turns on
        incomparable.forget()
    if not isinstance(report, rdflib.Graph):
        told = _one_line(getattr(report, "message", report))
        raise RedError(
            f"The shapes ask for what cannot be run ({told}): mend them or leave it out."
        )
    return report


def _one_line(said: object) -> str:
    return " ".join(str(said).split()).rstrip(".")


def _node(term: str, known: dict[str, Node]) -> Node:
    """The node of a term; one node a term, so that the report leads back to the term."""
    node = known.get(term)
    if node is None:
        known[term] = node = node_of(term)
    return node


def _result(
    report: rdflib.Graph, one: Node, written: dict[Node, str], shapes: rdflib.Graph
) -> Result:
    def text(predicate: Node) -> str | None:
        node = report.value(one, predicate)
        return None if node is None else written.get(node) or term_of(node)

    path = report.value(one, SH.resultPath)
    component = report.value(one, SH.sourceConstraintComponent)
    severity = report.value(one, SH.resultSeverity)
    assert component is not None
    assert severity is not None
    return Result(
        focus=text(SH.focusNode) or "",
        path=None if path is None else describe_path(shapes, path),
        value=text(SH.value),
        component=named(component),
        severity=named(severity),
        shape=text(SH.sourceShape),
        messages=tuple(sorted(term_of(m) for m in report.objects(one, SH.resultMessage))),
    )
