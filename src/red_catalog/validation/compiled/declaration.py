"""Reading what a shapes graph declares, or saying in one sentence what is wrong with it."""

from dataclasses import dataclass
from typing import Final

import rdflib
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from red_catalog.errors import RedError
from red_catalog.rdf.terms import iri, is_blank, is_iri, literal, make_iri, make_literal

_LIST_LIMIT: Final = 100_000


def node_of(term: str) -> Node:
    """The node of a term, a literal as it was written."""
    if is_iri(term):
        return rdflib.URIRef(iri(term))
    if is_blank(term):
        return rdflib.BNode(term[2:])
    text, language, datatype = literal(term)
    if language or not term.endswith(">"):
        return rdflib.Literal(text, lang=language)
    return rdflib.Literal(text, datatype=rdflib.URIRef(datatype), normalize=False)


def term_of(node: Node) -> str:
    """The N-Triples term of an rdflib node, written as the canonical form of records is."""
    if isinstance(node, rdflib.Literal):
        datatype = str(node.datatype) if node.datatype is not None else None
        return make_literal(str(node), node.language, datatype)
    return f"_:{node}" if isinstance(node, rdflib.BNode) else make_iri(str(node))


def named(node: Node) -> str:
    """A `sh:` name for a SHACL term, the N-Triples term for any other."""
    iri = str(node)
    return f"sh:{iri.removeprefix(str(SH))}" if iri.startswith(str(SH)) else term_of(node)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One node of a shapes graph with the statements made about it."""

    graph: rdflib.Graph
    node: Node

    def nodes(self, predicate: Node) -> list[Node]:
        """All values of a parameter, in an order that does not change from run to run."""
        return sorted(self.graph.objects(self.node, predicate), key=term_of)

    def terms(self, predicate: Node) -> list[str]:
        """All values of a parameter, as N-Triples terms."""
        return [term_of(node) for node in self.nodes(predicate)]

    def one(self, predicate: Node) -> Node | None:
        """The value of a parameter that may have one at most."""
        found = self.nodes(predicate)
        if len(found) > 1:
            raise self.error(f"has {len(found)} values of {named(predicate)} where one is allowed")
        return found[0] if found else None

    def integer(self, predicate: Node) -> int | None:
        """The value of a parameter that counts."""
        node = self.one(predicate)
        if node is None:
            return None
        if not (isinstance(node, rdflib.Literal) and isinstance(node.value, int)) or node.value < 0:
            raise self.error(f"needs an integer, zero or more, for {named(predicate)}")
        return int(node.value)

    def boolean(self, predicate: Node) -> bool:
        """The value of a parameter that is true or false; false where it is absent."""
        node = self.one(predicate)
        if node is None:
            return False
        if not isinstance(node, rdflib.Literal) or node.datatype != XSD.boolean:
            raise self.error(f"needs true or false for {named(predicate)}")
        return str(node) == "true"  # the recommendation means this very literal, not "1"

    def items(self, head: Node) -> list[Node]:
        """The members of an RDF list."""
        found: list[Node] = []
        while head != RDF.nil:
            first = list(self.graph.objects(head, RDF.first))
            rest = list(self.graph.objects(head, RDF.rest))
            if len(first) != 1 or len(rest) != 1 or len(found) > _LIST_LIMIT:
                raise self.error("has a value that must be a list and is not a well-formed one")
            found.append(first[0])
            head = rest[0]
        return found

    def error(self, trouble: str) -> RedError:
        """An error about this shape: `trouble` ends the sentence that its name begins."""
        return RedError(f"The shape {self.title()} {trouble}.")

    def title(self) -> str:
        """What people can find the shape by: its IRI, or the path of a nameless one."""
        if isinstance(self.node, rdflib.URIRef):
            return f"<{self.node}>"
        path = self.graph.value(self.node, SH.path)
        owner = next(self.graph.subjects(None, self.node), None)
        where = f" of <{owner}>" if isinstance(owner, rdflib.URIRef) else ""
        return f"on path <{path}>{where}" if path is not None else f"without a name{where}"
