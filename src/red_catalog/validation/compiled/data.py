"""What shapes are checked against: one record, beside a background that all records share.

No graph is built. A record is a dict of subjects, each a dict of predicates; the
background is the same, read once, and looked up where the record says nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from red_catalog.model import Triple
from red_catalog.namespaces import RDF_TYPE, term

Objects = Mapping[str, Sequence[str]]
"""The objects of each predicate of one subject."""

Index = Mapping[str, Objects]
"""The same of each subject."""

SUBCLASS_OF: Final = term("rdfs:subClassOf")
_NOTHING: Final[Objects] = {}
# One statement a line; only its object can hold a space. (Not \S: an IRI can hold U+00A0.)
_STATEMENT: Final = re.compile(r"^([^ \n]+) ([^ \n]+) ([^\n]+) \.$", re.MULTILINE)


def read_canonical(canonical: bytes) -> list[Triple]:
    """The statements of a record's canonical N-Triples."""
    return _STATEMENT.findall(canonical.decode())


def index_triples(triples: Iterable[Triple]) -> dict[str, dict[str, list[str]]]:
    """Subject → predicate → objects; a statement made twice counts once."""
    index: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in dict.fromkeys(triples):
        objects = index.get(subject)
        if objects is None:
            index[subject] = {predicate: [value]}
        elif predicate in objects:
            objects[predicate].append(value)
        else:
            objects[predicate] = [value]
    return index


def invert(index: Mapping[str, Objects]) -> dict[str, dict[str, list[str]]]:
    """Object → predicate → subjects."""
    inverse: dict[str, dict[str, list[str]]] = {}
    for subject, objects in index.items():
        for predicate, values in objects.items():
            for value in values:
                inverse.setdefault(value, {}).setdefault(predicate, []).append(subject)
    return inverse


class Background:
    """Code lists, types and subclass axioms: what holds beside every record."""

    __slots__ = ("index", "inverse", "nodes", "predicates", "subclass_axioms")

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.index: Mapping[str, Objects] = index_triples(triples)
        self.inverse: Mapping[str, Objects] = invert(self.index)
        self.predicates = frozenset(p for objects in self.index.values() for p in objects)
        self.nodes = frozenset(self.index) | {n for n in self.inverse if not n.startswith('"')}
        self.subclass_axioms = [
            (s, o) for s, objects in self.index.items() for o in objects.get(SUBCLASS_OF, ())
        ]

    def instances(self, classes: Iterable[str]) -> frozenset[str]:
        """The nodes that have any of these classes."""
        return frozenset(
            node for cls in classes for node in self.inverse.get(cls, _NOTHING).get(RDF_TYPE, ())
        )


class Data:
    """One record beside the background. `index`: of its triples, where somebody has it.

    `overlaps`: the record describes a node that the background knows too, so that what was
    found out about background nodes alone does not hold for this record.
    """

    __slots__ = ("_inverse", "background", "overlaps", "pattern_seconds", "record")

    def __init__(
        self, triples: Iterable[Triple], background: Background, index: Index | None = None
    ) -> None:
        self.record: Index = index_triples(triples) if index is None else index
        self.background = background
        self.overlaps = not background.nodes.isdisjoint(self.record)
        self.pattern_seconds = 0.0
        self._inverse: dict[str, dict[str, list[str]]] | None = None

    @property
    def inverse(self) -> Mapping[str, Objects]:
        """Object → predicate → subjects of the record, made when first asked for."""
        if self._inverse is None:
            self._inverse = invert(self.record)
        return self._inverse

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """Objects of the statements with this subject and predicate, each once."""
        return _join(
            self.record.get(subject, _NOTHING).get(predicate, ()),
            self.background.index.get(subject, _NOTHING).get(predicate, ()),
        )

    def subjects(self, predicate: str, value: str) -> Sequence[str]:
        """Subjects of the statements with this predicate and object, each once."""
        return _join(
            self.inverse.get(value, _NOTHING).get(predicate, ()),
            self.background.inverse.get(value, _NOTHING).get(predicate, ()),
        )

    def predicates(self, subject: str) -> list[str]:
        """Predicates of the statements with this subject, each once."""
        return list(
            dict.fromkeys(
                [
                    *self.record.get(subject, _NOTHING),
                    *self.background.index.get(subject, _NOTHING),
                ]
            )
        )

    def types(self, node: str) -> Sequence[str]:
        """Objects of `rdf:type`."""
        return self.objects(node, RDF_TYPE)

    def has(self, predicate: str, value: str) -> bool:
        """Whether any statement has this predicate and object."""
        return any(value in objects.get(predicate, ()) for objects in self.record.values()) or bool(
            self.background.inverse.get(value, _NOTHING).get(predicate)
        )

    def owns(self, node: str) -> bool:
        """Whether the record, rather than the background alone, speaks of this node.

        A code that the record merely mentions belongs to the background: nobody who
        submits a record can mend it.
        """
        if node in self.record:
            return True
        return node not in self.background.index and node in self.inverse


def _join(some: Sequence[str], more: Sequence[str]) -> Sequence[str]:
    if some and more:
        return tuple(dict.fromkeys([*some, *more]))
    return some or more
