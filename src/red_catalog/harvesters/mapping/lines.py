"""Statements made one after the other, for what is mapped to RDF."""

from collections.abc import Iterable

from red_catalog.namespaces import term
from red_catalog.rdf.terms import make_iri


class Lines:
    """Statements in the order they were made, each once."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, str], None] = {}
        self._nodes = 0

    def say(self, subject: str, name: str, values: Iterable[str]) -> None:
        """States a property, named as `dct:title`, of a term for each of these terms."""
        for value in values:
            self._lines[subject, term(name), value] = None

    def node(self, kind: str, iri: str | None = None) -> str:
        """A new node of this class, such as `foaf:Agent`: an IRI, or blank without one."""
        self._nodes += iri is None
        made = make_iri(iri) if iri else f"_:n{self._nodes}"
        self.say(made, "rdf:type", [term(kind)])
        return made

    def keep(self, node: str) -> bool:
        """Whether more than its class is said of a node; takes it back where it is not."""
        own = [line for line in self._lines if line[0] == node]
        if len(own) == 1 and node.startswith("_:"):
            del self._lines[own[0]]
            return False
        return True

    def content(self) -> bytes:
        """All statements, as N-Triples."""
        return "".join(f"{s} {p} {o} .\n" for s, p, o in self._lines).encode()
