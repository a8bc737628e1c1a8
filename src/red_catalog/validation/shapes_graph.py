"""Sets of shapes: files of our own, read once and looked up in dicts.

rdflib takes four times as long to read them, and to look things up.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NoReturn

import rdflib
from rdflib.term import Node

from red_catalog.model import Level
from red_catalog.rdf.trusted import read_turtle
from red_catalog.validation import profiles
from red_catalog.validation.compiled.data import read_canonical
from red_catalog.validation.compiled.declaration import node_of

Statement = tuple[Node, Node, Node]
_Index = dict[Node, dict[Node, list[Node]]]

_NOTHING: Final[dict[Node, list[Node]]] = {}
# A literal is reported as it was written: `010`, never `10`.
rdflib.NORMALIZE_LITERALS = False


class ShapesGraph(rdflib.Graph):
    """A graph that is made once and never changed."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        super().__init__(bind_namespaces="none")
        self._forward: _Index = {}
        self._backward: _Index = {}
        self._count = 0
        for subject, predicate, value in dict.fromkeys(statements):
            self._count += 1
            self._forward.setdefault(subject, {}).setdefault(predicate, []).append(value)
            self._backward.setdefault(value, {}).setdefault(predicate, []).append(subject)

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]
        """The statements of a pattern, in which None stands for anything."""
        subject, predicate, value = triple
        if predicate is not None and type(predicate) is not rdflib.URIRef:  # a path
            yield from super().triples(triple)
        elif subject is not None:
            for named, values in _chosen(self._forward.get(subject, _NOTHING), predicate):
                yield from ((subject, named, o) for o in values if value is None or o == value)
        elif value is not None:
            for named, subjects in _chosen(self._backward.get(value, _NOTHING), predicate):
                yield from ((s, named, value) for s in subjects)
        else:
            for one in self._forward:
                yield from self.triples((one, predicate, None))

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The values of a property, as rdflib has it."""
        if subject is None or type(predicate) is not rdflib.URIRef:
            return super().objects(subject, predicate, unique)
        return iter(self._forward.get(subject, _NOTHING).get(predicate, ()))

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Any:  # noqa: A002, FBT001, FBT002
        """Whose property has a value, as rdflib has it."""
        if object is None or type(predicate) is not rdflib.URIRef:
            return super().subjects(predicate, object, unique)
        return iter(self._backward.get(object, _NOTHING).get(predicate, ()))

    # Two graphs are the same where they are one: many answers are remembered by graph.
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    def __contains__(self, triple: Any) -> bool:
        """Whether any statement has this pattern."""
        return any(True for _ in self.triples(triple))

    def __len__(self) -> int:
        """How many statements there are."""
        return self._count

    def add(self, triple: Any) -> NoReturn:
        """Refused."""
        raise TypeError(f"Shapes are not changed once they are read: {triple}")

    def remove(self, triple: Any) -> NoReturn:
        """Refused."""
        raise TypeError(f"Shapes are not changed once they are read: {triple}")


@cache
def read_shapes(files: tuple[Path, ...]) -> ShapesGraph:
    """The shapes in these files together, the same graph for the same files."""
    return ShapesGraph(statement for file in files for statement in _read(file))


def shapes(name: str, level: Level, installed: Path | None = None) -> ShapesGraph:
    """The shapes of a profile for one access level; one graph for levels that have the same."""
    return read_shapes(profiles.load(name, installed).files[level])


def forget() -> None:
    """Reads profiles and their files anew when they are next asked for: some were installed."""
    profiles.load.cache_clear()
    read_shapes.cache_clear()
    _read.cache_clear()


@cache
def _read(file: Path) -> list[Statement]:
    return [(_node(s), _node(p), _node(o)) for s, p, o in read_canonical(read_turtle(file))]


_node: Final = lru_cache(10_000)(node_of)


def _chosen(
    said: dict[Node, list[Node]], predicate: Node | None
) -> Iterable[tuple[Node, list[Node]]]:
    return said.items() if predicate is None else ((predicate, said.get(predicate, [])),)
