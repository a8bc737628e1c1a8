"""What a shape asks of a value, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import rdflib
from rdflib.namespace import SH, SKOS, XSD
from rdflib.term import Node

from red_catalog import vocabulary
from red_catalog.model import Text
from red_catalog.rdf.terms import iri, is_iri, is_literal
from red_catalog.validation.advice.limits import Limits, read_limits
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.rules.addresses import MAILBOXES

_WRITTEN: Final[dict[str, tuple[str, str]]] = {
    str(XSD.boolean): ("true (vrai) ou false (faux), sans guillemets",
                       "true or false, without quotation marks"),
    str(XSD.nonNegativeInteger): (
        "un nombre entier positif ou nul, déclaré comme tel (« nonNegativeInteger »)",
        "a whole number, zero or more, declared as such (“nonNegativeInteger”)",
    ),
    str(XSD.integer): ("un nombre entier", "a whole number"),
    str(XSD.decimal): ("un nombre décimal, avec un point", "a decimal number, with a point"),
    str(XSD.duration): ("une durée comme P1M (un mois) ou P1Y (un an)",
                        "a duration such as P1M (a month) or P1Y (a year)"),
    str(XSD.date): ("une date comme 2026-03-30", "a date such as 2026-03-30"),
    str(XSD.dateTime): ("une date et une heure comme 2026-03-30T08:00:00",
                        "a date and time such as 2026-03-30T08:00:00"),
    str(XSD.hexBinary): ("une suite de chiffres hexadécimaux (0-9, A-F)",
                         "a string of hexadecimal digits (0-9, A-F)"),
    str(XSD.anyURI): ("une adresse web complète", "a full web address"),
}  # fmt: skip
_LINK: Final = ("une adresse web complète", "a full web address")
_MAILBOX: Final = ("une adresse électronique écrite mailto:nom@domaine",
                   "an e-mail address written mailto:name@domain")  # fmt: skip
_TEXT: Final = ("un texte entre guillemets", "text in quotation marks")
_DESCRIBED: Final = ("un élément décrit dans le document", "an item described in the document")
_EITHER: Final = ("un lien ou un élément décrit dans le document",
                  "a link or an item described in the document")  # fmt: skip
_VALUE: Final = ("une valeur", "a value")


@dataclass(frozen=True, slots=True)
class Asked:
    """What several shapes together ask of one value. `lists` are IRIs of code lists.

    `parts`: the paths (terms) that things of its classes must have, whoever refers to them.
    """

    lists: tuple[str, ...] = ()
    datatypes: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    values: tuple[Node, ...] = ()
    least: int | None = None
    most: int | None = None
    mailbox: bool = False
    limits: Limits = field(default_factory=Limits)

    def words(self) -> Text:
        """The value asked for, as people would say it."""
        fr, en = self._words()
        more = self.limits.words()
        return (
            {"fr": f"{fr} {more['fr']}", "en": f"{en} {more['en']}"}
            if more
            else {"fr": fr, "en": en}
        )

    def wants_link(self) -> bool:
        """Whether only an address will do."""
        return "IRI" in self.kinds

    def is_vague(self) -> bool:
        """Whether nothing that we have words for is asked."""
        return self._words() == _VALUE and self.limits.words() is None

    def tells_apart(self, value: str | None) -> bool:
        """Whether our words can say why this value (a term) is not the one asked for."""
        words = self._words()
        if words == _VALUE:
            return False
        written = value is not None and is_literal(value)
        kinds = {_LINK: not written, _MAILBOX: not written, _EITHER: not written, _TEXT: written}
        return not kinds.get(words, False) or bool(self.datatypes)

    def _words(self) -> tuple[str, str]:
        names = [n for scheme in self.lists if (n := vocabulary.labels(scheme))]
        if names:
            fr = " ou ".join(f"« {n['fr']} »" for n in names)
            en = " or ".join(f"“{n['en']}”" for n in names)
            return f"un code de la liste {fr}", f"a code from the list {en}"
        for datatype in self.datatypes:
            if datatype in _WRITTEN:
                return _WRITTEN[datatype]
        if self.kinds == {"Literal"}:
            return _TEXT
        if self.kinds == {"IRI"}:
            return _MAILBOX if self.mailbox else _LINK
        if self.classes:
            return _DESCRIBED
        return _EITHER if self.kinds == {"BlankNodeOrIRI"} else _VALUE


def node_of(shape: str | None) -> Node | None:
    """The node of a shape's term."""
    if shape is None:
        return None
    return rdflib.URIRef(iri(shape)) if is_iri(shape) else rdflib.BNode(shape[2:])


def ask(graph: rdflib.Graph, shapes: tuple[str, ...]) -> Asked:
    """What these shapes (terms) ask, with the choices within them."""
    return _ask(graph, shapes)


def is_grave(graph: rdflib.Graph, shape: str) -> bool:
    """Whether what breaks this shape (a term) is a violation."""
    return graph.value(node_of(shape), SH.severity) in {None, SH.Violation}


@cache
def rules_on(graph: rdflib.Graph, path: str, types: tuple[str, ...]) -> tuple[str, ...]:
    """The shapes (terms) of this property of things of these classes (terms all)."""
    found = []
    for kind in types:
        for whole in graph.subjects(SH.targetClass, node_of(kind)):
            for part in graph.objects(whole, SH.property):
                predicate = graph.value(part, SH.path)
                if isinstance(predicate, rdflib.URIRef) and f"<{predicate}>" == path:
                    found.append(term_of(part))
    return tuple(sorted(set(found)))


@cache
def _ask(graph: rdflib.Graph, shapes: tuple[str, ...]) -> Asked:
    nodes = [n for s in shapes if (n := node_of(s)) is not None]

    def all_of(parameter: Node) -> list[Node]:
        return sorted({o for n in nodes for o in graph.objects(n, parameter)}, key=str)

    least = [int(str(n)) for n in all_of(SH.minCount)]
    most = [int(str(n)) for n in all_of(SH.maxCount)]
    lists, datatypes = _choices(graph, nodes)
    classes = all_of(SH["class"])
    return Asked(
        lists=tuple(dict.fromkeys(lists)),
        datatypes=tuple(dict.fromkeys(datatypes)),
        kinds=frozenset(str(k).removeprefix(str(SH)) for k in all_of(SH.nodeKind)),
        classes=tuple(map(str, classes)),
        parts=tuple(sorted({path for c in classes[:1] for path in _parts(graph, c)})),
        values=tuple(all_of(SH.hasValue)),
        least=max(least, default=None),
        most=min(most, default=None),
        mailbox=any(f"<{p}>" in MAILBOXES for p in all_of(SH.path)),
        limits=read_limits(graph, nodes),
    )


def _parts(graph: rdflib.Graph, kind: Node) -> Iterator[str]:
    """The paths of which a thing of this class must have a value."""
    for whole in graph.subjects(SH.targetClass, kind):
        for part in graph.objects(whole, SH.property):
            path, least = graph.value(part, SH.path), graph.value(part, SH.minCount)
            if path is not None and int(str(least or 0)) and is_grave(graph, term_of(part)):
                yield term_of(path)


def _choices(graph: rdflib.Graph, nodes: list[Node]) -> tuple[list[str], list[str]]:
    """The lists and datatypes that shapes take values of, any choice within them included."""
    lists, datatypes = [], []
    waiting, seen = list(nodes), set[Node]()
    while waiting:
        node = waiting.pop(0)
        if node in seen:
            continue
        seen.add(node)
        waiting += sorted(graph.objects(node, SH.node), key=str)
        for choice in (SH["or"], SH["and"], SH.xone):
            waiting += [n for o in graph.objects(node, choice) for n in graph.items(o)]
        datatypes += [str(d) for d in sorted(graph.objects(node, SH.datatype), key=str)]
        for part in graph.objects(node, SH.property):
            if graph.value(part, SH.path) == SKOS.inScheme:
                lists += [str(v) for v in sorted(graph.objects(part, SH.hasValue), key=str)]
    return lists, datatypes
